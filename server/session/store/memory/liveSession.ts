import type { Clock } from "../../../core/clock.ts";
import type { AttemptId } from "../../../core/ids.ts";
import type { Moment } from "../../domain/attemptChanges.ts";
import { viewAttempt } from "../../domain/attempts.ts";
import { type PhaseEvent, transition } from "../../domain/phases.ts";
import type {
  AnswerRecord,
  AttemptRecord,
  AttemptSnapshot,
  OpenedQuestion,
  Phase,
  SessionSetup,
  SessionSnapshot,
  Standings,
} from "../../domain/session.ts";
import { dueAt } from "../../domain/timing.ts";
import type { JournalChange } from "../journal.ts";
import { lastChangeOf } from "../lastChange.ts";
import type { AttemptsReading, Ranks, SavedSession } from "../liveStore.ts";
import type { SessionEvent } from "../sessionEvent.ts";
import type { ChangeLog } from "./changeLog.ts";
import type { DueTimes } from "./dueTimes.ts";
import { keptUntil } from "./keeping.ts";
import { QuestionTally } from "./questionTally.ts";
import { Roster } from "./roster.ts";

export interface SessionParts {
  readonly clock: Clock;
  readonly log: ChangeLog;
  readonly due: DueTimes;
}

/**
 * One session in memory. Everything here is synchronous: a change and its journal entry are one step, and records
 * are never changed in place, so that what a caller was given stays as it was.
 */
export class LiveSession {
  readonly setup: SessionSetup;
  readonly roster = new Roster();
  readonly #parts: SessionParts;
  #tally = new QuestionTally();
  #version = 0;
  #phase: Phase = { state: "LOBBY" };
  #changedAt = 0;

  private constructor(setup: SessionSetup, parts: SessionParts) {
    this.setup = setup;
    this.#parts = parts;
  }

  /** Opens the lobby: the session's first version. */
  static opened(setup: SessionSetup, parts: SessionParts): LiveSession {
    const session = new LiveSession(setup, parts);
    session.#write({ kind: "opened", setup }, "state");
    session.expectAbandonment();
    return session;
  }

  /** The session as it was saved. A gap in which nobody could do anything is not counted as time without a change. */
  static restored(
    saved: SavedSession,
    { gapMs, versionJump }: { readonly gapMs: number; readonly versionJump: number },
    parts: SessionParts,
  ): LiveSession {
    const session = new LiveSession(saved.setup, parts);
    session.#version = saved.version + versionJump;
    session.#changedAt = lastChangeOf(saved) + gapMs;
    session.#putPhase(saved.phase);
    for (const record of saved.attempts) session.#putRecord(record);
    const answers = [...saved.answers].sort((a, b) => a.number - b.number);
    for (const answer of answers) session.#putAnswer(answer);
    session.expectAbandonment();
    return session;
  }

  get version(): number {
    return this.#version;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** When everything that has happened so far is durable and announced. */
  get settled(): Promise<void> {
    return this.#parts.log.settled;
  }

  now(): number {
    return this.#parts.clock.now();
  }

  /** The moment of the change that comes next. */
  nextMoment(): Moment {
    return { version: this.#version + 1, now: this.now() };
  }

  /** When the session is finished because nobody touches it, or, finished, forgotten because nobody needs it. */
  get keptUntil(): number {
    return keptUntil(this.#phase, this.#changedAt);
  }

  expectAbandonment(): void {
    this.#parts.due.add({ kind: "abandoned", sessionId: this.setup.id, at: this.keptUntil });
  }

  /** Whether every player, and at least one, has answered the question on screen. */
  get allAnswered(): boolean {
    const { playerCount } = this.roster;
    return playerCount > 0 && this.#tally.answerCount === playerCount;
  }

  /** Lets the state machine judge an event, and carries out what it says. */
  happen(event: PhaseEvent): "changed" | "unchanged" | "refused" {
    const outcome = transition(this.#phase, event, this.setup, this.now());
    if (outcome.kind === "changed") this.changePhase(outcome.phase);
    return outcome.kind;
  }

  changePhase(phase: Phase): void {
    this.#putPhase(phase);
    this.#write({ kind: "phase", phase }, "state");
  }

  /** A change of one attempt. "attempt": it moves neither standings nor counts. */
  changeAttempt(attempt: AttemptRecord, kind: "standings" | "attempt"): void {
    this.#putRecord(attempt);
    this.#write({ kind: "attempt", attempt }, kind, attempt.id);
  }

  addAnswer(attempt: AttemptRecord, answer: AnswerRecord): void {
    this.#putRecord(attempt);
    this.#putAnswer(answer);
    this.#write({ kind: "answer", attempt, answer }, "standings", attempt.id);
  }

  snapshot(): SessionSnapshot {
    return {
      setup: this.setup,
      version: this.#version,
      // Nothing is told before the journal has it in PostgreSQL.
      storedVersion: this.#version,
      phase: this.#phase,
      playerCount: this.roster.playerCount,
      answerCount: this.#tally.answerCount,
      correctCount: this.#tally.correctCount,
      tally: this.#tally.counts,
      now: this.now(),
    };
  }

  attemptSnapshot(id: AttemptId): AttemptSnapshot | null {
    const seat = this.roster.seat(id);
    if (!seat) return null;
    const rank = this.roster.rankOf(seat.record);
    return viewAttempt({ ...seat, rank, phase: this.#phase, pacing: this.setup.pacing });
  }

  attemptSnapshots(ids: readonly AttemptId[]): AttemptsReading {
    return { version: this.#version, attempts: ids.flatMap((id) => this.attemptSnapshot(id) ?? []) };
  }

  ranks(): Ranks {
    const { pacing } = this.setup;
    return { version: this.#version, phase: this.#phase, pacing, of: this.roster.ranks() };
  }

  standings(first: number): Standings {
    const { playerCount } = this.roster;
    return { version: this.#version, playerCount, entries: this.roster.best(first) };
  }

  get #onScreen(): OpenedQuestion | null {
    return "question" in this.#phase ? this.#phase.question : null;
  }

  #write(change: JournalChange, kind: SessionEvent["kind"], attemptId: AttemptId | null = null): void {
    this.#version += 1;
    this.#changedAt = this.now();
    const head = { sessionId: this.setup.id, version: this.#version, at: this.#changedAt };
    this.#parts.log.write({ ...head, ...change }, kind, attemptId);
  }

  #putRecord(record: AttemptRecord): void {
    const before = this.roster.seat(record.id);
    this.roster.put(record);
    if (record.status === "REMOVED" && before && before.record.status !== "REMOVED") {
      const counted = before.answers.find(({ number }) => number === this.#onScreen?.number);
      if (counted) this.#tally.remove(counted);
    }
    const { facing, id: attemptId } = record;
    if (facing && facing !== before?.record.facing) {
      const { id: sessionId } = this.setup;
      const { number } = facing;
      this.#parts.due.add({ kind: "facing", sessionId, attemptId, number, at: dueAt(facing) });
    }
  }

  #putAnswer(answer: AnswerRecord): void {
    this.roster.addAnswer(answer);
    const removed = this.roster.seat(answer.attemptId)?.record.status === "REMOVED";
    if (!removed && answer.number === this.#onScreen?.number) this.#tally.add(answer);
  }

  #putPhase(phase: Phase): void {
    const before = this.#onScreen?.number;
    this.#phase = phase;
    if (this.#onScreen?.number !== before) this.#tally = new QuestionTally();
    const { id: sessionId } = this.setup;
    if (phase.state === "QUESTION_OPEN") {
      const { number } = phase.question;
      this.#parts.due.add({ kind: "question", sessionId, number, at: dueAt(phase.question) });
    }
    if (phase.state === "FINISHED") {
      this.#parts.due.add({ kind: "forgotten", sessionId, at: this.keptUntil });
    }
  }
}
