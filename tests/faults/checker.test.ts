import { describe, expect, test } from "vitest";
import { check } from "./checker.ts";
import type { AnswerRow, AttemptRow, Evidence } from "./evidence.ts";
import type { Acknowledged } from "./records.ts";
import { isClean, report } from "./verdict.ts";

// The checker must be able to fail: one made-up piece of evidence for each thing that it looks for.

const answer = (changes: Partial<AnswerRow> = {}): AnswerRow => ({
  sessionId: "session",
  attemptId: "ana",
  questionId: "q1",
  number: 1,
  points: 800,
  correct: true,
  elapsedMs: 2000,
  answeredAt: 12_000,
  ...changes,
});

const attempt = (changes: Partial<AttemptRow> = {}): AttemptRow => ({
  id: "ana",
  sessionId: "session",
  status: "FINISHED",
  score: 800,
  reachedVersion: 5,
  answeredCount: 1,
  finalRank: 1,
  ...changes,
});

const acknowledged = (changes: Partial<Acknowledged> = {}): Acknowledged => ({
  attemptId: "ana",
  questionId: "q1",
  points: 800,
  correct: true,
  elapsedMs: 2000,
  ...changes,
});

/** Two players, of whom one answered, in a session that went as it should. */
function sound(changes: Partial<Evidence> = {}): Evidence {
  return {
    acknowledged: [acknowledged()],
    refused: [{ attemptId: "ben", questionId: "q1", kind: "QuestionNotOpenError" }],
    regressions: [],
    seenClosings: [{ sessionId: "session", attemptId: null, questionId: "q1", closesAt: 15_000 }],
    journal: {
      closings: [{ sessionId: "session", attemptId: null, number: 1, closesAt: 15_000, endedAt: 15_600 }],
      answers: [{ sessionId: "session", version: 5, attemptId: "ana", questionId: "q1" }],
      incomplete: new Set(),
    },
    sessions: [{ id: "session", state: "FINISHED" }],
    attempts: [
      attempt(),
      attempt({ id: "ben", score: 0, reachedVersion: 3, answeredCount: 0, finalRank: 2 }),
    ],
    answers: [answer()],
    leaderboards: [
      {
        server: "one",
        sessionId: "session",
        entries: [
          { attemptId: "ana", score: 800, rank: 1 },
          { attemptId: "ben", score: 0, rank: 2 },
        ],
      },
    ],
    ...changes,
  };
}

/** How many of each were found, and nothing where none. */
function found(changes: Partial<Evidence>): Record<string, number> {
  const { acknowledged: _count, unverifiable: _left, ...findings } = check(sound(changes));
  return Object.fromEntries(
    Object.entries(findings)
      .map(([figure, list]) => [figure, list.length] as const)
      .filter(([, count]) => count > 0),
  );
}

describe("the checker", () => {
  test("finds nothing where nothing is wrong, and says so in one line", () => {
    const findings = check(sound());
    const verdict = { findings, kills: 3, otherFaults: 2, problems: [] };
    expect(isClean(verdict)).toBe(true);
    expect(report(verdict)).toEqual([
      "1 acknowledged, 3 kills, 2 other faults, 0 lost, 0 duplicated, 0 mismatched, 0 regressed, 0 late",
    ]);
  });

  test("is not satisfied where nothing was acknowledged, or something else went wrong", () => {
    const nothing = check(sound({ acknowledged: [] }));
    expect(isClean({ findings: nothing, kills: 1, otherFaults: 0, problems: [] })).toBe(false);
    const findings = check(sound());
    expect(isClean({ findings, kills: 1, otherFaults: 0, problems: ["a server ended by itself"] })).toBe(
      false,
    );
  });

  test("counts an answer that was acknowledged twice, alike, as one", () => {
    expect(check(sound({ acknowledged: [acknowledged(), acknowledged()] })).acknowledged).toBe(1);
  });

  describe("lost (I2)", () => {
    test("an acknowledged answer that is in no row", () => {
      expect(found({ acknowledged: [acknowledged(), acknowledged({ questionId: "q2" })] })).toEqual({
        lost: 1,
      });
    });
  });

  describe("duplicated (I1)", () => {
    test("two rows of one answer", () => {
      const twice = [answer({ points: 400 }), answer({ points: 400 })];
      expect(found({ answers: twice })).toMatchObject({ duplicated: 1 });
    });

    test("one answer journaled as two changes; the same change read twice is not", () => {
      const { journal } = sound();
      const entry = journal.answers[0]!;
      expect(found({ journal: { ...journal, answers: [entry, entry] } })).toEqual({});
      expect(found({ journal: { ...journal, answers: [entry, { ...entry, version: 6 }] } })).toEqual({
        duplicated: 1,
      });
    });

    test("an answer that counts twice in a score", () => {
      const attempts = [attempt({ score: 1600, answeredCount: 2 }), sound().attempts[1]!];
      expect(found({ attempts })).toMatchObject({ duplicated: 1, mismatched: 2 });
    });
  });

  describe("mismatched (I3, I4, I7)", () => {
    test.each([{ points: 801 }, { correct: false }, { elapsedMs: 1 }])(
      "an acknowledgement that is not what the row says: %o",
      (changes) => {
        expect(found({ acknowledged: [acknowledged(changes)] })).toEqual({ mismatched: 1 });
      },
    );

    test("a retry that was told something else", () => {
      expect(found({ acknowledged: [acknowledged(), acknowledged({ elapsedMs: 3000 })] })).toEqual({
        mismatched: 1,
      });
    });

    test("a refusal of what is recorded", () => {
      const refused = [{ attemptId: "ana", questionId: "q1", kind: "AlreadyAnsweredError" }];
      expect(found({ refused })).toEqual({ mismatched: 1 });
    });

    test("a score that is not the sum of the points, and the leaderboard with it", () => {
      expect(found({ attempts: [attempt({ score: 700 }), sound().attempts[1]!] })).toEqual({ mismatched: 2 });
    });

    test("a final rank that is missing or another", () => {
      expect(found({ attempts: [attempt({ finalRank: null }), sound().attempts[1]!] })).toEqual({
        mismatched: 1,
      });
      expect(found({ attempts: [attempt(), { ...sound().attempts[1]!, finalRank: 1 }] })).toEqual({
        mismatched: 1,
      });
    });

    test("a leaderboard of one server with another score, rank or order, or without somebody", () => {
      const [board] = sound().leaderboards;
      const [first, second] = board!.entries;
      for (const entries of [
        [{ ...first!, score: 900 }, second!],
        [first!, { ...second!, rank: 3 }],
        [second!, first!],
        [first!],
      ]) {
        const other = { server: "two", sessionId: "session", entries };
        expect(found({ leaderboards: [board!, other] })).toEqual({ mismatched: 1 });
      }
    });

    test("equal scores in another order than they were reached", () => {
      const answers = [answer(), answer({ attemptId: "ben" })];
      const attempts = [attempt(), attempt({ id: "ben", reachedVersion: 4 })];
      const entry = (attemptId: string) => ({ attemptId, score: 800, rank: 1 });
      const board = (...ids: string[]) => [{ server: "one", sessionId: "session", entries: ids.map(entry) }];
      expect(found({ refused: [], answers, attempts, leaderboards: board("ben", "ana") })).toEqual({});
      expect(found({ refused: [], answers, attempts, leaderboards: board("ana", "ben") })).toEqual({
        mismatched: 1,
      });
    });
  });

  describe("regressed (I5)", () => {
    test("whatever a client saw going back", () => {
      expect(found({ regressions: ["ana: 7, then 5"] })).toEqual({ regressed: 1 });
    });
  });

  describe("late (I6)", () => {
    const took = (answeredAt: number) => ({ answers: [answer({ answeredAt })] });
    const closing = (changes: object) => {
      const { journal } = sound();
      return { journal: { ...journal, closings: [{ ...journal.closings[0]!, ...changes }] } };
    };

    test("an answer after the deadline and its forgiveness, and none up to then", () => {
      expect(found(took(15_500))).toEqual({});
      expect(found(took(15_501))).toEqual({ late: 1 });
    });

    test("an answer after the host closed the question before its time", () => {
      expect(found({ ...took(13_000), ...closing({ endedAt: 13_000 }) })).toEqual({});
      expect(found({ ...took(13_001), ...closing({ endedAt: 13_000 }) })).toEqual({ late: 1 });
    });

    test("a deadline that was put off counts, whether the journal or a client saw it", () => {
      const put = { sessionId: "session", attemptId: null, questionId: "q1", closesAt: 40_000 };
      expect(found({ ...took(40_500), ...closing({ closesAt: 40_000, endedAt: null }) })).toEqual({});
      expect(found({ ...took(40_500), ...closing({ endedAt: null }), seenClosings: [put] })).toEqual({});
    });

    test("at one's own pace, one's own deadline counts", () => {
      const own = closing({ attemptId: "ana", endedAt: null, closesAt: 13_000 });
      expect(found({ ...took(13_501), ...own, seenClosings: [] })).toEqual({ late: 1 });
    });

    test("an answer whose deadline went unseen is not judged, and counted as that", () => {
      const { journal } = sound();
      const gaps = { journal: { ...journal, incomplete: new Set(["session"]) } };
      expect(check(sound({ ...took(20_000), ...gaps }))).toMatchObject({ late: [], unverifiable: 1 });
    });
  });
});
