import { describe, expect, it } from "vitest";
import type { AttemptId, QuestionId, SessionId } from "../../core/ids.ts";
import { newAttempt, withAnswer, withHandedOut, withMissed, withRemoval } from "./attemptChanges.ts";
import { viewAttempt } from "./attempts.ts";
import type { AttemptRecord, Pacing, Phase } from "./session.ts";

const questions = ["q1", "q2", "q3"].map((id) => ({
  id: id as QuestionId,
  timeLimitMs: 20_000,
  points: 1000,
}));
const setup = (pacing: Pacing) => ({ pacing, scoring: "CLASSIC" as const, questions });
const who = { id: "a" as AttemptId, sessionId: "s" as SessionId, userId: null, nickname: "Ana" };
const joined = newAttempt(who, { version: 2, now: 100 });
const question = (number: number) => ({ number, opensAt: 0, closesAt: 20_000 });

function answered(record: AttemptRecord, number: number, correct: boolean, pacing: Pacing, version = 10) {
  const given = { given: { choiceIds: [], text: "x" }, fingerprint: "text:x", tallyKeys: [] };
  const share = { num: correct ? 1 : 0, den: 1 };
  return withAnswer(record, { ...given, number, correct, share, elapsedMs: 0 }, setup(pacing), {
    version,
    now: 5000,
  });
}
const view = (record: AttemptRecord, phase: Phase, pacing: Pacing = "HOST_PACED") =>
  viewAttempt({ record, answers: [], rank: 3, phase, pacing });

describe("An answer", () => {
  it("adds its points, and is reached at the version that it makes", () => {
    const { attempt, answer } = answered(joined, 1, true, "HOST_PACED");
    expect(attempt).toMatchObject({
      score: 1000,
      reachedVersion: 10,
      version: 10,
      streak: 1,
      streakNumber: 1,
    });
    expect(answer).toMatchObject({ points: 1000, number: 1, questionId: "q1", answeredAt: 5000 });
  });

  it("without points leaves the time at which the score was reached", () => {
    const { attempt } = answered(joined, 1, false, "HOST_PACED");
    expect(attempt).toMatchObject({ score: 0, reachedVersion: 2, version: 10, answeredCount: 1, streak: 0 });
  });

  it("continues the streak of the question before it, and of no earlier one", () => {
    const first = answered(joined, 1, true, "HOST_PACED").attempt;
    expect(answered(first, 2, true, "HOST_PACED").answer.breakdown).toMatchObject({
      streak: 2,
      streakBonus: 100,
    });
    expect(answered(first, 3, true, "HOST_PACED").answer.breakdown).toMatchObject({
      streak: 1,
      streakBonus: 0,
    });
  });

  it("brings the next question in a self-paced session, and after the last the end", () => {
    const facing = withHandedOut(joined, questions, { version: 3, now: 1000 });
    expect(facing.facing).toEqual({ number: 1, opensAt: 1000, closesAt: 21_000 });
    const second = answered(facing, 1, true, "SELF_PACED").attempt;
    expect(second).toMatchObject({ overCount: 1, status: "ACTIVE", facing: { number: 2, opensAt: 5000 } });
    const missed = withMissed(second, questions, { version: 11, now: 30_000 });
    expect(missed).toMatchObject({ overCount: 2, facing: null, status: "ACTIVE", version: 11 });
    const last = withHandedOut(missed, questions, { version: 12, now: 40_000 });
    const end = answered(last, 3, true, "SELF_PACED").attempt;
    expect(end).toMatchObject({
      overCount: 3,
      facing: null,
      status: "FINISHED",
      finishedAt: 5000,
      streak: 1,
    });
  });
});

describe("The streak that is shown", () => {
  const two = answered(answered(joined, 1, true, "HOST_PACED").attempt, 2, true, "HOST_PACED").attempt;

  it("lasts while the next question is open, and ends when it passed unanswered", () => {
    expect(view(two, { state: "QUESTION_CLOSED", question: question(2) }).streak).toBe(2);
    expect(view(two, { state: "QUESTION_OPEN", question: question(3) }).streak).toBe(2);
    expect(view(two, { state: "QUESTION_CLOSED", question: question(3) }).streak).toBe(0);
  });

  it("at the end is that of the last question that was asked", () => {
    expect(view(two, { state: "FINISHED", finishedAt: 9, asked: 2 }).streak).toBe(2);
    expect(view(two, { state: "FINISHED", finishedAt: 9, asked: 3 }).streak).toBe(0);
  });

  it("ends in a self-paced session with the player's own missed question", () => {
    const one = answered(
      withHandedOut(joined, questions, { version: 3, now: 0 }),
      1,
      true,
      "SELF_PACED",
    ).attempt;
    expect(view(one, { state: "RUNNING" }, "SELF_PACED").streak).toBe(1);
    const missed = withMissed(one, questions, { version: 11, now: 0 });
    expect(view(missed, { state: "RUNNING" }, "SELF_PACED").streak).toBe(0);
  });
});

describe("An attempt", () => {
  it("is finished with its session", () => {
    const finished: Phase = { state: "FINISHED", finishedAt: 9, asked: 0 };
    expect(view(joined, finished)).toMatchObject({ status: "FINISHED", finishedAt: 9, rank: 3 });
    expect(view(joined, { state: "LOBBY" })).toMatchObject({ status: "ACTIVE", finishedAt: null });
  });

  it("that was removed stays so, without a rank", () => {
    const removed = withRemoval(joined, { version: 7, now: 0 });
    const finished: Phase = { state: "FINISHED", finishedAt: 9, asked: 0 };
    expect(view(removed, finished)).toMatchObject({ status: "REMOVED", finishedAt: null, rank: 0 });
  });
});
