import { createServer } from "node:http";
import { createSchema, createYoga } from "graphql-yoga";
import { answerBench } from "../../harness/inside.ts";
import { PEER_SCHEMA, peerResolvers } from "../peerSchema.ts";

// Yoga as its documentation starts it.
const resolvers = await peerResolvers(process.env["REDIS_URL"] ?? "");
const yoga = createYoga({ schema: createSchema({ typeDefs: PEER_SCHEMA, resolvers }) });
createServer(yoga).listen(Number(process.env["PORT"]), "127.0.0.1");
answerBench({ ready: () => true });
