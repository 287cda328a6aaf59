import { createServer } from "node:http";
import { useServer as serveProtocol } from "graphql-ws/use/ws";
import { createPubSub, createSchema } from "graphql-yoga";
import { WebSocketServer } from "ws";
import { answerBench } from "../../harness/inside.ts";
import { BOARD_SCHEMA, type Board, boardAt } from "../board.ts";
import { listening } from "../listening.ts";

// graphql-ws with a schema: each subscriber has an iterator, an execution and a serialisation of their own.
const pubsub = createPubSub<{ board: [Board] }>();
const schema = createSchema({
  typeDefs: BOARD_SCHEMA,
  resolvers: {
    Subscription: {
      leaderboardUpdated: { subscribe: () => pubsub.subscribe("board"), resolve: (board: Board) => board },
    },
  },
});
const http = createServer();
serveProtocol({ schema }, new WebSocketServer({ server: http, path: "/graphql" }));
http.listen(0, "127.0.0.1");
let version = 0;

answerBench({
  port: () => listening(http),
  push() {
    version += 1;
    pubsub.publish("board", boardAt(version));
    return version;
  },
});
