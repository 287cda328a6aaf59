import { isDeepStrictEqual } from "node:util";
import type { Board } from "./board.ts";
import type { Running } from "./contestant.ts";

/** A client of the ordinary kind beside the crowd, which reads everything. */
export interface Witness {
  /** What was wrong with what it was sent; of a server that did right, nothing. Call it when all is quiet. */
  complaints(): Promise<readonly string[]>;
  stop(): unknown;
}

const MOST_WAIT_MS = 2_000;

export async function callWitness(server: Running): Promise<Witness> {
  const wrong: string[] = [];
  let last: Board | null = null;
  const stop = await server.watch((board) => {
    if (last && board.version <= last.version) wrong.push(`version ${board.version} after ${last.version}`);
    if (board.entries.some(({ score }, index) => score > (board.entries[index - 1]?.score ?? score)))
      wrong.push(`version ${board.version} is out of order`);
    last = board;
  });
  return {
    async complaints() {
      const newest = await server.newest();
      const deadline = performance.now() + MOST_WAIT_MS;
      while (!isDeepStrictEqual(last, newest) && performance.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 20));
      if (isDeepStrictEqual(last, newest)) return wrong;
      return [...wrong, `it was left with version ${last?.version}, and the newest is ${newest.version}`];
    },
    stop,
  };
}
