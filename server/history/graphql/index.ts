import "./attempts.ts";
import "./leaders.ts";
import "./progress.ts";
import "./quizHistory.ts";
import "./quizStatistics.ts";
import "./viewerSessions.ts";
