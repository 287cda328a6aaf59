import type { AttemptId, SessionId, UserId } from "../../core/ids.ts";
import type { Share } from "./answerChecking.ts";
import { streakAfter } from "./attempts.ts";
import { openedQuestion } from "./phases.ts";
import { SCORING, scoreAnswer } from "./scoring.ts";
import type {
  AnswerRecord,
  AttemptRecord,
  OpenedQuestion,
  PlannedQuestion,
  SessionSetup,
} from "./session.ts";

/** When a change happens: the session's version that it makes, and the store's clock. */
export interface Moment {
  readonly version: number;
  readonly now: number;
}

export function newAttempt(
  who: {
    readonly id: AttemptId;
    readonly sessionId: SessionId;
    readonly userId: UserId | null;
    readonly nickname: string;
  },
  { version, now }: Moment,
): AttemptRecord {
  return {
    id: who.id,
    sessionId: who.sessionId,
    userId: who.userId,
    nickname: who.nickname,
    status: "ACTIVE",
    score: 0,
    reachedVersion: version,
    answeredCount: 0,
    correctCount: 0,
    streak: 0,
    streakNumber: 0,
    joinedAt: now,
    finishedAt: null,
    facing: null,
    overCount: 0,
    version,
  };
}

/** An answer that the store has found to be in time. */
interface AcceptedAnswer
  extends Pick<AnswerRecord, "given" | "fingerprint" | "tallyKeys" | "correct" | "elapsedMs"> {
  readonly number: number;
  readonly share: Share;
}

/** Scores an answer, and gives the attempt as it is with it; SELF_PACED: facing the next question, if there is one. */
export function withAnswer(
  record: AttemptRecord,
  accepted: AcceptedAnswer,
  setup: Pick<SessionSetup, "pacing" | "scoring" | "questions">,
  { version, now }: Moment,
): { readonly attempt: AttemptRecord; readonly answer: AnswerRecord } {
  const { number, share, correct } = accepted;
  const question = questionOf(setup.questions, number);
  const { points, breakdown } = scoreAnswer({
    rules: SCORING[setup.scoring],
    points: question.points,
    timeLimitMs: question.timeLimitMs,
    elapsedMs: accepted.elapsedMs,
    share,
    correct,
    streakBefore: streakAfter(record, number - 1),
  });
  const attempt: AttemptRecord = {
    ...record,
    score: record.score + points,
    reachedVersion: points > 0 ? version : record.reachedVersion,
    answeredCount: record.answeredCount + 1,
    correctCount: record.correctCount + (correct ? 1 : 0),
    streak: breakdown.streak,
    streakNumber: correct ? number : 0,
    version,
  };
  const answer: AnswerRecord = {
    attemptId: record.id,
    sessionId: record.sessionId,
    questionId: question.id,
    number,
    given: accepted.given,
    fingerprint: accepted.fingerprint,
    tallyKeys: accepted.tallyKeys,
    correct,
    points,
    breakdown,
    elapsedMs: accepted.elapsedMs,
    answeredAt: now,
  };
  if (setup.pacing === "HOST_PACED") return { attempt, answer };
  return { attempt: withNext(withQuestionOver(attempt, setup.questions, now), setup.questions, now), answer };
}

/** SELF_PACED: the question that the attempt faced went by unanswered. The next one is handed out when asked for. */
export function withMissed(
  record: AttemptRecord,
  questions: readonly PlannedQuestion[],
  { version, now }: Moment,
): AttemptRecord {
  return { ...withQuestionOver(record, questions, now), version };
}

/** SELF_PACED: the attempt faces its next question, whose time begins now. */
export function withHandedOut(
  record: AttemptRecord,
  questions: readonly PlannedQuestion[],
  { version, now }: Moment,
): AttemptRecord {
  return { ...withNext(record, questions, now), version };
}

/** SELF_PACED: the attempt faces the same question at other times. */
export function withFacing(
  record: AttemptRecord,
  facing: OpenedQuestion,
  { version }: Moment,
): AttemptRecord {
  return { ...record, facing, version };
}

/** Out of the game, for good. */
export function withRemoval(record: AttemptRecord, { version }: Moment): AttemptRecord {
  return { ...record, status: "REMOVED", facing: null, version };
}

function withQuestionOver(
  record: AttemptRecord,
  questions: readonly PlannedQuestion[],
  now: number,
): AttemptRecord {
  const overCount = record.overCount + 1;
  const over: AttemptRecord = { ...record, facing: null, overCount };
  return overCount < questions.length ? over : { ...over, status: "FINISHED", finishedAt: now };
}

function withNext(record: AttemptRecord, questions: readonly PlannedQuestion[], now: number): AttemptRecord {
  return { ...record, facing: openedQuestion(questions, record.overCount + 1, now) };
}

function questionOf(questions: readonly PlannedQuestion[], number: number): PlannedQuestion {
  const question = questions[number - 1];
  if (!question) throw new RangeError(`There is no question ${number} among ${questions.length}`);
  return question;
}
