export { type Admission, ALWAYS_ADMITTED } from "./admission.ts";
export { type ContentLoader, createContentLoader } from "./contentLoader.ts";
export { watchDeadlines } from "./deadlines.ts";
export type { ContentQuestion, QuestionKind, SessionContent } from "./domain/content.ts";
export type { PlayerTokenIssuer, SessionArchive, SessionEvents } from "./ports.ts";
export { createSessionEvents } from "./sessionEvents.ts";
export { createSessions, type Sessions } from "./sessions.ts";
