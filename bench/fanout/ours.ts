import { run } from "../../tests/fixtures/apiClient.ts";
import type { Engines } from "../harness/engines.ts";
import { startProduct } from "../harness/product.ts";
import { type Board, ENTRIES } from "./board.ts";
import type { Contestant, Running } from "./contestant.ts";
import { followDialect } from "./dialect.ts";
import { type LiveSession, openLiveSession } from "./liveSession.ts";
import { overGraphqlWs } from "./peers.ts";

const PLAYERS = 100;
const QUESTIONS = 50;

export interface RunningProduct extends Running {
  readonly url: string;
  readonly session: LiveSession;
}

const NEWEST = `query ($code: String!, $first: Int!) {
  leaderboard(code: $code, first: $first) { version playerCount entries { rank attemptId nickname score correctCount } } }`;

/** The product: answers of players move the leaderboard of a running session. */
export function ours(engines: Engines, profileFolder: string | undefined): Contestant {
  return { name: "ours", start: () => startOurs(engines, profileFolder) };
}

export async function startOurs(
  engines: Engines,
  profileFolder: string | undefined,
): Promise<RunningProduct> {
  const product = await startProduct(engines, { profileFolder });
  const { url } = product;
  try {
    const session = await openLiveSession(url, { players: PLAYERS, questions: QUESTIONS });
    const port = Number(new URL(url).port);
    return {
      program: product,
      url,
      session,
      port,
      dialect: followDialect(session.code),
      push: session.answer,
      watch: (onBoard) => overGraphqlWs(session.code)(port, onBoard),
      async newest() {
        const variables = { code: session.code, first: ENTRIES };
        return (await run<{ leaderboard: Board }>(url, NEWEST, variables)).leaderboard;
      },
      async stop() {
        await session.close();
        await product.stop();
      },
    };
  } catch (error) {
    await product.stop();
    throw error;
  }
}
