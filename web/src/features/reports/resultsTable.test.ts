import { describe, expect, it } from "vitest";
import { answerText, solutionText } from "./answerText.ts";
import { attemptsPerPage } from "./pageSize.ts";
import { buildResultsTable, type ResultsAnswer, type ResultsAttempt } from "./resultsTable.ts";
import { sortedBy, sortRows } from "./sortRows.ts";
import { anAnswer, anAttempt, aQuestion } from "./testTable.ts";

const q1 = aQuestion("q1", 1);
const q2 = aQuestion("q2", 2, { kind: "MULTIPLE_CHOICE", solution: { choiceIds: ["a", "c"] } });
const answers = (...list: ResultsAnswer[]) => list;
const player = (
  name: string,
  rank: number,
  score: number,
  given: ResultsAnswer[],
  more = {},
): ResultsAttempt =>
  anAttempt(name, { rank, score, answers: { edges: given.map((node) => ({ node })) }, ...more });

describe("The results table", () => {
  const ana = player("Ana", 1, 1900, answers(anAnswer("q1", true, 950), anAnswer("q2", true, 950)));
  const bao = player("bao", 2, 475, answers(anAnswer("q2", false, 475, 0.5)));
  const zoe = player("Zoë", 3, 0, answers(anAnswer("q1", false, 0)));

  it("tells right, partly right, wrong and missed answers apart", () => {
    const table = buildResultsTable([ana, bao, zoe], [q2, q1], "FINISHED");
    expect(table.questions.map(({ id }) => id)).toEqual(["q1", "q2"]);
    expect(table.rows.map(({ cells }) => cells.map(({ verdict }) => verdict))).toEqual([
      ["right", "right"],
      ["missed", "partial"],
      ["wrong", "missed"],
    ]);
  });

  it("counts a question that was left out as not right", () => {
    const table = buildResultsTable([ana, bao, zoe], [q1, q2], "FINISHED");
    expect(table.questionTotals[0]).toEqual({
      met: 3,
      answered: 2,
      right: 1,
      shareRight: 1 / 3,
      meanPoints: 950 / 3,
    });
    expect(table.meanScore).toBeCloseTo((1900 + 475) / 3);
  });

  it("waits for players who are still on their way through a self-paced session", () => {
    const table = buildResultsTable([ana, bao], [q1], "RUNNING");
    expect(table.rows[1]?.cells[0]?.verdict).toBe("pending");
    expect(table.questionTotals[0]).toMatchObject({ met: 1, right: 1, shareRight: 1 });
    const done = buildResultsTable([{ ...bao, status: "FINISHED" }], [q1], "RUNNING");
    expect(done.rows[0]?.cells[0]?.verdict).toBe("missed");
  });

  it("leaves removed players out, of the totals too", () => {
    const table = buildResultsTable([ana, { ...zoe, status: "REMOVED" }], [q1], "FINISHED");
    expect(table.rows).toHaveLength(1);
    expect(table.meanScore).toBe(1900);
  });

  it("does not judge an answer whose result is withheld", () => {
    const hidden = player("Hid", 1, 0, answers({ ...anAnswer("q1", false, 0), correct: null, points: null }));
    const table = buildResultsTable([hidden], [q1], "QUESTION_OPEN");
    expect(table.rows[0]?.cells[0]).toMatchObject({ verdict: "withheld", points: 0 });
  });

  it("has no means without players", () => {
    const table = buildResultsTable([], [q1], "FINISHED");
    expect(table.meanScore).toBeNull();
    expect(table.questionTotals[0]?.shareRight).toBeNull();
  });

  it("sorts by name without regard to case and accents, and keeps ranks for equal ones", () => {
    const { rows } = buildResultsTable([zoe, bao, ana], [q1, q2], "FINISHED");
    const names = (list: typeof rows) => list.map(({ nickname }) => nickname);
    expect(names(sortRows(rows, { key: "name", descending: false }, "en"))).toEqual(["Ana", "bao", "Zoë"]);
    expect(names(sortRows(rows, { key: 1, descending: true }, "en"))).toEqual(["Ana", "bao", "Zoë"]);
    expect(names(sortRows(rows, { key: 0, descending: true }, "en"))).toEqual(["Ana", "Zoë", "bao"]);
    expect(names(rows)).toEqual(["Zoë", "bao", "Ana"]);
  });

  it("turns the order round at the second click, and starts with the best of what is earned", () => {
    const once = sortedBy({ key: "rank", descending: false }, "score");
    expect(once).toEqual({ key: "score", descending: true });
    expect(sortedBy(once, "score")).toEqual({ key: "score", descending: false });
  });
});

describe("Answers as text", () => {
  it("shows orders as ways, choices as lists, typed answers as written", () => {
    const order = aQuestion("q3", 3, { kind: "ORDER", solution: { choiceIds: ["b", "a", "c"] } });
    expect(solutionText(order)).toBe("Beta → Alpha → Gamma");
    expect(solutionText(q2)).toBe("Alpha · Gamma");
    const typed = aQuestion("q4", 4, { kind: "TYPED", solution: { acceptedAnswers: ["colour", "color"] } });
    expect(solutionText(typed)).toBe("colour · color");
    expect(answerText(typed, { ...anAnswer("q4", true, 1), text: " Colour " })).toBe(" Colour ");
  });
});

describe("A page of players", () => {
  it("carries about a thousand answers", () => {
    expect([0, 5, 12, 50, 200].map(attemptsPerPage)).toEqual([100, 100, 83, 20, 10]);
  });
});
