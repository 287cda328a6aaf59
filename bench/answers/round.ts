import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import type { Program } from "../harness/program.ts";
import type { Contestant } from "./contestants.ts";
import { openGame } from "./game.ts";
import type { Answered, AnswerOrder, ConnectOrder } from "./order.ts";

export interface RoundOptions {
  /** The server that opens the game. */
  readonly deskUrl: string;
  /** The process of the players. */
  readonly crowd: Program;
  readonly pool: Pool;
  /** In the session. */
  readonly players: number;
  /** Those among them who answer. */
  readonly answering: number;
  /** Beside the first. */
  readonly questions: number;
  readonly atOnce: number;
}

export interface RoundFigures {
  /** Of the server, for each answer, in microseconds. */
  readonly cpu: number;
  readonly medianMs: number;
  readonly p95Ms: number;
}

const STORED_TIMEOUT_MS = 30_000;

/** One game, from its first question to the last, all answers acknowledged, right, and in PostgreSQL. */
export async function playRound(contestant: Contestant, options: RoundOptions): Promise<RoundFigures> {
  const { deskUrl, crowd, pool, answering, questions, atOnce } = options;
  const { program, wire, port, name } = contestant;
  const game = await openGame(deskUrl, options.players, questions + 1);
  const players = game.players.slice(0, answering);
  const tokens = players.map(({ token }) => token);
  await crowd.ask("connect", { wire, port, tokens } satisfies ConnectOrder);
  const all: Answered[] = [];
  let cpuMs = 0;
  // With the first answer of a connection comes the proof of who is there: that is the connection's cost.
  for (let number = 0; number <= questions; number++) {
    const asked = await game.ask();
    const messages = players.map((player) => contestant.message(player, asked));
    const before = program.cpuMs();
    all.push(await crowd.ask<Answered>("answer", { messages, atOnce } satisfies AnswerOrder));
    if (number > 0) cpuMs += program.cpuMs() - before;
  }
  await crowd.ask("disconnect");
  await game.end();

  const complaints = all.flatMap((answered) => answered.complaints);
  if (complaints.length > 0) throw new Error(`${name} acknowledged not all: ${complaints.join("; ")}`);
  const answers = players.length * questions;
  const points = all.reduce((sum, answered) => sum + answered.points, 0);
  const told = { answers: players.length * (questions + 1), points };
  await untilStored(pool, game.sessionId, told);
  const last = all.at(-1);
  return {
    cpu: (cpuMs * 1000) / answers,
    medianMs: last?.medianMs ?? Number.NaN,
    p95Ms: last?.p95Ms ?? Number.NaN,
  };
}

interface Stored {
  readonly answers: number;
  readonly points: number;
}

/** Waits for the journal; throws where PostgreSQL has something else than what players were told (I2, I4). */
async function untilStored(pool: Pool, sessionId: string, told: Stored): Promise<void> {
  const deadline = performance.now() + STORED_TIMEOUT_MS;
  for (;;) {
    const { rows } = await pool.query<Stored>(
      `SELECT count(*)::int AS answers, coalesce(sum(points), 0)::int AS points FROM answer WHERE session_id = $1`,
      [sessionId],
    );
    const [stored] = rows;
    if (stored?.answers === told.answers && stored.points === told.points) return;
    if (performance.now() > deadline)
      throw new Error(`Told ${JSON.stringify(told)}, and stored ${JSON.stringify(stored)}`);
    await pause(100);
  }
}
