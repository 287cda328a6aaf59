import { availableParallelism } from "node:os";
import { type Program, startProgram } from "../harness/program.ts";
import type { Dialect } from "./dialect.ts";

/** What a crowd's process is told. */
export interface ConnectOrder {
  readonly port: number;
  readonly dialect: Dialect;
  readonly count: number;
  /** How many try to connect at the same time. */
  readonly atOnce: number;
}

/** A version that all clients have received; times in milliseconds of `sharedClock`. */
export interface Arrival {
  readonly version: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface Counts {
  /** Messages with a state, over all clients. */
  readonly delivered: number;
  /** Those that were not newer than the one before, to the same client. */
  readonly backwards: number;
  /** How many connections were closed, by code; "cut": without a close frame. */
  readonly closed: Readonly<Record<string, number>>;
}

export interface Crowd {
  /** Resolves when all clients have a version above this one: the first such. */
  settled(after: number): Promise<Arrival>;
  counts(): Promise<Counts>;
  /** From now on, or no longer, each arrival is noted. Gives those noted so far: for each, how much later it came than the first of its version, in ms. */
  note(noting: boolean): Promise<readonly number[]>;
  /** Its clients stop reading. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

const PROGRAM = new URL("programs/crowd.ts", import.meta.url);
const MOST_PROCESSES = 4;
const AT_ONCE = 100;

/** Connects `count` clients, from as many processes as there are cores to spare; resolves when all are followers. */
export async function gather(port: number, dialect: Dialect, count: number): Promise<Crowd> {
  const processes = Math.max(1, Math.min(MOST_PROCESSES, availableParallelism() - 2));
  const programs = Array.from({ length: processes }, () => startProgram({ name: "a crowd", file: PROGRAM }));
  const each = <Reply>(ask: (program: Program, index: number) => Promise<Reply>) =>
    Promise.all(programs.map(ask));
  const stop = async () => void (await each((program) => program.stop()));
  try {
    await each((program, index) =>
      program.ask("connect", {
        ...{ port, dialect, atOnce: AT_ONCE },
        count: Math.floor((count + index) / processes),
      } satisfies ConnectOrder),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    async settled(after) {
      const arrivals = await each((program) => program.ask<Arrival>("settled", { after }));
      return arrivals.reduce((all, one) => ({
        version: Math.max(all.version, one.version),
        firstAt: Math.min(all.firstAt, one.firstAt),
        lastAt: Math.max(all.lastAt, one.lastAt),
      }));
    },
    async counts() {
      const counts = await each((program) => program.ask<Counts>("counts"));
      return counts.reduce((all, one) => ({
        delivered: all.delivered + one.delivered,
        backwards: all.backwards + one.backwards,
        closed: sum(all.closed, one.closed),
      }));
    },
    note: async (noting) =>
      (await each((program) => program.ask<Float64Array>("note", noting))).flatMap((late) => [...late]),
    pause: async () => void (await each((program) => program.ask("pause"))),
    resume: async () => void (await each((program) => program.ask("resume"))),
    stop,
  };
}

function sum(one: Counts["closed"], other: Counts["closed"]): Counts["closed"] {
  const all: Record<string, number> = { ...one };
  for (const [code, count] of Object.entries(other)) all[code] = (all[code] ?? 0) + count;
  return all;
}
