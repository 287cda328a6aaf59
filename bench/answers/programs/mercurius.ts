import Fastify from "fastify";
import mercurius from "mercurius";
import { answerBench } from "../../harness/inside.ts";
import { PEER_SCHEMA, peerResolvers } from "../peerSchema.ts";

// mercurius as its documentation starts it, with compiled queries.
const app = Fastify();
app.register(mercurius, {
  schema: PEER_SCHEMA,
  resolvers: await peerResolvers(process.env["REDIS_URL"] ?? ""),
  jit: 1,
});
await app.listen({ port: Number(process.env["PORT"]), host: "127.0.0.1" });
answerBench({ ready: () => true });
