import { createServer } from "node:http";
import type { ExecutionArgs } from "graphql";
import { useServer as serveProtocol } from "graphql-ws/use/ws";
import { createPubSub, createSchema, createYoga } from "graphql-yoga";
import { WebSocketServer } from "ws";
import { answerBench } from "../../harness/inside.ts";
import { BOARD_SCHEMA, type Board, boardAt } from "../board.ts";
import { listening } from "../listening.ts";

// Yoga's documented way to WebSockets: graphql-ws, with Yoga's envelope around each operation.
const pubsub = createPubSub<{ board: [Board] }>();
const yoga = createYoga({
  schema: createSchema({
    typeDefs: BOARD_SCHEMA,
    resolvers: {
      Subscription: {
        leaderboardUpdated: { subscribe: () => pubsub.subscribe("board"), resolve: (board: Board) => board },
      },
    },
  }),
  graphiql: { subscriptionsProtocol: "WS" },
});
type Envelope = ReturnType<typeof yoga.getEnveloped>;
type Enveloped = ExecutionArgs & { readonly rootValue: Pick<Envelope, "execute" | "subscribe"> };

const http = createServer(yoga);
serveProtocol(
  {
    execute: (args) => (args as Enveloped).rootValue.execute(args),
    subscribe: (args) => (args as Enveloped).rootValue.subscribe(args),
    async onSubscribe(context, _id, params) {
      const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
        ...context,
        req: context.extra.request,
        socket: context.extra.socket,
        params,
      });
      const args = {
        schema,
        operationName: params.operationName,
        document: parse(params.query),
        variableValues: params.variables,
        contextValue: await contextFactory(),
        rootValue: { execute, subscribe },
      };
      const errors = validate(args.schema, args.document);
      return errors.length > 0 ? errors : args;
    },
  },
  new WebSocketServer({ server: http, path: yoga.graphqlEndpoint }),
);
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
