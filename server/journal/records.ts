import type {
  AttemptId,
  ChoiceId,
  QuestionId,
  QuizId,
  QuizVersionId,
  SessionId,
  UserId,
} from "../core/ids.ts";
import type { Answer, Attempt, Session } from "../generated/prisma/client.ts";
import { plannedQuestions, type SessionContent } from "../session/domain/content.ts";
import type {
  AnswerRecord,
  AttemptRecord,
  OpenedQuestion,
  Phase,
  SessionSetup,
} from "../session/domain/session.ts";
import { columnsToPhase } from "./rows.ts";

// Rows as Prisma reads them → the records that the journal was given. Ids in our own tables are ids.

const ms = (date: Date | null): number | null => date?.getTime() ?? null;

/** What never changes in a session, from its row and the content that it plays. */
export function setupOf(row: Session, content: SessionContent): SessionSetup {
  return {
    id: row.id as SessionId,
    code: row.code,
    hostId: row.hostId as UserId,
    quizId: row.quizId as QuizId,
    quizVersionId: row.quizVersionId as QuizVersionId,
    quizTitle: content.title,
    pacing: row.pacing,
    scoring: row.scoring,
    closeWhenAllAnswered: row.closeWhenAllAnswered,
    seed: row.seed,
    createdAt: row.createdAt.getTime(),
    questions: plannedQuestions(content),
  };
}

export function phaseOf(row: Session): Phase {
  return columnsToPhase({
    state: row.state,
    questionNumber: row.questionNumber,
    opensAt: ms(row.questionOpensAt),
    closesAt: ms(row.questionClosesAt),
    finishedAt: ms(row.finishedAt),
  });
}

function facingOf(row: Attempt): OpenedQuestion | null {
  const { facingNumber: number, facingOpensAt, facingClosesAt } = row;
  if (number === null || !facingOpensAt || !facingClosesAt) return null;
  return { number, opensAt: facingOpensAt.getTime(), closesAt: facingClosesAt.getTime() };
}

export function attemptRecordOf(row: Attempt): AttemptRecord {
  return {
    id: row.id as AttemptId,
    sessionId: row.sessionId as SessionId,
    userId: row.userId as UserId | null,
    nickname: row.nickname,
    status: row.status,
    score: row.score,
    reachedVersion: row.reachedVersion,
    answeredCount: row.answeredCount,
    correctCount: row.correctCount,
    streak: row.streak,
    streakNumber: row.streakNumber,
    joinedAt: row.joinedAt.getTime(),
    finishedAt: ms(row.finishedAt),
    facing: facingOf(row),
    overCount: row.overCount,
    version: row.version,
  };
}

export function answerRecordOf(row: Answer): AnswerRecord {
  return {
    attemptId: row.attemptId as AttemptId,
    sessionId: row.sessionId as SessionId,
    questionId: row.questionId as QuestionId,
    number: row.number,
    given: { choiceIds: row.choiceIds as ChoiceId[], text: row.text },
    fingerprint: row.fingerprint,
    tallyKeys: row.tallyKeys,
    correct: row.correct,
    points: row.points,
    breakdown: {
      base: row.base,
      speed: row.speed,
      share: row.share,
      streak: row.streak,
      streakBonus: row.streakBonus,
    },
    elapsedMs: row.elapsedMs,
    answeredAt: row.answeredAt.getTime(),
  };
}
