export type { GroupCommitJournal } from "./groupCommit.ts";
export { createPostgresJournal } from "./postgresJournal.ts";
export { answerRecordOf, attemptRecordOf, phaseOf, setupOf } from "./records.ts";
export { createHeartbeat, restoreSessions } from "./replay.ts";
