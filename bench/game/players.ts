import { availableParallelism } from "node:os";
import { type Program, startProgram } from "../harness/program.ts";

/** Where a player sits: plain data, so that another process can be told. */
export interface Seat {
  readonly port: number;
  readonly token: string;
  readonly code: string;
  readonly nickname: string;
  /** The first words of the nicknames of its session, and of no other. */
  readonly tag: string;
}

/** Which question each session has open, and what may be picked: the first one is right. */
export type OpenQuestions = Readonly<
  Record<string, { readonly id: string; readonly choiceIds: readonly string[] }>
>;

export interface Answered {
  /** How long each acknowledgement took, in ms. */
  readonly took: readonly number[];
  /** When the last one came, on the shared clock. */
  readonly lastAt: number;
  readonly refusals: readonly string[];
}

export interface PlayerCounts {
  readonly foreign: number;
  readonly backwards: number;
  readonly closed: number;
}

/** All players of all sessions, in processes of their own. */
export interface Players {
  /** Each answers once, at a moment of its own within this time; resolves when all are acknowledged, or refused. */
  answer(questions: OpenQuestions, withinMs: number): Promise<Answered>;
  /** When the last of them had the leaderboard of its session at this version, or a newer one. */
  haveBoards(versions: Readonly<Record<string, number>>): Promise<number>;
  counts(): Promise<PlayerCounts>;
  stop(): Promise<void>;
}

const PROGRAM = new URL("programs/players.ts", import.meta.url);
const MOST_PROCESSES = 4;

/** Connects players; resolves when each has the first state of all that it follows. */
export async function seatPlayers(seats: readonly Seat[]): Promise<Players> {
  const processes = Math.max(1, Math.min(MOST_PROCESSES, availableParallelism() - 2));
  const programs = Array.from({ length: processes }, () => startProgram({ name: "players", file: PROGRAM }));
  const each = <Reply>(ask: (program: Program, index: number) => Promise<Reply>) =>
    Promise.all(programs.map(ask));
  const stop = async () => void (await each((program) => program.stop()));
  try {
    await each((program, index) =>
      program.ask(
        "connect",
        seats.filter((_, seat) => seat % processes === index),
      ),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    async answer(questions, withinMs) {
      const all = await each((program) => program.ask<Answered>("answer", { questions, withinMs }));
      return {
        took: all.flatMap(({ took }) => took),
        lastAt: Math.max(...all.map(({ lastAt }) => lastAt)),
        refusals: all.flatMap(({ refusals }) => refusals),
      };
    },
    async haveBoards(versions) {
      return Math.max(...(await each((program) => program.ask<number>("have boards", versions))));
    },
    async counts() {
      const all = await each((program) => program.ask<PlayerCounts>("counts"));
      const sum = (count: keyof PlayerCounts) => all.reduce((total, one) => total + one[count], 0);
      return { foreign: sum("foreign"), backwards: sum("backwards"), closed: sum("closed") };
    },
    stop,
  };
}
