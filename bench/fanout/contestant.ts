import type { Program } from "../harness/program.ts";
import type { Board } from "./board.ts";
import type { Dialect } from "./dialect.ts";

/** A server that is up, with a leaderboard that can be moved. */
export interface Running {
  readonly program: Program;
  readonly port: number;
  readonly dialect: Dialect;
  /** Moves the leaderboard once; resolves when the server says that it has. */
  push(): Promise<unknown>;
  /** Follows as an ordinary client of its kind does, with its own parser. */
  watch(onBoard: (board: Board) => void): Promise<() => unknown>;
  /** What anyone who asks now must be told. */
  newest(): Promise<Board>;
  stop(): Promise<void>;
}

export interface Contestant {
  readonly name: string;
  start(): Promise<Running>;
}
