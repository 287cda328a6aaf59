import { NotFoundError, ValidationError } from "../../core/refusals.ts";
import { builder } from "../../graphql/builder.ts";
import { refusable } from "../../graphql/errors.ts";
import { refuseKeysWithout } from "../../graphql/identity.ts";
import type { AttemptSnapshot, SessionSnapshot } from "../domain/session.ts";
import { AttemptType } from "./attempt.ts";
import { NicknameTakenError, SessionFinishedError } from "./errors.ts";
import { SessionType } from "./session.ts";

const JoinQuizInput = builder.inputType("JoinQuizInput", {
  description: "Who joins what.",
  fields: (t) => ({
    code: t.string({ required: true, description: "The session's code." }),
    nickname: t.string({
      required: true,
      description: "1 to 20 visible characters, unique in the session without regard to case.",
    }),
    requestKey: t.string({
      description:
        "A random text of the client's own, 16 to 100 characters, the same for each retry of one join: where the reply was\nlost, the retry finds the seat instead of taking a second one. It is as secret as the token that it leads to.",
    }),
  }),
});

interface Joined {
  readonly playerToken: string;
  readonly attempt: AttemptSnapshot;
  readonly session: SessionSnapshot;
}

const JoinQuizSuccess = builder.objectRef<Joined>("JoinQuizSuccess").implement({
  description: "The player is in.",
  fields: (t) => ({
    playerToken: t.exposeString("playerToken", {
      description: "Binds this attempt: send it as a bearer token to answer, and to come back to it.",
    }),
    attempt: t.expose("attempt", { type: AttemptType, description: "The player's run." }),
    session: t.expose("session", { type: SessionType, description: "The session that was joined." }),
  }),
});

const JoinQuizResult = refusable("JoinQuizResult", {
  success: JoinQuizSuccess,
  errors: [NotFoundError, NicknameTakenError, SessionFinishedError, ValidationError],
});

function readRequestKey(key: string | null | undefined): string | null {
  if (key === null || key === undefined) return null;
  if (key.length >= 16 && key.length <= 100) return key;
  throw ValidationError.of(["requestKey"], "A request key has 16 to 100 characters.");
}

builder.mutationField("joinQuiz", (t) =>
  t.field({
    type: JoinQuizResult,
    description:
      "Joins a session by its code. With the bearer token of an earlier join of it, resumes that attempt, nickname kept;\nwith a user's token, the new attempt belongs to that user.",
    args: { input: t.arg({ type: JoinQuizInput, required: true, description: "Code and nickname." }) },
    resolve: async (_root, { input }, { identity, services, joinedAttempts, limits }): Promise<Joined> => {
      refuseKeysWithout(identity, "RUN_SESSIONS");
      const request = {
        code: input.code.trim(),
        nickname: input.nickname,
        requestKey: readRequestKey(input.requestKey),
        earlier: identity.kind === "player" ? identity : null,
        userId: identity.kind === "user" ? identity.userId : null,
      };
      const outcome = await limits.byCode(request.code, async () => {
        const reached = await services.sessions.join(request);
        return reached.kind === "not-found" ? null : reached;
      });
      if (outcome === null) throw new NotFoundError("There is no session with this code.");
      switch (outcome.kind) {
        case "joined":
          // Whoever gets the token may see what the token shows.
          joinedAttempts.add(outcome.attempt.record.id);
          return outcome;
        case "nickname-taken":
          throw new NicknameTakenError(outcome.nickname, outcome.suggestion);
        case "finished":
          throw new SessionFinishedError("This session is over.");
        case "invalid-nickname":
          throw ValidationError.of(["nickname"], outcome.message);
        case "full":
          throw ValidationError.of(["code"], `This session is full: ${outcome.limit} players are in it.`);
      }
    },
  }),
);
