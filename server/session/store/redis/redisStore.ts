import type { AttemptId, SessionId } from "../../../core/ids.ts";
import { newAttempt } from "../../domain/attemptChanges.ts";
import { nicknameKey } from "../../domain/nickname.ts";
import type { AttemptSnapshot, SessionSetup, SessionSnapshot, Standings } from "../../domain/session.ts";
import type {
  Command,
  CommandOutcome,
  JoinOutcome,
  NewAttempt,
  RestorableStore,
  SavedSession,
  Submission,
  SubmitOutcome,
} from "../liveStore.ts";
import { Codes } from "./codes.ts";
import type { RedisConnection } from "./connectRedis.ts";
import { DueSessions } from "./dueSessions.ts";
import { PLAYER_LIMIT } from "./keeping.ts";
import { SHARDS } from "./keys.ts";
import { RedisSession } from "./redisSession.ts";
import { listOf, numberOf, readAnswer, readAttempt, readSession, readStandings, textOf } from "./replies.ts";
import { restoreSession } from "./restoring.ts";
import { Scripts } from "./scripts.ts";
import { setupFields } from "./setupFields.ts";

interface RedisStoreParts {
  readonly connection: Pick<RedisConnection, "client" | "sharded">;
  /** Must not change while sessions run; see keys.ts. */
  readonly shards?: number;
  /** Lua that takes the place of lua/shared/clock.lua. Only tests give it: in production nothing can move the clock. */
  readonly clock?: string;
}

export interface RedisStore extends RestorableStore {
  /**
   * Tells that the journal's entries of a session are stored up to `version`. Only then is a finished session dropped
   * when its time at hand is over.
   */
  markStored(id: SessionId, version: number): Promise<void>;
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

  constructor(parts: RedisStoreParts) {
    const { client, sharded } = parts.connection;
    this.#parts = parts;
    this.#shards = parts.shards ?? SHARDS;
    this.#scripts = new Scripts(client, { sharded, clock: parts.clock });
    this.#codes = new Codes(client, this.#scripts, async (id) => {
      const session = await this.read({ id });
      if (!session) return "not-there";
      return session.phase.state === "FINISHED" ? "finished" : "unfinished";
    });
    this.#due = new DueSessions({
      scripts: this.#scripts,
      codes: this.#codes,
      session: (id) => this.#session(id),
      shards: this.#shards,
      together: !sharded,
    });
  }

  async create(setup: SessionSetup): Promise<"created" | "code-taken"> {
    const { id, code } = setup;
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
    throw new Error(`Opening session ${id} took too long`);
  }

  async read(key: { readonly id: SessionId } | { readonly code: string }): Promise<SessionSnapshot | null> {
    if ("id" in key) return this.#session(key.id).read();
    const id = await this.#codes.find(key.code);
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

  async join(id: SessionId, player: NewAttempt): Promise<JoinOutcome> {
    const who = { id: player.id, sessionId: id, userId: player.userId, nickname: player.nickname };
    const record = JSON.stringify(newAttempt(who, { version: 0, now: 0 }));
    const [kind, attempt, session] = await this.#run(id, "join", player.id, record, player.nicknameKey);
    switch (kind) {
      case "joined":
        return { kind, attempt: readAttempt(attempt), session: readSession(session) };
      case "nickname-taken":
        return { kind, suggestion: await this.#freeNickname(id, player.alternatives) };
      case "full":
        return { kind, limit: PLAYER_LIMIT };
      case "finished":
      case "not-found":
        return { kind };
      default:
        throw new TypeError(`Joining gave ${String(kind)}`);
    }
  }

  async submit(id: SessionId, submission: Submission): Promise<SubmitOutcome> {
    const { attemptId, questionId, given, fingerprint, tallyKeys, correct, share } = submission;
    const judged = JSON.stringify({ given, fingerprint, tallyKeys, correct }).slice(1, -1);
    const reply = await this.#run(
      ...([id, "submit", attemptId, questionId, fingerprint, judged] as const),
      ...[correct ? "1" : "0", share.num, share.den, ...tallyKeys],
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

  async restore(saved: SavedSession, gapMs: number): Promise<void> {
    const { client } = this.#parts.connection;
    const { id, code } = saved.setup;
    const reply = await this.#run(id, "readSession");
    // The version is compared again when the session appears; this only saves the work.
    if (reply[0] === "found" && readSession(reply[1]).version >= saved.version) return;
    const now = reply[0] === "found" ? readSession(reply[1]).now : numberOf(reply[1]);
    const gap = Math.max(0, gapMs);
    await restoreSession(client, this.#session(id), { saved, gapMs: gap, now, shards: this.#shards });
    // A finished session does not take a code back from the one that has it now.
    if (saved.phase.state === "FINISHED") return;
    if (await this.#codes.reserve(code, id)) await this.#codes.confirm(code, id);
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

  async #freeNickname(id: SessionId, alternatives: NewAttempt["alternatives"]): Promise<string | null> {
    const { nicknames } = this.#session(id).keys;
    for (const { nickname, key } of alternatives) {
      if ((await this.#parts.connection.client.hexists(nicknames, key)) === 0) return nickname;
    }
    return null;
  }

  #session(id: SessionId): RedisSession {
    return new RedisSession(id, this.#scripts, this.#shards);
  }

  async #run(id: SessionId, ...call: Parameters<RedisSession["run"]>) {
    return listOf(await this.#session(id).run(...call));
  }
}
