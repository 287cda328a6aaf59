import type { AttemptId, SessionId } from "../../../core/ids.ts";
import { UnavailableError } from "../../../core/refusals.ts";
import { nicknameKey } from "../../domain/nickname.ts";
import type { AttemptSnapshot, SessionSetup, SessionSnapshot, Standings } from "../../domain/session.ts";
import type {
  AttemptsReading,
  Command,
  CommandOutcome,
  JoinOutcome,
  NewAttempt,
  Ranks,
  RestorableStore,
  RestoreOptions,
  SavedSession,
  Submission,
  SubmitOutcome,
} from "../liveStore.ts";
import { Codes, type Holder } from "./codes.ts";
import type { RedisConnection } from "./connectRedis.ts";
import { DueSessions } from "./dueSessions.ts";
import { join, sessionOfAttempt } from "./joining.ts";
import { SHARDS } from "./keys.ts";
import { Pulse, type Refill } from "./pulse.ts";
import { RedisSession } from "./redisSession.ts";
import {
  listOf,
  readAnswer,
  readAttempt,
  readAttempts,
  readRanks,
  readSession,
  readStandings,
  textOf,
} from "./replies.ts";
import { restoreSession } from "./restoring.ts";
import { Scripts } from "./scripts.ts";
import { setupFields } from "./setupFields.ts";

interface RedisStoreParts {
  readonly connection: Pick<RedisConnection, "client" | "sharded">;
  /** Must not change while sessions run; see keys.ts. */
  readonly shards?: number;
  /** Lua that takes the place of lua/shared/clock.lua. Only tests give it: in production nothing can move the clock. */
  readonly clock?: string;
  /** How the sessions of shards come back that Redis has lost; without it they stay empty. */
  readonly refill?: Refill;
  /** How long a shard may go without a beat before its open questions get the time back. 3 s unless told. */
  readonly gapAfterMs?: number;
  /** In a cluster: how often at least a shard is asked what is due. */
  readonly askIdleEveryMs?: number;
  /** What runs now, as a W3C `traceparent`: it goes with an answer's journal entry. Null: it is not traced. */
  readonly trace?: () => string | null;
}

const ASK_IDLE_EVERY_MS = 250;

export interface RedisStore extends RestorableStore {
  /**
   * Tells that the journal's entries of a session are stored up to `version`. Only then is a finished session dropped
   * when its time at hand is over.
   */
  markStored(id: SessionId, version: number): Promise<void>;
  /**
   * Says that somebody watches the sessions, for all shards; wanted about once a second from each server. After a time in
   * which nobody did, open questions get that time back first, and what Redis has lost is put back by `refill`; the
   * first call of a method does the same where no beat has done it before.
   */
  beat(): Promise<void>;
  /** Gives an unfinished session its code back, where a part of a cluster has lost that and not the session. */
  restoreCode(id: SessionId, code: string): Promise<void>;
}

/**
 * The live store of any number of servers. Each change is one script, atomic, with its journal entry, its announcement
 * and its next due time; what a script gives is told only after Redis has written it to its append-only file (with
 * `appendfsync always`), because Redis replies after that.
 */
export function createRedisStore(parts: RedisStoreParts): RedisStore {
  return new Store(parts);
}

class Store implements RedisStore {
  readonly #parts: RedisStoreParts;
  readonly #shards: number;
  readonly #scripts: Scripts;
  readonly #codes: Codes;
  readonly #due: DueSessions;
  readonly #pulse: Pulse;

  constructor(parts: RedisStoreParts) {
    const { client, sharded } = parts.connection;
    const shards = parts.shards ?? SHARDS;
    const scripts = new Scripts(client, { sharded, clock: parts.clock, gapAfterMs: parts.gapAfterMs });
    this.#parts = parts;
    this.#shards = shards;
    this.#scripts = scripts;
    this.#pulse = new Pulse({ client, scripts, shards, together: !sharded, refill: parts.refill });
    this.#codes = new Codes(client, scripts, async (id) => holderIn(await this.read({ id })));
    this.#due = new DueSessions({
      scripts,
      pulse: this.#pulse,
      codes: this.#codes,
      session: (id) => this.#session(id),
      shards,
      together: !sharded,
      askIdleEveryMs: parts.askIdleEveryMs ?? ASK_IDLE_EVERY_MS,
    });
  }

  async create(setup: SessionSetup): Promise<"created" | "code-taken"> {
    const { id, code } = setup;
    // A code that is not taken may be that of a session which an emptied Redis has lost.
    await this.#pulse.filled();
    if (!(await this.#codes.reserve(code, id))) {
      // A repetition of an opening finds its own session even where that has lost the code.
      return (await this.read({ id })) ? "created" : "code-taken";
    }
    const [kind, knownCode] = await this.#run(id, "open", JSON.stringify(setup), ...setupFields(setup));
    if (kind === "known" && knownCode !== code) {
      await this.#codes.release(code, id);
      return "created";
    }
    if (await this.#codes.confirm(code, id)) return "created";
    // This server was held up for so long that the code is another session's. Nobody was told of this one.
    await this.#session(id).happen({ kind: "finish" });
    throw new UnavailableError();
  }

  async read(key: { readonly id: SessionId } | { readonly code: string }): Promise<SessionSnapshot | null> {
    if ("id" in key) return this.#session(key.id).read();
    const id = await this.#findCode(key.code);
    const session = id && (await this.#session(id).read());
    // A code may be left over from a session that is finished, or that never came to be.
    return session && session.setup.code === key.code && session.phase.state !== "FINISHED" ? session : null;
  }

  async standings(id: SessionId, first: number): Promise<Standings | null> {
    const reply = await this.#run(id, "readStandings", Math.max(1, first));
    return reply[0] === "found" ? readStandings(reply, first) : null;
  }

  async attempt(id: SessionId, attemptId: AttemptId): Promise<AttemptSnapshot | null> {
    const [kind, attempt] = await this.#run(id, "readAttempt", attemptId);
    return kind === "found" ? readAttempt(attempt) : null;
  }

  async attempts(id: SessionId, attemptIds: readonly AttemptId[]): Promise<AttemptsReading | null> {
    const reply = await this.#run(id, "readAttempts", ...attemptIds);
    return reply[0] === "found" ? readAttempts(reply) : null;
  }

  async ranks(id: SessionId): Promise<Ranks | null> {
    const reply = await this.#run(id, "readRanks");
    return reply[0] === "found" ? readRanks(reply) : null;
  }

  sessionOfAttempt(attemptId: AttemptId): Promise<SessionId | null> {
    return sessionOfAttempt(this.#parts.connection.client, attemptId);
  }

  join(id: SessionId, player: NewAttempt): Promise<JoinOutcome> {
    return join(this.#parts.connection.client, this.#session(id), player);
  }

  async submit(id: SessionId, submission: Submission): Promise<SubmitOutcome> {
    const { attemptId, questionId, given, fingerprint, tallyKeys, correct, share } = submission;
    const judged = JSON.stringify({ given, fingerprint, tallyKeys, correct }).slice(1, -1);
    const reply = await this.#run(
      ...([id, "submit", attemptId, questionId, fingerprint, judged] as const),
      ...[correct ? "1" : "0", share.num, share.den, this.#parts.trace?.() ?? "", ...tallyKeys],
    );
    const [kind, answer, attempt, allAnswered] = reply;
    switch (kind) {
      case "recorded":
      case "repeated":
        if (allAnswered === "1") await this.#settleNow(id);
        return { kind, answer: readAnswer(answer), attempt: readAttempt(attempt) };
      case "already-answered":
        return { kind, answer: readAnswer(answer) };
      case "not-open":
      case "removed":
      case "not-found":
        return { kind };
      default:
        throw new TypeError(`Submitting gave ${String(kind)}`);
    }
  }

  async command(id: SessionId, command: Command): Promise<CommandOutcome> {
    switch (command.kind) {
      case "start":
      case "next":
      case "close":
      case "finish":
        return this.#session(id).happen(command);
      case "remove":
        return this.#remove(id, command.attemptId);
      case "hand-out":
        return this.#handOut(id, command.attemptId);
    }
  }

  closeDue(): Promise<number | null> {
    return this.#due.settle();
  }

  beat(): Promise<void> {
    return this.#pulse.beat();
  }

  async restore(saved: SavedSession, gapMs: number, { versionJump = 0 }: RestoreOptions = {}): Promise<void> {
    const { client } = this.#parts.connection;
    const { id, code } = saved.setup;
    const { session, now } = await this.#session(id).look();
    // The version is compared again when the session appears; this only saves the work.
    if (!session || session.version < saved.version) {
      const times = { gapMs: Math.max(0, gapMs), versionJump, now };
      await restoreSession(client, this.#session(id), { saved, ...times, shards: this.#shards });
    }
    // A finished session does not take a code back from the one that has it now.
    if (saved.phase.state !== "FINISHED") await this.restoreCode(id, code);
  }

  async restoreCode(id: SessionId, code: string): Promise<void> {
    // Without waiting for shards that are empty, because this is how they are filled.
    const holderOf = async (holder: SessionId) => holderIn((await this.#session(holder).look()).session);
    if (await this.#codes.reserve(code, id, holderOf)) await this.#codes.confirm(code, id);
  }

  async markStored(id: SessionId, version: number): Promise<void> {
    await this.#session(id).run("markStored", version);
  }

  async #remove(id: SessionId, attemptId: AttemptId): Promise<CommandOutcome> {
    const nickname = (await this.attempt(id, attemptId))?.record.nickname;
    if (nickname === undefined) return { kind: "not-found" };
    const [kind, session, allAnswered] = await this.#run(id, "remove", attemptId, nicknameKey(nickname));
    if (kind !== "done" && kind !== "unchanged") return { kind: "not-found" };
    // The one who is gone may have been the one whom the others waited for.
    const settled = kind === "done" && allAnswered === "1" && (await this.#settleNow(id));
    const after = settled ? await this.read({ id }) : null;
    return { kind, session: after ?? readSession(session) };
  }

  async #handOut(id: SessionId, attemptId: AttemptId): Promise<CommandOutcome> {
    const [kind, result] = await this.#run(id, "handOut", attemptId);
    switch (kind) {
      case "done":
      case "unchanged":
        return { kind, session: readSession(result) };
      case "refused":
        return { kind, state: textOf(result) as SessionSnapshot["phase"]["state"] };
      default:
        return { kind: "not-found" };
    }
  }

  /** Closes what waits for nobody. Where that fails, the change before it stands, and the due times bring it about. */
  async #settleNow(id: SessionId): Promise<boolean> {
    try {
      await this.#session(id).settle();
      return true;
    } catch {
      return false;
    }
  }

  /** The session of a code; one that is unknown may belong to what an emptied Redis has lost. */
  async #findCode(code: string): Promise<SessionId | null> {
    const id = await this.#codes.find(code);
    if (id) return id;
    await this.#pulse.filled();
    return this.#codes.find(code);
  }

  #session(id: SessionId): RedisSession {
    return new RedisSession(id, { scripts: this.#scripts, pulse: this.#pulse, shards: this.#shards });
  }

  async #run(id: SessionId, ...call: Parameters<RedisSession["run"]>) {
    return listOf(await this.#session(id).run(...call));
  }
}

function holderIn(session: SessionSnapshot | null): Holder {
  if (!session) return "not-there";
  return session.phase.state === "FINISHED" ? "finished" : "unfinished";
}
