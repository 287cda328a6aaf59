import "./createSession.ts";
import "./joinQuiz.ts";
import "./runSession.ts";
import "./submitAnswer.ts";
import "./subscriptions.ts";
import "./viewer.ts";

export { AnswerType } from "./answer.ts";
export { AttemptType } from "./attempt.ts";
export { SessionType } from "./session.ts";
export { isHost } from "./viewing.ts";
