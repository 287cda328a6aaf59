import { randomUUID } from "node:crypto";
import type { SessionId } from "../../../core/ids.ts";
import { UnavailableError } from "../../../core/refusals.ts";
import { type PhaseEvent, transition } from "../../domain/phases.ts";
import type { SessionSnapshot } from "../../domain/session.ts";
import { dueAt } from "../../domain/timing.ts";
import type { CommandOutcome } from "../liveStore.ts";
import { type SessionKeys, sessionKeys, shardOf } from "./keys.ts";
import type { Pulse } from "./pulse.ts";
import { listOf, numberOf, readSession } from "./replies.ts";
import type { Reply, Scripts, SessionScript } from "./scripts.ts";
import { phaseArguments } from "./setupFields.ts";

/** Each time another change came between; so many in a row do not. */
const DECISIONS = 50;
/** One script must not keep Redis busy for long. */
const MISSED_AT_ONCE = 100;

/** A session as its phase is judged. */
interface Judged {
  readonly session: SessionSnapshot;
  readonly phaseVersion: number;
  /** When it is abandoned, or, finished, may be forgotten. */
  readonly keptUntil: number;
  readonly allAnswered: boolean;
  /** SELF_PACED: a question that a player faces is over. */
  readonly facingOver: boolean;
}

interface RedisSessionParts {
  readonly scripts: Scripts;
  readonly pulse: Pulse;
  readonly shards: number;
}

/** The scripts of one session, and what is decided outside of them. */
export class RedisSession {
  readonly id: SessionId;
  readonly keys: SessionKeys;
  readonly #parts: RedisSessionParts;

  constructor(id: SessionId, parts: RedisSessionParts) {
    this.id = id;
    this.keys = sessionKeys(id, parts.shards);
    this.#parts = parts;
  }

  /** Runs a script; where the session's shard was not watched, that is seen to first. */
  run(script: SessionScript, ...args: readonly (string | number)[]): Promise<Reply> {
    return this.runWith(script, [], args);
  }

  /** With keys of the same slot beside the session's own. */
  runWith(
    script: SessionScript,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<Reply> {
    const { scripts, pulse, shards } = this.#parts;
    return pulse.through(shardOf(this.id, shards), () =>
      scripts.run(script, [...this.keys.all, ...keys], [this.id, ...args]),
    );
  }

  /** What there is of it, also while its shard is being put together again; and Redis' clock. */
  async look(): Promise<{ readonly session: SessionSnapshot | null; readonly now: number }> {
    const [kind, found] = listOf(await this.#parts.scripts.run("lookAtSession", this.keys.all, [this.id]));
    if (kind !== "found") return { session: null, now: numberOf(found) };
    const session = readSession(found);
    return { session, now: session.now };
  }

  /** Null where there is no such session. */
  async read(): Promise<SessionSnapshot | null> {
    return (await this.#judge())?.session ?? null;
  }

  /** Lets the state machine judge an event, and writes what it says, if nothing came between. */
  async happen(event: PhaseEvent): Promise<CommandOutcome> {
    const token = randomUUID();
    for (let tries = 0; tries < DECISIONS; tries++) {
      const judged = await this.#judge();
      if (!judged) return { kind: "not-found" };
      const { session } = judged;
      const decided = transition(session.phase, event, session.setup, session.now);
      if (decided.kind === "refused") return { kind: "refused", state: session.phase.state };
      if (decided.kind === "unchanged") return { kind: "unchanged", session };
      const outcome = await this.#write(judged, decided.phase, token, false);
      if (outcome !== "conflict") return outcome;
    }
    throw new UnavailableError(undefined, { cause: new Error("The session changes too fast to be changed") });
  }

  /**
   * Lets happen what is due by itself, judged anew: another server may have done it. The changes are compared and set,
   * so each happens once. "over": the session is finished and its time at hand is over.
   */
  async settle(): Promise<"settled" | "over"> {
    for (let tries = 0; tries < DECISIONS; tries++) {
      const judged = await this.#judge();
      if (!judged) return "over";
      const { session, keptUntil, facingOver } = judged;
      if (session.phase.state === "FINISHED") return keptUntil <= session.now ? "over" : "settled";
      if (facingOver) {
        await this.run("missDue", MISSED_AT_ONCE);
        continue;
      }
      const event = dueEvent(judged);
      if (!event) return "settled";
      const decided = transition(session.phase, event, session.setup, session.now);
      if (decided.kind !== "changed") return "settled";
      // Whether all have answered, or nobody came for a day, is not said by the phase alone.
      await this.#write(judged, decided.phase, randomUUID(), event.kind !== "time-up");
    }
    return "settled";
  }

  async #write(
    { session, phaseVersion }: Judged,
    phase: SessionSnapshot["phase"],
    token: string,
    exactly: boolean,
  ): Promise<CommandOutcome | "conflict"> {
    const reply = await this.run(
      "changePhase",
      ...[token, phaseVersion, exactly ? session.version : "", session.now],
      ...phaseArguments(phase),
    );
    const [kind, after] = listOf(reply);
    if (kind === "conflict") return kind;
    return kind === "done" ? { kind, session: readSession(after) } : { kind: "not-found" };
  }

  async #judge(): Promise<Judged | null> {
    const [kind, session, phaseVersion, keptUntil, allAnswered, facingOver] = listOf(
      await this.run("readSession"),
    );
    if (kind !== "found") return null;
    return {
      session: readSession(session),
      phaseVersion: numberOf(phaseVersion),
      keptUntil: numberOf(keptUntil),
      allAnswered: allAnswered === "1",
      facingOver: facingOver === "1",
    };
  }
}

/** What happens by itself now, the end of a session that is finished already aside. */
function dueEvent({ session, keptUntil, allAnswered }: Judged): PhaseEvent | null {
  const { phase, now } = session;
  if (phase.state === "QUESTION_OPEN") {
    const { number } = phase.question;
    if (now >= dueAt(phase.question)) return { kind: "time-up", number };
    if (allAnswered) return { kind: "all-answered", number };
  }
  return keptUntil <= now ? { kind: "finish" } : null;
}
