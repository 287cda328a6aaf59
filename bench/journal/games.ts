import { opaqueId, sortableId } from "../../server/core/ids.ts";
import type { AnswerRecord, AttemptRecord, SessionSetup } from "../../server/session/domain/session.ts";
import type { JournalEntry } from "../../server/session/store/journal.ts";

/** What the journal of many games has: how they began, and all answers, in the order in which a stream gets them. */
export interface Games {
  readonly setups: readonly SessionSetup[];
  readonly beginnings: readonly JournalEntry[];
  readonly answers: readonly (JournalEntry & { readonly kind: "answer" })[];
}

const TIME_LIMIT_MS = 20_000;
const START = Date.UTC(2030, 0, 1);

/** All sessions ask their questions side by side, and each player answers each: half of them right. */
export function playGames(sessions: number, players: number, questions: number): Games {
  const games = Array.from({ length: sessions }, (_, number) => {
    const setup = setupOf(number, questions);
    const choices = Array.from({ length: 4 }, () => opaqueId<"Choice">());
    const attempts = Array.from({ length: players }, (_, index) => beginning(setup, index));
    return { setup, choices, attempts, version: players + 1 };
  });
  const beginnings = games.flatMap(({ setup, attempts }): JournalEntry[] => [
    { sessionId: setup.id, version: 1, at: START, kind: "opened", setup },
    ...attempts.map(
      (attempt): JournalEntry => ({
        ...{ sessionId: setup.id, version: attempt.version, at: START },
        ...{ kind: "attempt", attempt },
      }),
    ),
  ]);
  const answers: (JournalEntry & { readonly kind: "answer" })[] = [];
  for (let number = 1; number <= questions; number++) {
    for (let index = 0; index < players; index++) {
      for (const game of games) {
        const { setup, attempts, choices } = game;
        const before = attempts[index];
        const question = setup.questions[number - 1];
        const choice = choices[(index + number) % choices.length];
        if (!before || !question || !choice) continue;
        game.version += 1;
        const correct = (index + number) % 2 === 0;
        const at = START + number * TIME_LIMIT_MS + index;
        const answer: AnswerRecord = {
          ...{ attemptId: before.id, sessionId: setup.id, questionId: question.id, number },
          ...{ given: { choiceIds: [choice], text: null }, fingerprint: choice, tallyKeys: [choice] },
          ...{ correct, points: correct ? 900 : 0, elapsedMs: 4_000, answeredAt: at },
          breakdown: {
            base: 1000,
            speed: 0.9,
            share: correct ? 1 : 0,
            streak: correct ? 1 : 0,
            streakBonus: 0,
          },
        };
        const attempt = after(before, answer, game.version);
        attempts[index] = attempt;
        answers.push({ sessionId: setup.id, version: game.version, at, kind: "answer", attempt, answer });
      }
    }
  }
  return { setups: games.map(({ setup }) => setup), beginnings, answers };
}

function setupOf(index: number, questions: number): SessionSetup {
  return {
    ...{
      id: sortableId<"Session">(),
      code: String(index).padStart(6, "0"),
      hostId: opaqueId<"User">(),
    },
    ...{ quizId: opaqueId<"Quiz">(), quizVersionId: opaqueId<"QuizVersion">(), quizTitle: "Words" },
    ...{
      pacing: "HOST_PACED",
      scoring: "CLASSIC",
      closeWhenAllAnswered: false,
      seed: "seed",
      createdAt: START,
    },
    questions: Array.from({ length: questions }, () => ({
      ...{ id: opaqueId<"Question">(), timeLimitMs: TIME_LIMIT_MS, points: 1000 },
    })),
  };
}

function beginning({ id }: SessionSetup, index: number): AttemptRecord {
  return {
    ...{
      id: sortableId<"Attempt">(),
      sessionId: id,
      userId: null,
      nickname: `Player ${index}`,
      status: "ACTIVE",
    },
    ...{ score: 0, reachedVersion: 0, answeredCount: 0, correctCount: 0, streak: 0, streakNumber: 0 },
    ...{ joinedAt: START, finishedAt: null, facing: null, overCount: 0, version: index + 2 },
  };
}

function after(
  before: AttemptRecord,
  { points, correct, number }: AnswerRecord,
  version: number,
): AttemptRecord {
  return {
    ...before,
    ...{ version, score: before.score + points, answeredCount: before.answeredCount + 1 },
    ...(correct && {
      correctCount: before.correctCount + 1,
      streak: before.streak + 1,
      streakNumber: number,
    }),
    ...(points > 0 && { reachedVersion: version }),
  };
}
