import type { AttemptId, SessionId, UserId } from "../core/ids.ts";
import type { AttemptSnapshot, SessionSnapshot, SessionStateName } from "./domain/session.ts";
import type { SessionReader } from "./sessionReader.ts";
import type { Command, LiveStore } from "./store/liveStore.ts";

export type RunSessionOutcome =
  | { readonly kind: "ok"; readonly session: SessionSnapshot }
  | { readonly kind: "refused"; readonly state: SessionStateName }
  | { readonly kind: "forbidden" }
  | { readonly kind: "not-found" };

/** Carries out a command of the session's host. */
export function createRunSession(store: LiveStore, reader: SessionReader) {
  return async (userId: UserId, id: SessionId, command: Command): Promise<RunSessionOutcome> => {
    const session = await reader.byId(id);
    if (!session) return { kind: "not-found" };
    if (session.setup.hostId !== userId) return { kind: "forbidden" };
    const outcome = await store.command(id, command);
    switch (outcome.kind) {
      case "done":
      case "unchanged":
        return { kind: "ok", session: outcome.session };
      case "refused":
        return outcome;
      case "not-found":
        return sessionIsOver(session, command);
    }
  };
}

/** The live store has let go of a finished session; what still succeeds there without changing anything is kept so. */
function sessionIsOver(session: SessionSnapshot, command: Command): RunSessionOutcome {
  const { state } = session.phase;
  if (state !== "FINISHED") return { kind: "not-found" };
  const harmless = command.kind === "finish" || (command.kind === "next" && command.after !== null);
  return harmless ? { kind: "ok", session } : { kind: "refused", state };
}

/** SELF_PACED: the question that the player faces now, handed out with this asking if it was not before. */
export function createFaceQuestion(store: LiveStore) {
  return async (sessionId: SessionId, attemptId: AttemptId): Promise<AttemptSnapshot | null> => {
    await store.command(sessionId, { kind: "hand-out", attemptId });
    return store.attempt(sessionId, attemptId);
  };
}
