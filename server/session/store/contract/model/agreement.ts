import { expect } from "vitest";
import { Game } from "../game.ts";
import type { StoreHarness } from "../harness.ts";
import type { ModelPlayer, ModelSession } from "./modelSession.ts";

/** Everything that the store tells of a session must be what the model says, and what the journal and events add up to. */
export async function expectAgreement(harness: StoreHarness, model: ModelSession): Promise<void> {
  await expectSession(harness, model);
  await expectStandings(harness, model);
  const game = new Game(harness, model.setup);
  for (const player of model.players) await expectAttempt(game, model, player);
  await expectReadTogether(harness, game, model);
  await expectRecords(harness, model);
}

const scoreOf = ({ answers }: ModelPlayer) =>
  [...answers.values()].reduce((sum, { points }) => sum + points, 0);
const correctOf = ({ answers }: ModelPlayer) => [...answers.values()].filter(({ correct }) => correct).length;

async function expectSession(harness: StoreHarness, model: ModelSession): Promise<void> {
  const session = await new Game(harness, model.setup).session();
  const { state, question } = model;
  const onScreen = state.startsWith("QUESTION") && question ? question : null;
  const answers = onScreen ? model.answersTo(onScreen.number) : [];
  expect(session).toMatchObject({
    version: model.version,
    phase: onScreen ? { state, question: onScreen } : { state },
    playerCount: model.active.length,
    answerCount: answers.length,
    correctCount: answers.filter(({ correct }) => correct).length,
  });
  for (const [key, count] of Object.entries(session.tally)) {
    expect(count).toBe(answers.filter(({ text }) => key === `text:${text}`).length);
  }
  const found = await harness.store.read({ code: model.setup.code });
  if (state === "FINISHED") expect(found?.setup.id).not.toBe(model.setup.id);
  else expect(found?.setup.id).toBe(model.setup.id);
}

/** I7: the order is total, and equal scores share a rank. */
async function expectStandings(harness: StoreHarness, model: ModelSession): Promise<void> {
  const sorted = [...model.active].sort((a, b) => scoreOf(b) - scoreOf(a) || a.reached - b.reached);
  expect(await harness.store.standings(model.setup.id, 1000)).toEqual({
    version: model.version,
    playerCount: sorted.length,
    entries: sorted.map((player) => ({
      rank: rankOf(model, player),
      attemptId: player.id,
      nickname: player.nickname,
      score: scoreOf(player),
      correctCount: correctOf(player),
    })),
  });
}

function rankOf(model: ModelSession, player: ModelPlayer): number {
  if (player.removed) return 0;
  return 1 + model.active.filter((other) => scoreOf(other) > scoreOf(player)).length;
}

async function expectAttempt(game: Game, model: ModelSession, player: ModelPlayer): Promise<void> {
  const attempt = await game.attempt(player.id);
  const ended = model.state === "FINISHED" || (!model.hosted && player.over === model.setup.questions.length);
  expect(attempt).toMatchObject({
    rank: rankOf(model, player),
    status: player.removed ? "REMOVED" : ended ? "FINISHED" : "ACTIVE",
    streak: streakOf(model, player),
    record: {
      score: scoreOf(player),
      answeredCount: player.answers.size,
      correctCount: correctOf(player),
      facing: player.facing,
    },
  });
  const numbers = [...player.answers.keys()].sort();
  expect(attempt.answers.map(({ number }) => number)).toEqual(numbers);
  for (const answer of attempt.answers) {
    const { points, elapsedMs, correct } = player.answers.get(answer.number) ?? {};
    expect(answer).toMatchObject({ points, elapsedMs, correct });
  }
}

/** Attempts that are read together are what each of them is, and ranks that are read alone are those of the attempts. */
async function expectReadTogether({ store }: StoreHarness, game: Game, model: ModelSession): Promise<void> {
  const reading = await store.attempts(
    game.id,
    model.players.map(({ id }) => id),
  );
  const ranks = await store.ranks(game.id);
  expect([reading?.version, ranks?.version]).toEqual([model.version, model.version]);
  expect(ranks?.of.size).toBe(model.active.length);
  for (const player of model.players) {
    const attempt = await game.attempt(player.id);
    expect(reading?.attempts.find(({ record }) => record.id === player.id)).toEqual(attempt);
    expect(ranks?.of.get(player.id)).toEqual(
      player.removed ? undefined : { rank: attempt.rank, score: attempt.record.score },
    );
  }
}

/** Right answers in a row up to the last question that is over, or that is open and answered. */
function streakOf(model: ModelSession, player: ModelPlayer): number {
  const asked = model.hosted ? (model.question?.number ?? 0) : player.over;
  const waiting = model.state === "QUESTION_OPEN" && !player.answers.has(asked);
  let streak = 0;
  for (let number = waiting ? asked - 1 : asked; player.answers.get(number)?.correct; number--) streak += 1;
  return streak;
}

async function expectRecords(harness: StoreHarness, model: ModelSession): Promise<void> {
  const { id } = model.setup;
  const ofSession = <Thing extends { sessionId: string }>(things: readonly Thing[]) =>
    things.filter(({ sessionId }) => sessionId === id);
  const entries = ofSession(await harness.entries());
  const dense = Array.from({ length: model.version }, (_, index) => index + 1);
  // I5: every version is in the journal and was announced, once and in order.
  expect(entries.map(({ version }) => version)).toEqual(dense);
  expect(ofSession(await harness.events()).map(({ version }) => version)).toEqual(dense);

  // I1 and I4: one entry for each answer, and together they make the scores.
  const answers = entries.flatMap((entry) => (entry.kind === "answer" ? [entry.answer] : []));
  expect(new Set(answers.map(({ attemptId, number }) => `${attemptId} ${number}`)).size).toBe(answers.length);
  for (const player of model.players) {
    const own = answers.filter(({ attemptId }) => attemptId === player.id);
    expect(own.reduce((sum, { points }) => sum + points, 0)).toBe(scoreOf(player));
    expect(own).toHaveLength(player.answers.size);
  }
}
