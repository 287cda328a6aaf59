import type { Clock } from "../../../core/clock.ts";
import type { AttemptId, SessionId } from "../../../core/ids.ts";
import type { AttemptSnapshot, SessionSetup, SessionSnapshot, Standings } from "../../domain/session.ts";
import type { Journal } from "../journal.ts";
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
import type { SessionEvent } from "../sessionEvent.ts";
import { carryOut } from "./carryOut.ts";
import { ChangeLog } from "./changeLog.ts";
import { isStillDue, missIfOver } from "./closing.ts";
import { type Due, DueTimes } from "./dueTimes.ts";
import { goOn } from "./goOn.ts";
import { LiveSession } from "./liveSession.ts";
import { takeAnswer } from "./takeAnswer.ts";
import { takePlayer } from "./takePlayer.ts";

interface MemoryStoreParts {
  readonly clock: Clock;
  readonly journal: Journal;
  /** Called once for each change, in the order of the versions of a session. */
  readonly publish: (event: SessionEvent) => void;
}

export interface MemoryStore extends RestorableStore {
  /** How many sessions are kept, finished ones at hand included. */
  readonly sessionCount: number;
}

/** The live store of a single server: sessions in its memory, kept safe by a journal that can restore them. */
export function createMemoryStore(parts: MemoryStoreParts): MemoryStore {
  return new Store(parts);
}

/**
 * Each method does all its work in one synchronous step, so that no other can come between, and then waits until
 * everything that it has seen is durable: readers too, so that nobody is told what a crash could take back.
 */
class Store implements MemoryStore {
  readonly #parts: MemoryStoreParts;
  readonly #sessions = new Map<SessionId, LiveSession>();
  /** Sessions by code: the unfinished ones, and finished ones whose code nobody has used since. */
  readonly #codes = new Map<string, LiveSession>();
  readonly #sessionsOfAttempts = new Map<AttemptId, SessionId>();
  readonly #due = new DueTimes();

  constructor(parts: MemoryStoreParts) {
    this.#parts = parts;
  }

  get sessionCount(): number {
    return this.#sessions.size;
  }

  async create(setup: SessionSetup): Promise<"created" | "code-taken"> {
    const known = this.#sessions.get(setup.id);
    if (known) return afterAll([known], "created");
    const holder = this.#codes.get(setup.code);
    if (holder && holder.phase.state !== "FINISHED") return afterAll([holder], "code-taken");
    const session = LiveSession.opened(setup, this.#sessionParts());
    this.#keep(session);
    return afterAll([session], "created");
  }

  async read(key: { readonly id: SessionId } | { readonly code: string }): Promise<SessionSnapshot | null> {
    const session = "id" in key ? this.#sessions.get(key.id) : this.#codes.get(key.code);
    if (!session) return null;
    const found = "id" in key || session.phase.state !== "FINISHED";
    return afterAll([session], found ? session.snapshot() : null);
  }

  async standings(id: SessionId, first: number): Promise<Standings | null> {
    return this.#inSession(id, (session) => session.standings(first), null);
  }

  async attempt(id: SessionId, attemptId: AttemptId): Promise<AttemptSnapshot | null> {
    return this.#inSession(id, (session) => session.attemptSnapshot(attemptId), null);
  }

  async attempts(id: SessionId, attemptIds: readonly AttemptId[]): Promise<AttemptsReading | null> {
    return this.#inSession(id, (session) => session.attemptSnapshots(attemptIds), null);
  }

  async ranks(id: SessionId): Promise<Ranks | null> {
    return this.#inSession(id, (session) => session.ranks(), null);
  }

  async sessionOfAttempt(attemptId: AttemptId): Promise<SessionId | null> {
    return this.#sessionsOfAttempts.get(attemptId) ?? null;
  }

  async join(id: SessionId, attempt: NewAttempt): Promise<JoinOutcome> {
    const take = (session: LiveSession) => {
      const outcome = takePlayer(session, attempt);
      if (outcome.kind === "joined") this.#sessionsOfAttempts.set(attempt.id, id);
      return outcome;
    };
    return this.#inSession(id, take, { kind: "not-found" });
  }

  async submit(id: SessionId, submission: Submission): Promise<SubmitOutcome> {
    return this.#inSession(id, (session) => takeAnswer(session, submission), { kind: "not-found" });
  }

  async command(id: SessionId, command: Command): Promise<CommandOutcome> {
    return this.#inSession(id, (session) => carryOut(session, command), { kind: "not-found" });
  }

  async closeDue(): Promise<number | null> {
    const now = this.#parts.clock.now();
    const changed = new Set<LiveSession>();
    let next = this.#nextDue();
    while (next && next.due.at <= now) {
      this.#due.takeNext();
      this.#happens(next.due, next.session);
      changed.add(next.session);
      next = this.#nextDue();
    }
    return afterAll(changed, next?.due.at ?? null);
  }

  async restore(saved: SavedSession, gapMs: number, { versionJump = 0 }: RestoreOptions = {}): Promise<void> {
    const known = this.#sessions.get(saved.setup.id);
    if (known && known.version >= saved.version) return afterAll([known], undefined);
    const restored = { gapMs: Math.max(0, gapMs), versionJump };
    const session = LiveSession.restored(saved, restored, this.#sessionParts());
    this.#keep(session);
    goOn(session, restored);
    return afterAll([session], undefined);
  }

  /** Takes one step in a session; its result holds as of that step, and is told once it is durable. */
  async #inSession<Result>(
    id: SessionId,
    step: (session: LiveSession) => Result,
    notFound: Result,
  ): Promise<Result> {
    const session = this.#sessions.get(id);
    return session ? afterAll([session], step(session)) : notFound;
  }

  #keep(session: LiveSession): void {
    const { id, code } = session.setup;
    this.#sessions.set(id, session);
    for (const record of session.roster.records) this.#sessionsOfAttempts.set(record.id, id);
    const holder = this.#codes.get(code);
    // A finished session does not take a code back from the one that has it now.
    if (!holder || holder.setup.id === id || session.phase.state !== "FINISHED")
      this.#codes.set(code, session);
  }

  #forget(session: LiveSession): void {
    const { id, code } = session.setup;
    this.#sessions.delete(id);
    for (const record of session.roster.records) this.#sessionsOfAttempts.delete(record.id);
    if (this.#codes.get(code) === session) this.#codes.delete(code);
  }

  /** The next thing that happens by itself; drops from the top what no longer will. */
  #nextDue(): { readonly due: Due; readonly session: LiveSession } | null {
    for (let due = this.#due.next; due; due = this.#due.next) {
      const session = this.#sessions.get(due.sessionId);
      if (session && isStillDue(due, session)) return { due, session };
      this.#due.takeNext();
      // The session was touched meanwhile, so it is abandoned later than was expected.
      if (due.kind === "abandoned" && session && session.phase.state !== "FINISHED")
        session.expectAbandonment();
    }
    return null;
  }

  #happens(due: Due, session: LiveSession): void {
    switch (due.kind) {
      case "question":
        session.happen({ kind: "time-up", number: due.number });
        return;
      case "facing":
        missIfOver(session, due.attemptId);
        return;
      case "abandoned":
        session.happen({ kind: "finish" });
        return;
      case "forgotten":
        this.#forget(session);
        return;
    }
  }

  #sessionParts() {
    const { clock, journal, publish } = this.#parts;
    return { clock, due: this.#due, log: new ChangeLog(journal, publish) };
  }
}

/** The value, when everything that has happened in the sessions so far is durable. */
async function afterAll<Value>(sessions: Iterable<LiveSession>, value: Value): Promise<Value> {
  await Promise.all(Array.from(sessions, ({ settled }) => settled));
  return value;
}
