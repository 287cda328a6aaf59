import { accessSync, constants, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { errorCode, StartError } from "../core/startError.ts";
import type { WorkerInput, WorkerMessage } from "./embeddedWorker.ts";
import { lockFolder } from "./folderLock.ts";

/** PGlite in a thread of its own, spoken to like any PostgreSQL. */
export interface EmbeddedDatabase {
  readonly url: string;
  /** Closes every connection and the data; after it, another process may open the folder. */
  stop(): Promise<void>;
}

/** Makes the folder, with everything above it; throws a StartError where nothing can be written there. */
export function prepareDataFolder(folder: string): string {
  const path = resolve(folder);
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
    return path;
  } catch (error) {
    throw new StartError(
      `The data folder ${path} cannot be written (${errorCode(error) ?? String(error)}). Set DATA_DIR to another one.`,
    );
  }
}

/**
 * Opens the database in a data folder, making it the first time (about 5 s), and holds the folder against other
 * processes until `stop`. Throws a StartError where the folder is in use, unwritable or damaged. `onCrash` is called at
 * most once, should the engine die later.
 */
export async function startEmbeddedDatabase(
  dataFolder: string,
  onCrash: (error: Error) => void,
): Promise<EmbeddedDatabase> {
  const root = prepareDataFolder(dataFolder);
  const lock = await lockFolder(root).catch((error: unknown) => {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The data folder ${root} cannot be used (${errorCode(error) ?? String(error)}). Set DATA_DIR to another one.`,
    );
  });
  const data = join(root, "pg");
  const path = join(lock.socketFolder, ".s.PGSQL.5432");
  rmSync(path, { force: true });
  try {
    // Windows' PostgreSQL clients know no Unix sockets.
    const listen = process.platform === "win32" ? { host: "127.0.0.1", port: 0 } : { path };
    const thread = await startThread({ folder: data, listen }, onCrash);
    return {
      url:
        "path" in listen ? socketUrl(lock.socketFolder) : `postgresql://postgres@${thread.address}/postgres`,
      async stop() {
        await thread.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `The data in ${data} cannot be opened; it is damaged, or of another version (${oneLine(reason)}). Put back a copy of it, or set DATA_DIR to another folder.`,
    );
  }
}

/** An empty database in memory, gone after `stop`: what a comparison of migrations with the schema needs. */
export async function startMemoryDatabase(socketFolder: string): Promise<EmbeddedDatabase> {
  const thread = await startThread(
    { folder: null, listen: { path: join(socketFolder, ".s.PGSQL.5432") } },
    () => {},
  );
  return { url: socketUrl(socketFolder), stop: thread.stop };
}

const socketUrl = (folder: string) =>
  `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`;

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ").slice(0, 200);

/** The bundle has the thread's program beside it; among the sources it is TypeScript, which tsx reads for the thread. */
function createWorker(input: WorkerInput): Worker {
  const options = { workerData: input, stdout: true, stderr: true, execArgv: [] };
  if (!import.meta.url.endsWith(".ts"))
    return new Worker(new URL("./embeddedWorker.js", import.meta.url), options);
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json"));
  const loader = new URL("dist/esm/api/index.mjs", tsx).href;
  const program = new URL("./embeddedWorker.ts", import.meta.url).href;
  const code = `import("${loader}").then(({ register }) => (register(), import("${program}")))`;
  return new Worker(code, { ...options, eval: true });
}

function startThread(input: WorkerInput, onCrash: (error: Error) => void) {
  const worker = createWorker(input);
  let state: "starting" | "running" | "stopping" | "over" = "starting";
  return new Promise<{ address: string; stop: () => Promise<void> }>((resolve, reject) => {
    const exited = new Promise<void>((done) => worker.once("exit", () => done()));
    const stop = async () => {
      if (state === "running") {
        state = "stopping";
        worker.postMessage("stop");
      }
      await exited;
    };
    const fail = (error: Error) => {
      if (state === "starting") reject(error);
      if (state === "running") onCrash(error);
      if (state !== "stopping") state = "over";
      void worker.terminate();
    };
    worker.on("message", (message: WorkerMessage) => {
      if (message.type === "ready") {
        state = "running";
        resolve({ address: message.address, stop });
      } else if (message.type === "failed") {
        fail(new Error(message.message));
      }
    });
    worker.once("error", fail);
    worker.once("exit", (code) => fail(new Error(`the database's thread ended with code ${code}`)));
  });
}
