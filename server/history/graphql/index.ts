import "./attempts.ts";
import "./quizStatistics.ts";
import "./viewerSessions.ts";
