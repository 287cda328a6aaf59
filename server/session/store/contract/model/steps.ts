import fc from "fast-check";
import { expect } from "vitest";
import { opaqueId } from "../../../../core/ids.ts";
import { Game, setupFor } from "../game.ts";
import type { StoreHarness } from "../harness.ts";
import { expectAgreement } from "./agreement.ts";
import { type ModelPlayer, ModelSession } from "./modelSession.ts";

export interface Model {
  readonly sessions: ModelSession[];
}

type Step = fc.AsyncCommand<Model, StoreHarness>;
interface Table {
  readonly session: ModelSession;
  readonly game: Game;
  readonly harness: StoreHarness;
}

/** A step that is always possible, and after which model and store must agree in everything that it could touch. */
function step(
  name: string,
  run: (model: Model, harness: StoreHarness) => Promise<readonly ModelSession[]>,
): Step {
  return {
    check: () => true,
    async run(model, harness) {
      for (const session of await run(model, harness)) await expectAgreement(harness, session);
    },
    toString: () => name,
  };
}

/** A step in one of the sessions; nothing where there is none yet. */
function inSession(name: string, which: number, run: (table: Table) => Promise<void>): Step {
  return step(`${name} in session ${which}`, async ({ sessions }, harness) => {
    const session = sessions[which % Math.max(1, sessions.length)];
    if (!session) return [];
    await run({ session, harness, game: new Game(harness, session.setup) });
    return [session];
  });
}

function byPlayer(
  name: string,
  which: number,
  who: number,
  run: (table: Table, player: ModelPlayer) => Promise<void>,
): Step {
  return inSession(`player ${who} ${name}`, which, async (table) => {
    const player = table.session.players[who % Math.max(1, table.session.players.length)];
    if (player) await run(table, player);
  });
}

const CODES = ["111111", "222222"];
const NICKNAMES = ["Ana", "ANA", "Bo", "Chi", "chi", "Dee"];
const COMMANDS = ["start", "start", "start", "close", "close", "close", "finish"] as const;
const which = fc.nat(1);
const who = fc.nat(4);
const number = fc.integer({ min: 1, max: 3 });
const ms = fc.oneof(fc.nat(3000), fc.constantFrom(19_999, 20_000, 20_499, 20_500, 20_501, 45_000));

const create = fc
  .tuple(
    fc.constantFrom(...CODES),
    fc.constantFrom("HOST_PACED" as const, "SELF_PACED" as const),
    fc.boolean(),
  )
  .map(([code, pacing, closeWhenAllAnswered]) =>
    step(`create ${code} ${pacing} ${closeWhenAllAnswered}`, async ({ sessions }, { store }) => {
      const setup = setupFor({ code, pacing, closeWhenAllAnswered });
      const taken = sessions.some((other) => other.setup.code === code && other.state !== "FINISHED");
      expect(await store.create(setup)).toBe(taken ? "code-taken" : "created");
      if (!taken) sessions.push(new ModelSession(setup));
      return sessions;
    }),
  );

const join = fc.tuple(which, fc.constantFrom(...NICKNAMES)).map(([which, nickname]) =>
  inSession(`${nickname} joins`, which, async ({ session, game }) => {
    const id = opaqueId<"Attempt">();
    expect((await game.tryJoin(nickname, id)).kind).toBe(session.join(id, nickname));
  }),
);

const submit = fc
  .tuple(which, who, number, fc.constantFrom("right", "right", "wrong", "other"))
  .map(([which, who, number, text]) =>
    byPlayer(`answers ${number} "${text}"`, which, who, async ({ session, game, harness }, player) => {
      const expected = session.submit(player.id, number, text, harness.now());
      const outcome = await game.submit(player.id, number, { text, correct: text === "right" });
      expect(outcome.kind).toBe(expected);
      if (!("answer" in outcome)) return;
      // I3: also where it is refused, the first answer is what comes back.
      const { points, elapsedMs } = player.answers.get(number) ?? {};
      expect(outcome.answer).toMatchObject({ points, elapsedMs });
    }),
  );

/** The question that is open to the player, so that long runs of answers are likely. */
const answerOpen = fc
  .tuple(which, who, fc.constantFrom("right", "right", "wrong"))
  .map(([which, who, text]) =>
    byPlayer(
      `answers the open question "${text}"`,
      which,
      who,
      async ({ session, game, harness }, player) => {
        if (!session.hosted && !player.facing) {
          const asked = await game.command({ kind: "hand-out", attemptId: player.id });
          expect(asked.kind).toBe(session.handOut(player.id, harness.now()));
        }
        const number = (session.hosted ? session.question : player.facing)?.number ?? 1;
        const expected = session.submit(player.id, number, text, harness.now());
        const outcome = await game.submit(player.id, number, { text, correct: text === "right" });
        expect(outcome.kind).toBe(expected);
      },
    ),
  );

const retryAll = fc.tuple(which, who).map(([which, who]) =>
  byPlayer("retries everything", which, who, async ({ session, game, harness }, player) => {
    for (const [number, { text, correct }] of player.answers) {
      const expected = session.submit(player.id, number, text, harness.now());
      expect((await game.submit(player.id, number, { text, correct })).kind).toBe(expected);
    }
  }),
);

const advanceGame = fc.tuple(which, fc.constantFrom(0, 0, 0, 1, 2, 3, 4)).map(([which, after]) =>
  inSession(`next after ${after}`, which, async ({ session, game, harness }) => {
    const known = after >= 1 && after <= 3 ? game.questionId(after) : opaqueId<"Question">();
    const outcome = await game.command({ kind: "next", after: after === 0 ? null : known });
    expect(outcome.kind).toBe(session.next(after, harness.now()));
  }),
);

const command = fc.tuple(which, fc.constantFrom(...COMMANDS)).map(([which, kind]) =>
  inSession(kind, which, async ({ session, game, harness }) => {
    expect((await game.command({ kind })).kind).toBe(session[kind](harness.now()));
  }),
);

const handOut = fc.tuple(which, who).map(([which, who]) =>
  byPlayer("asks for a question", which, who, async ({ session, game, harness }, { id }) => {
    const outcome = await game.command({ kind: "hand-out", attemptId: id });
    expect(outcome.kind).toBe(session.handOut(id, harness.now()));
  }),
);

const remove = fc.tuple(which, who).map(([which, who]) =>
  byPlayer("is removed", which, who, async ({ session, game, harness }, { id }) => {
    const outcome = await game.command({ kind: "remove", attemptId: id });
    expect(outcome.kind).toBe(session.remove(id, harness.now()));
  }),
);

const wait = ms.map((ms) =>
  step(`wait ${ms} ms`, async (_, harness) => {
    await harness.advance(ms);
    return [];
  }),
);

const closeDue = fc.constant(null).map(() =>
  step("close what is due", async ({ sessions }, harness) => {
    const next = await harness.store.closeDue();
    for (const session of sessions) session.closeDue(harness.now());
    if (next !== null) expect(next).toBeGreaterThan(harness.now());
    return sessions;
  }),
);

const restore = fc.constantFrom(0, 0, 7000).map((gapMs) =>
  step(`restore after ${gapMs} ms`, async ({ sessions }, harness) => {
    await harness.advance(gapMs);
    await harness.reopen(gapMs);
    for (const session of sessions) session.restore(gapMs);
    return sessions;
  }),
);

/** Two sessions with players, most of them started: where a random game begins, so that most of its steps count. */
export async function begin(harness: StoreHarness, beginnings: readonly Beginning[]): Promise<Model> {
  const sessions: ModelSession[] = [];
  for (const [index, { pacing, closeWhenAllAnswered, started }] of beginnings.entries()) {
    const game = await Game.open(harness, { pacing, closeWhenAllAnswered, code: CODES[index] ?? "" });
    const session = new ModelSession(game.setup);
    for (const nickname of ["Ana", "Bo", "Chi"]) session.join(await game.join(nickname), nickname);
    if (started) {
      await game.do({ kind: "start" });
      session.start(harness.now());
    }
    sessions.push(session);
  }
  return { sessions };
}

export const beginning = fc.record({
  pacing: fc.constantFrom("HOST_PACED" as const, "SELF_PACED" as const),
  closeWhenAllAnswered: fc.boolean(),
  started: fc.constantFrom(true, true, true, false),
});
type Beginning = typeof beginning extends fc.Arbitrary<infer Value> ? Value : never;

const mixture: readonly (readonly [number, fc.Arbitrary<Step>])[] = [
  [1, create],
  [2, join],
  [3, submit],
  [16, answerOpen],
  [2, retryAll],
  [4, advanceGame],
  [2, command],
  [2, handOut],
  [1, remove],
  [3, wait],
  [2, closeDue],
  [1, restore],
];

/** Steps of a game in about the mixture of a real one, and a few that nobody should take. */
export const steps: fc.Arbitrary<Step>[] = mixture.flatMap(([weight, steps]) =>
  Array.from({ length: weight }, () => steps),
);
