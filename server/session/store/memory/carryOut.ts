import type { AttemptId } from "../../../core/ids.ts";
import { withHandedOut, withRemoval } from "../../domain/attemptChanges.ts";
import type { Command, CommandOutcome } from "../liveStore.ts";
import { closeIfAllAnswered, missIfOver } from "./closing.ts";
import type { LiveSession } from "./liveSession.ts";

/** Carries out a command. "unchanged": it asks for what is already so. */
export function carryOut(session: LiveSession, command: Command): CommandOutcome {
  const kind = carriedOut(session, command);
  switch (kind) {
    case "changed":
      return { kind: "done", session: session.snapshot() };
    case "unchanged":
      return { kind, session: session.snapshot() };
    case "refused":
      return { kind, state: session.phase.state };
    case "not-found":
      return { kind };
  }
}

type Carried = "changed" | "unchanged" | "refused" | "not-found";

function carriedOut(session: LiveSession, command: Command): Carried {
  switch (command.kind) {
    case "start":
    case "next":
    case "close":
    case "finish":
      return session.happen(command);
    case "remove":
      return remove(session, command.attemptId);
    case "hand-out":
      return handOut(session, command.attemptId);
  }
}

function remove(session: LiveSession, attemptId: AttemptId): Carried {
  const record = session.roster.seat(attemptId)?.record;
  if (!record) return "not-found";
  if (record.status === "REMOVED") return "unchanged";
  session.changeAttempt(withRemoval(record, session.nextMoment()), "standings");
  // The one who is gone may have been the one whom the others waited for.
  closeIfAllAnswered(session);
  return "changed";
}

function handOut(session: LiveSession, attemptId: AttemptId): Carried {
  if (!session.roster.seat(attemptId)) return "not-found";
  if (session.phase.state !== "RUNNING") return "refused";
  const { version } = session;
  missIfOver(session, attemptId);
  const record = session.roster.seat(attemptId)?.record;
  if (record?.status === "ACTIVE" && !record.facing) {
    session.changeAttempt(withHandedOut(record, session.setup.questions, session.nextMoment()), "attempt");
  }
  return session.version === version ? "unchanged" : "changed";
}
