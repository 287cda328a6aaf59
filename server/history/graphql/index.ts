import "./attempts.ts";
import "./leaders.ts";
import "./progress.ts";
import "./quizHistory.ts";
import "./quizStatistics.ts";
import "./viewerSessions.ts";

export { AttemptFilterInput, readFilter } from "./attemptFilter.ts";
export { AttemptSelectionEnum } from "./quizStatistics.ts";
