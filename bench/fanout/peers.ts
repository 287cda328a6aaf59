import { createClient } from "graphql-ws";
import { io } from "socket.io-client";
import { WebSocket } from "ws";
import { type Program, startProgram } from "../harness/program.ts";
import { type Board, boardAt, followed } from "./board.ts";
import type { Contestant, Running } from "./contestant.ts";
import { type Dialect, followDialect, rawDialect, socketIoDialect } from "./dialect.ts";

type Watch = (port: number, onBoard: (board: Board) => void) => Promise<() => unknown>;

const CODE = "123456";

const overRawWs: Watch = async (port, onBoard) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  socket.on("message", (data) => onBoard(JSON.parse(String(data)).payload.data.leaderboardUpdated));
  await new Promise((resolve) => socket.once("open", resolve));
  return () => socket.terminate();
};

const overSocketIo: Watch = async (port, onBoard) => {
  const socket = io(`http://127.0.0.1:${port}`, { transports: ["websocket"] });
  socket.on("leaderboard", onBoard);
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  return () => socket.disconnect();
};

/** The official client; also for the product. */
export const overGraphqlWs =
  (code = CODE): Watch =>
  async (port, onBoard) => {
    const client = createClient({
      url: `ws://127.0.0.1:${port}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    client.subscribe<{ leaderboardUpdated: Board }>(followed(code), {
      next: ({ data }) => data && onBoard(data.leaderboardUpdated),
      error: (error) => console.error("A witness was refused:", error),
      complete: () => {},
    });
    await new Promise((resolve) => client.on("connected", resolve));
    return () => client.dispose();
  };

interface Peer {
  readonly file: string;
  readonly dialect: Dialect;
  readonly watch: Watch;
}

const PEERS = {
  raw: { file: "rawWs.ts", dialect: rawDialect, watch: overRawWs },
  socketio: { file: "socketIo.ts", dialect: socketIoDialect, watch: overSocketIo },
  "graphql-ws": { file: "graphqlWs.ts", dialect: followDialect(CODE), watch: overGraphqlWs() },
  yoga: { file: "yoga.ts", dialect: followDialect(CODE), watch: overGraphqlWs() },
  mercurius: { file: "mercurius.ts", dialect: followDialect(CODE), watch: overGraphqlWs() },
} as const satisfies Record<string, Peer>;

/** Packages that the peers are made of, and ours. */
export const PACKAGES = ["ws", "socket.io", "graphql", "graphql-ws", "graphql-yoga", "mercurius", "fastify"];

/** What others build such a thing with: each with its documented defaults, and nothing else to do. */
export function peers(profileFolder: string | undefined): readonly Contestant[] {
  return Object.entries(PEERS).map(([name, peer]) => ({
    name,
    start: () => startPeer(name, peer, profileFolder),
  }));
}

async function startPeer(name: string, peer: Peer, profileFolder: string | undefined): Promise<Running> {
  const file = new URL(`programs/${peer.file}`, import.meta.url);
  const program: Program = startProgram({ name, file, profileFolder });
  const port = await program.ask<number>("port").catch(async (error: unknown) => {
    await program.stop();
    throw error;
  });
  let version = 0;
  return {
    program,
    port,
    dialect: peer.dialect,
    async push() {
      version = await program.ask<number>("push");
    },
    watch: (onBoard) => peer.watch(port, onBoard),
    newest: async () => boardAt(version),
    stop: program.stop,
  };
}
