import type { AnswerRecord } from "../../domain/session.ts";

/** How the answers to the question on screen fell. */
export class QuestionTally {
  #answerCount = 0;
  #correctCount = 0;
  readonly #counts = new Map<string, number>();
  /** Made when somebody looks, kept until the next answer. */
  #shown: Readonly<Record<string, number>> | null = null;

  get answerCount(): number {
    return this.#answerCount;
  }

  get correctCount(): number {
    return this.#correctCount;
  }

  get counts(): Readonly<Record<string, number>> {
    this.#shown ??= Object.freeze(Object.fromEntries(this.#counts));
    return this.#shown;
  }

  add(answer: AnswerRecord): void {
    this.#move(answer, 1);
  }

  remove(answer: AnswerRecord): void {
    this.#move(answer, -1);
  }

  #move(answer: AnswerRecord, step: 1 | -1): void {
    this.#shown = null;
    this.#answerCount += step;
    if (answer.correct) this.#correctCount += step;
    for (const key of answer.tallyKeys) {
      const count = (this.#counts.get(key) ?? 0) + step;
      if (count > 0) this.#counts.set(key, count);
      else this.#counts.delete(key);
    }
  }
}
