import type { AttemptId, QuestionId } from "../../../core/ids.ts";
import { nicknameKey } from "../../domain/nickname.ts";
import type { AnswerRecord, AttemptRecord, StandingsEntry } from "../../domain/session.ts";
import { StandingsOrder } from "../../domain/standings.ts";
import type { Ranks } from "../liveStore.ts";

interface Seat {
  readonly record: AttemptRecord;
  /** In the order of the questions. */
  readonly answers: readonly AnswerRecord[];
}

/** The attempts of a session, with their answers, their places and the nicknames that are taken. */
export class Roster {
  readonly #seats = new Map<AttemptId, Seat>();
  readonly #nicknames = new Set<string>();
  readonly #order = new StandingsOrder();

  /** Everyone who was not removed. */
  get playerCount(): number {
    return this.#order.size;
  }

  get records(): readonly AttemptRecord[] {
    return Array.from(this.#seats.values(), ({ record }) => record);
  }

  seat(id: AttemptId): Seat | undefined {
    return this.#seats.get(id);
  }

  answer(id: AttemptId, questionId: QuestionId): AnswerRecord | undefined {
    return this.#seats.get(id)?.answers.find((answer) => answer.questionId === questionId);
  }

  hasNickname(key: string): boolean {
    return this.#nicknames.has(key);
  }

  rankOf(record: AttemptRecord): number {
    return this.#order.rankOf(record.score);
  }

  best(first: number): StandingsEntry[] {
    return this.#order.best(first).map(({ attemptId, rank, score }) => {
      const record = this.#seats.get(attemptId)?.record;
      if (!record) throw new Error(`The standings hold an unknown attempt: ${attemptId}`);
      return { rank, attemptId, nickname: record.nickname, score, correctCount: record.correctCount };
    });
  }

  ranks(): Ranks["of"] {
    const everyone = this.#order.best(this.#order.size);
    return new Map(everyone.map(({ attemptId, rank, score }) => [attemptId, { rank, score }]));
  }

  put(record: AttemptRecord): void {
    const seat = this.#seats.get(record.id);
    this.#seats.set(record.id, { record, answers: seat?.answers ?? [] });
    const before = seat && seat.record.status !== "REMOVED" ? seat.record : null;
    const after = record.status !== "REMOVED" ? record : null;
    if (before?.score !== after?.score || before?.reachedVersion !== after?.reachedVersion) {
      if (before) this.#order.remove({ ...before, attemptId: before.id });
      if (after)
        this.#order.add({ attemptId: after.id, score: after.score, reachedVersion: after.reachedVersion });
    }
    if (before && !after) this.#nicknames.delete(nicknameKey(before.nickname));
    if (after && !before) this.#nicknames.add(nicknameKey(after.nickname));
  }

  addAnswer(answer: AnswerRecord): void {
    const seat = this.#seats.get(answer.attemptId);
    if (!seat) throw new Error(`An answer belongs to an unknown attempt: ${answer.attemptId}`);
    this.#seats.set(answer.attemptId, { ...seat, answers: [...seat.answers, answer] });
  }
}
