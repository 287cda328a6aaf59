import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { SharedBackend } from "./sharedBackend.ts";

/** Where the worker keeps the database (null: in memory), and where it listens. */
export type WorkerInput = {
  folder: string | null;
  listen: { path: string } | { host: string; port: number };
};
export type WorkerMessage =
  | { type: "ready"; address: string }
  | { type: "failed"; message: string }
  | { type: "stopped" };

/** Enough for the pools of one server, its migrations and somebody's psql. */
const MAX_CONNECTIONS = 100;

const port = parentPort;
if (port === null) throw new Error("embeddedWorker.ts runs in a worker thread only.");
const { folder, listen } = workerData as WorkerInput;
const send = (message: WorkerMessage) => port.postMessage(message);
const fail = (error: unknown) =>
  send({ type: "failed", message: error instanceof Error ? error.message : JSON.stringify(error) });

/** Creates the database beside its place first, so that a first start cut short leaves nothing half made behind. */
async function createIfMissing(target: string): Promise<void> {
  if (existsSync(target)) {
    // PGlite would make a new, empty database wherever it does not recognise one.
    if (existsSync(join(target, "PG_VERSION"))) return;
    throw new Error("PG_VERSION is missing in it");
  }
  const unfinished = `${target}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  const backend = new SharedBackend(unfinished, fail);
  await backend.waitReady;
  await backend.close();
  renameSync(unfinished, target);
}

async function open() {
  if (folder !== null) await createIfMissing(folder);
  const backend = new SharedBackend(folder ?? undefined, fail);
  await backend.waitReady;
  const server = new PGLiteSocketServer({ db: backend, maxConnections: MAX_CONNECTIONS, ...listen });
  await server.start();
  return { backend, server };
}

try {
  const { backend, server } = await open();
  port.once("message", async () => {
    try {
      await server.stop();
      await backend.close();
      send({ type: "stopped" });
    } catch (error) {
      fail(error);
    }
    port.close();
  });
  send({ type: "ready", address: server.getServerConn() });
} catch (error) {
  fail(error);
  port.close();
}
