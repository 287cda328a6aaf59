import { Refusal } from "../../core/refusals.ts";
import { builder } from "../../graphql/builder.ts";
import { ErrorInterface, plainError } from "../../graphql/errors.ts";
import type { AnswerRecord, SessionStateName } from "../domain/session.ts";
import { AnswerType } from "./answer.ts";
import { SessionStateEnum } from "./enums.ts";

abstract class Conflict extends Refusal {
  readonly code = "CONFLICT";
}

/** The command does not fit the session's state. */
export class SessionStateError extends Conflict {
  readonly state: SessionStateName;

  constructor(state: SessionStateName) {
    super(WHY_NOT[state]);
    this.state = state;
  }
}

const WHY_NOT: Record<SessionStateName, string> = {
  LOBBY: "The session has not started yet: start it first.",
  QUESTION_OPEN: "A question is open: the session has started already.",
  QUESTION_CLOSED: "The session has started already.",
  RUNNING: "Every player goes at their own pace here: only finishing is left to the host.",
  FINISHED: "The session is finished.",
};

export class NicknameTakenError extends Conflict {
  readonly suggestion: string;

  constructor(nickname: string, suggestion: string) {
    super(`“${nickname}” is taken in this session. “${suggestion}” is free.`);
    this.suggestion = suggestion;
  }
}

export class SessionFinishedError extends Conflict {}
export class QuestionNotOpenError extends Conflict {}

export class AlreadyAnsweredError extends Conflict {
  readonly answer: AnswerRecord;

  constructor(answer: AnswerRecord) {
    super("You have answered this question already, and the first answer counts.");
    this.answer = answer;
  }
}

builder.objectType(SessionStateError, {
  name: "SessionStateError",
  description: "The command does not fit the session's state, e.g. nextQuestion in a finished session.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    state: t.expose("state", { type: SessionStateEnum, description: "The state that the session is in." }),
  }),
});

builder.objectType(NicknameTakenError, {
  name: "NicknameTakenError",
  description: "Another player of the session has this nickname, without regard to case.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    suggestion: t.exposeString("suggestion", { description: "A similar nickname that was free just now." }),
  }),
});

builder.objectType(AlreadyAnsweredError, {
  name: "AlreadyAnsweredError",
  description: "The question was answered before, with another answer.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    answer: t.expose("answer", { type: AnswerType, description: "The first answer, which counts." }),
  }),
});

plainError(SessionFinishedError, "SessionFinishedError", "The session is over; nobody can join it any more.");
plainError(
  QuestionNotOpenError,
  "QuestionNotOpenError",
  "The question is not open (any more, or yet), by the server's clock.",
);
