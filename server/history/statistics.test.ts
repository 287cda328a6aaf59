import { describe, expect, test } from "vitest";
import type { ChoiceId, QuestionId } from "../core/ids.ts";
import type { ContentQuestion } from "../session/domain/content.ts";
import { analyse, correlation, cronbachAlpha, median } from "./statistics.ts";

const question = (id: string): ContentQuestion => ({
  id: id as QuestionId,
  kind: "SINGLE_CHOICE",
  prompt: `Prompt ${id}`,
  choices: [
    { id: `${id}-right` as ChoiceId, text: "right", correct: true },
    { id: `${id}-wrong` as ChoiceId, text: "wrong", correct: false },
  ],
  acceptedAnswers: [],
  timeLimitMs: 20_000,
  points: 1000,
  explanation: null,
});

const answer = (id: string, correct: boolean, elapsedMs = 1000) => ({
  questionId: id,
  choiceIds: [`${id}-${correct ? "right" : "wrong"}`],
  correct,
  share: correct ? 1 : 0,
  elapsedMs,
});

describe("item analysis", () => {
  // Five attempts at four items. Alpha by hand: item variances 0.2, 0.3, 0.3, 0.2; totals 4, 3, 2, 1, 0 with variance
  // 2.5; 4/3 × (1 − 1/2.5) = 0.8.
  const matrix = [
    [1, 1, 1, 1],
    [1, 1, 1, 0],
    [1, 1, 0, 0],
    [1, 0, 0, 0],
    [0, 0, 0, 0],
  ];

  test("Cronbach's alpha of a worked example", () => {
    expect(cronbachAlpha(matrix, 4)).toBeCloseTo(0.8, 12);
  });

  test("alpha is null under two questions, under two attempts and without variance", () => {
    expect(cronbachAlpha([[1], [0]], 1)).toBeNull();
    expect(cronbachAlpha([[1, 0]], 2)).toBeNull();
    expect(
      cronbachAlpha(
        [
          [1, 0],
          [1, 0],
        ],
        2,
      ),
    ).toBeNull();
  });

  test("correlation: Anscombe's first set has 0.81642", () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    expect(correlation(x, y)).toBeCloseTo(0.81642, 5);
    expect(correlation([1, 1, 1], [1, 2, 3])).toBeNull();
  });

  test("the median of an even count is the mean of the two in the middle, rounded half up", () => {
    expect(median([])).toBeNull();
    expect(median([3, 1, 2])).toBe(2);
    expect(median([1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(3);
  });

  test("facility counts given answers, discrimination counts the unanswered as 0", () => {
    const result = analyse(
      [question("a"), question("b"), question("c")],
      [
        { score: 2000, answers: [answer("a", true, 1000), answer("b", true)] },
        { score: 1000, answers: [answer("a", true, 3000), answer("b", false)] },
        { score: 0, answers: [answer("a", false, 2000)] },
      ],
    );
    expect(result.attemptCount).toBe(3);
    expect(result.meanScore).toBe(1000);
    const [a, b, c] = result.questions;
    expect(a).toMatchObject({ answerCount: 3, medianElapsedMs: 2000 });
    expect(a?.facility).toBeCloseTo(2 / 3, 12);
    // Shares of a: 1 1 0; sums of the others: 1 0 0. Pearson by hand: (1/6) / sqrt(1/3 × 1/3) = 0.5.
    expect(a?.discrimination).toBeCloseTo(0.5, 12);
    expect(b?.facility).toBe(0.5);
    expect(b?.choices.map(({ count }) => count)).toEqual([1, 1]);
    expect(c).toMatchObject({ answerCount: 0, facility: null, discrimination: null, medianElapsedMs: null });
  });
});
