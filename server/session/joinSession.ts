import { type AttemptId, derivedId, type SessionId, sortableId, type UserId } from "../core/ids.ts";
import { checkNickname, nicknameAlternatives } from "./domain/nickname.ts";
import type { AttemptSnapshot, SessionSnapshot } from "./domain/session.ts";
import type { PlayerTokenIssuer } from "./ports.ts";
import type { SessionReader } from "./sessionReader.ts";
import type { LiveStore } from "./store/liveStore.ts";

export interface JoinInput {
  readonly code: string;
  readonly nickname: string;
  /** A random text of the client's own, the same for each retry: a join whose reply was lost is found by it. */
  readonly requestKey: string | null;
  /** The attempt of an earlier join, from its token. */
  readonly earlier: { readonly sessionId: SessionId; readonly attemptId: AttemptId } | null;
  readonly userId: UserId | null;
}

export type JoinSessionOutcome =
  | {
      readonly kind: "joined";
      readonly playerToken: string;
      readonly attempt: AttemptSnapshot;
      readonly session: SessionSnapshot;
    }
  | { readonly kind: "invalid-nickname"; readonly message: string }
  | { readonly kind: "nickname-taken"; readonly nickname: string; readonly suggestion: string }
  | { readonly kind: "full"; readonly limit: number }
  | { readonly kind: "finished" }
  | { readonly kind: "not-found" };

/** Joins a session by its code, or resumes the attempt of an earlier join, in whatever state the session is. */
export function createJoinSession(store: LiveStore, reader: SessionReader, tokens: PlayerTokenIssuer) {
  return async (input: JoinInput): Promise<JoinSessionOutcome> => {
    const session = await reader.byCode(input.code);
    if (!session) return { kind: "not-found" };
    const sessionId = session.setup.id;

    const requested = input.requestKey === null ? null : derivedId<"Attempt">(sessionId, input.requestKey);
    const earlier = input.earlier?.sessionId === sessionId ? input.earlier.attemptId : null;
    for (const attemptId of [earlier, requested]) {
      const attempt = attemptId && (await reader.attempt(sessionId, attemptId));
      if (!attempt) continue;
      const playerToken = await tokens.issue({ attemptId, sessionId });
      return { kind: "joined", playerToken, attempt, session };
    }
    if (session.phase.state === "FINISHED") return { kind: "finished" };

    const checked = checkNickname(input.nickname);
    if (checked.kind === "invalid") return { kind: "invalid-nickname", message: checked.message };
    const { nickname, key } = checked;
    const attemptId = requested ?? sortableId<"Attempt">();
    const outcome = await store.join(sessionId, {
      id: attemptId,
      userId: input.userId,
      nickname,
      nicknameKey: key,
      alternatives: nicknameAlternatives(nickname),
    });
    switch (outcome.kind) {
      case "joined":
        return { ...outcome, playerToken: await tokens.issue({ attemptId, sessionId }) };
      case "nickname-taken":
        // Some of the alternatives are random, so that one of them is always free.
        return { kind: "nickname-taken", nickname, suggestion: outcome.suggestion ?? nickname };
      default:
        return outcome;
    }
  };
}
