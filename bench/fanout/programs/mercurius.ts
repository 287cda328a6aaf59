import Fastify from "fastify";
import mercurius from "mercurius";
import { answerBench } from "../../harness/inside.ts";
import { BOARD_SCHEMA, boardAt } from "../board.ts";
import { listening } from "../listening.ts";

const TOPIC = "BOARD";
const app = Fastify();
await app.register(mercurius, {
  schema: BOARD_SCHEMA,
  resolvers: {
    Subscription: {
      leaderboardUpdated: { subscribe: (_root, _args, { pubsub }) => pubsub.subscribe(TOPIC) },
    },
  },
  subscription: true,
});
await app.listen({ host: "127.0.0.1", port: 0 });
let version = 0;

answerBench({
  port: () => listening(app.server),
  push() {
    version += 1;
    app.graphql.pubsub.publish({ topic: TOPIC, payload: { leaderboardUpdated: boardAt(version) } });
    return version;
  },
});
