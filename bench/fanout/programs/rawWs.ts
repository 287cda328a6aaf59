import { randomUUID } from "node:crypto";
import { WebSocketServer } from "ws";
import { answerBench } from "../../harness/inside.ts";
import { boardAt } from "../board.ts";
import { listening } from "../listening.ts";

// The least that a WebSocket server can do: one buffer for each change, sent to each client.
const sockets = new WebSocketServer({ host: "127.0.0.1", port: 0 });
const ID = randomUUID();
let version = 0;

answerBench({
  port: () => listening(sockets),
  push() {
    version += 1;
    const payload = { data: { leaderboardUpdated: boardAt(version) } };
    const message = Buffer.from(JSON.stringify({ type: "next", payload, id: ID }));
    for (const socket of sockets.clients) socket.send(message, { binary: false });
    return version;
  },
});
