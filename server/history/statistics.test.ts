import { describe, expect, test } from "vitest";
import type { ChoiceId, QuestionId } from "../core/ids.ts";
import type { ContentQuestion } from "../session/domain/content.ts";
import { randomGuessScore } from "./randomGuess.ts";
import { type QuestionRollup, type Rollup, SHARE_UNIT } from "./rollups/index.ts";
import { analyse } from "./statistics.ts";

const question = (id: string): ContentQuestion => ({
  ...{ id: id as QuestionId, kind: "SINGLE_CHOICE", prompt: `Prompt ${id}`, acceptedAnswers: [] },
  choices: [
    { id: `${id}-right` as ChoiceId, text: "right", correct: true },
    { id: `${id}-wrong` as ChoiceId, text: "wrong", correct: false },
  ],
  ...{ timeLimitMs: 20_000, points: 1000, explanation: null },
});

/** A table of shares, one row an attempt, one column a question, as the sums that are kept of it. */
function rollupOf(table: readonly (readonly number[])[]): Rollup {
  const rows = table.map((row) => row.map((share) => Math.round(share * SHARE_UNIT)));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const totals = rows.map(sum);
  const columns = (rows[0] ?? []).map((_, column): [string, QuestionRollup] => {
    const own = rows.map((row) => row[column] ?? 0);
    return [
      `q${column}`,
      {
        ...{
          asked: rows.length,
          answered: rows.length,
          correct: own.filter((share) => share === SHARE_UNIT).length,
        },
        shares: BigInt(sum(own)),
        squares: BigInt(sum(own.map((share) => share ** 2))),
        products: BigInt(sum(own.map((share, row) => share * (totals[row] ?? 0)))),
        ...{ times: null, choices: new Map() },
      },
    ];
  });
  return {
    totals: totals.map((total) => ({ total, attempts: 1 })),
    ...{ scores: 0n, scoreSteps: [], groups: null },
    questions: new Map(columns),
  };
}

const analysed = (table: readonly (readonly number[])[]) =>
  analyse(
    (table[0] ?? []).map((_, column) => question(`q${column}`)),
    rollupOf(table),
    "ALL",
  );

describe("a published example: Wuensch, The Kuder-Richardson 20 (East Carolina University, StatHelp/KR20.txt)", () => {
  // Ten students, ten items. The text gives the p of each item, their pq, and 5.84 as the variance of the totals.
  const table = [
    "1111110110",
    "1011011101",
    "1111011001",
    "0010001000",
    "0000010010",
    "1110111111",
    "1101110111",
    "1111111101",
    "0101111101",
    "1101101110",
  ].map((row) => [...row].map(Number));
  const { reliability, standardDeviation, standardError, meanTotal, questions } = analysed(table);

  test("facility is its p", () => {
    const facilities = [0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6];
    expect(questions.map(({ facility }) => facility)).toEqual(facilities);
    expect(meanTotal).toBeCloseTo(6.6, 12);
  });

  test("alpha is its KR-20: 10/9 × (1 − 2.18/5.84)", () => {
    expect(reliability).toBeCloseTo((10 / 9) * (1 - 2.18 / 5.84), 12);
    expect(standardDeviation).toBeCloseTo(Math.sqrt((5.84 * 10) / 9), 12);
  });

  // By Python's statistics.correlation, covariance and stdev, of each column with the rest of its row (with the row's sum).
  test("discrimination, effective weight and standard error are those of Python's statistics module", () => {
    const discriminations = [
      0.705889154, 0.705889154, 0, 0.473589199, 0.583874208, 0.286146545, -0.02744451, 0.705889154,
      -0.123612847, 0.475866867,
    ];
    const weights = [
      0.128608801, 0.128608801, 0.067163756, 0.113053447, 0.125651881, 0.088849297, 0.058165519, 0.128608801,
      0.043354018, 0.117935679,
    ];
    for (const [index, { discrimination, effectiveWeight }] of questions.entries()) {
      expect(discrimination).toBeCloseTo(discriminations[index] ?? Number.NaN, 8);
      expect(effectiveWeight).toBeCloseTo(weights[index] ?? Number.NaN, 8);
    }
    expect(standardError).toBeCloseTo(1.4036988175425558, 12);
  });
});

describe("item analysis", () => {
  test("of partly right answers is that of Python's statistics module", () => {
    const { reliability, standardError, questions } = analysed([
      [1, 0.5, 0],
      [1 / 3, 1, 1],
      [1, 0, 0.5],
      [0, 0.5, 0],
      [2 / 3, 1, 1],
      [1, 1, 0],
    ]);
    expect(reliability).toBeCloseTo(0, 12);
    expect(standardError).toBeCloseTo(0.7655789385237236, 12);
    const discriminations = [-0.2148344622118298, 0.13746867932469406, 0.12865350418053514];
    for (const [index, { discrimination }] of questions.entries())
      expect(discrimination).toBeCloseTo(discriminations[index] ?? Number.NaN, 12);
  });

  test("alpha of a scale in which every question follows the one before is 0.8", () => {
    // By hand: item variances 0.2, 0.3, 0.3, 0.2; totals 4, 3, 2, 1, 0 with variance 2.5; 4/3 × (1 − 1/2.5).
    const rows = [4, 3, 2, 1, 0].map((right) => [0, 1, 2, 3].map((column) => (column < right ? 1 : 0)));
    expect(analysed(rows).reliability).toBeCloseTo(0.8, 12);
  });

  test("figures that are not defined are null: under two questions, under two attempts, without variance", () => {
    expect(analysed([[1], [0]]).reliability).toBeNull();
    expect(analysed([[1, 0]])).toMatchObject({
      reliability: null,
      standardDeviation: null,
      standardError: null,
    });
    const alike = analysed([
      [1, 0],
      [1, 0],
    ]);
    expect(alike).toMatchObject({ reliability: null, standardDeviation: 0, standardError: null });
    expect(alike.questions[0]).toMatchObject({ discrimination: null, effectiveWeight: null });
    expect(analyse([question("q0")], rollupOf([]), "FIRST")).toMatchObject({
      ...{ attemptCount: 0, meanScore: 0, meanTotal: null, smallSample: true, scoreDistribution: [] },
      questions: [{ answerCount: 0, facility: null, discrimination: null, medianElapsedMs: null }],
    });
  });

  test("under 30 attempts, or answers, a sample is small", () => {
    const rows = (count: number) => Array.from({ length: count }, (_, index) => [index % 2, 1]);
    expect(analysed(rows(29))).toMatchObject({ smallSample: true, questions: [{ smallSample: true }, {}] });
    expect(analysed(rows(30))).toMatchObject({ smallSample: false, questions: [{ smallSample: false }, {}] });
  });

  test("a question against which the total goes has no effective weight", () => {
    const { questions } = analysed([
      [1, 0, 0],
      [0, 1, 1],
      [0, 1, 1],
    ]);
    expect(questions[0]?.discrimination).toBe(-1);
    expect(questions[0]?.effectiveWeight).toBeNull();
    expect(questions[1]?.effectiveWeight).toBeCloseTo(0.5, 12);
  });

  test("scores are counted in at most twenty steps of a round width", () => {
    const rollup = {
      ...rollupOf([[1]]),
      scoreSteps: [
        { from: 0, attempts: 2 },
        { from: 2700, attempts: 1 },
      ],
    };
    const { scoreDistribution } = analyse([question("q0")], rollup, "ALL");
    expect(scoreDistribution).toHaveLength(14);
    expect(scoreDistribution[0]).toEqual({ from: 0, to: 200, attempts: 2 });
    expect(scoreDistribution.at(-1)).toEqual({ from: 2600, to: 2800, attempts: 1 });
  });
});

describe("the random-guess score", () => {
  const choices = (...correct: boolean[]) => correct.map((right) => ({ correct: right }));

  test("is the mean over everything that could be picked, each as likely", () => {
    expect(randomGuessScore({ kind: "SINGLE_CHOICE", choices: choices(true, false, false, false) })).toBe(
      0.25,
    );
    // By a Python program that goes through itertools.combinations of the choices.
    const multiple = (...correct: boolean[]) =>
      randomGuessScore({ kind: "MULTIPLE_CHOICE", choices: choices(...correct) });
    expect(multiple(true, true, false, false)).toBeCloseTo(0.2, 12);
    expect(multiple(true, false, false)).toBeCloseTo(0.14285714285714285, 12);
    expect(multiple(true, true, true, false, false)).toBeCloseTo(0.2473118279569892, 12);
    expect(randomGuessScore({ kind: "ORDER", choices: choices(true, true, true, true) })).toBeCloseTo(
      1 / 24,
      12,
    );
    expect(randomGuessScore({ kind: "TYPED", choices: [] })).toBe(0);
  });
});
