import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../server/core/projectRoot.ts";
import { StartError } from "../../server/core/startError.ts";
import { freePort } from "../../tests/fixtures/serverProcess.ts";
import type { Engines } from "../harness/engines.ts";
import { startProduct } from "../harness/product.ts";
import { type Program, startProgram } from "../harness/program.ts";
import type { Asked, Player } from "./game.ts";
import type { Wire } from "./order.ts";
import { PEER_MUTATION } from "./peerSchema.ts";
import { submitArguments } from "./submitScript.ts";

/** A server that takes answers, and how its players say them. */
export interface Contestant {
  readonly name: string;
  readonly wire: Wire;
  readonly program: Program;
  readonly port: number;
  message(player: Player, asked: Asked): string;
}

/** Packages that the contestants are made of. */
export const PACKAGES = ["ws", "ioredis", "graphql", "graphql-ws", "graphql-yoga", "mercurius", "fastify"];

/** The product twice, by both ways in: one server for each, so that none warms the other. */
export async function startOurs(engines: Engines, wire: "graphql-ws" | "http", profile: string | undefined) {
  const product = await startProduct(engines, {
    name: `ours over ${wire}`,
    // Written by another process, as in the compose file.
    env: { JOURNAL_WORKER: "off" },
    profileFolder: profile,
  });
  const documentId = submitAnswerOfTheWebApp();
  const payload = ({ questionId, choiceId }: Asked) => ({
    // The WebSocket's protocol wants a text all the same.
    query: "",
    documentId,
    variables: { input: { questionId, answer: { choiceIds: [choiceId] } } },
  });
  const contestant: Contestant = {
    name: wire === "http" ? "ours, http" : "ours, ws",
    wire,
    program: product,
    port: Number(new URL(product.url).port),
    message: (_player, asked) =>
      JSON.stringify(
        wire === "http" ? payload(asked) : { id: "1", type: "subscribe", payload: payload(asked) },
      ),
  };
  return contestant;
}

/** The id by which players' phones name the operation. */
function submitAnswerOfTheWebApp(): string {
  const file = join(projectRoot, "web", "src", "graphql", "generated", "persisted-documents.json");
  const texts = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  const [id] = Object.entries(texts).find(([, text]) => text.includes("mutation SubmitAnswer(")) ?? [];
  if (id === undefined) throw new StartError("The web app's operations are not generated: npm run codegen");
  return id;
}

interface Peer {
  readonly name: string;
  readonly file: string;
  readonly wire: Wire;
  readonly message: Contestant["message"];
}

const raw: Peer["message"] = (player, asked) =>
  JSON.stringify({ id: "1", args: submitArguments(asked.submissionOf(player)) });
const graphql: Peer["message"] = (player, asked) => {
  const { choiceId, ...ids } = asked.submissionOf(player);
  const variables = { input: { ...ids, answer: { choiceIds: [choiceId] } } };
  return JSON.stringify({ operationName: "SubmitAnswer", query: PEER_MUTATION, variables });
};

const PEERS: readonly Peer[] = [
  { name: "raw ws", file: "rawWs.ts", wire: "ws", message: raw },
  { name: "raw http", file: "rawHttp.ts", wire: "http", message: raw },
  { name: "Yoga, http", file: "yoga.ts", wire: "http", message: graphql },
  { name: "mercurius, http", file: "mercurius.ts", wire: "http", message: graphql },
];

/** Each is handed over when it runs, so that it can be ended whatever becomes of the next. */
export async function startPeers(
  { redisUrl }: Engines,
  profileFolder: string | undefined,
  onStarted: (contestant: Contestant) => void,
): Promise<void> {
  for (const { file, ...peer } of PEERS) {
    const port = await freePort();
    const program = startProgram({
      name: peer.name,
      file: new URL(`programs/${file}`, import.meta.url),
      env: { PORT: String(port), REDIS_URL: redisUrl },
      profileFolder,
    });
    onStarted({ ...peer, program, port });
    await program.ask("ready");
  }
}
