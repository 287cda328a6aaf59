import { createHash } from "node:crypto";
import { mkdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode, StartError } from "../core/startError.ts";

/** A data folder that this process alone may use, with a private place for its sockets. */
export interface FolderLock {
  /** Private to this user, and short enough for the names of sockets. */
  readonly socketFolder: string;
  release(): Promise<void>;
}

/** The kernel's limit for a socket's path is 104 bytes on macOS, 108 on Linux; the longest name inside is 14. */
const LONGEST_SOCKET_FOLDER = 88;

/**
 * Makes this process the only one on a data folder, or throws a StartError that says who is. The lock is a listening
 * socket: the system takes it away with its process, so after `kill -9` nothing is in the way of the next start.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const socketFolder = makeSocketFolder(folder);
  const path =
    process.platform === "win32"
      ? `\\\\.\\pipe\\vocabulary-quiz-${nameOf(folder)}`
      : join(socketFolder, "lock");
  const server = (await listen(path)) ?? (await takeOver(path, folder));
  // The lock alone keeps no process alive.
  server.unref();
  return {
    socketFolder,
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Inside the data folder, so that every process finds the same one; beside it only where its path is too long. */
function makeSocketFolder(folder: string): string {
  const inside = join(realpathSync(folder), "run");
  const short = Buffer.byteLength(inside) <= LONGEST_SOCKET_FOLDER;
  const chosen = short ? inside : join(tmpdir(), `vocabulary-quiz-${nameOf(folder)}`);
  mkdirSync(chosen, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(chosen);
  if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o077) !== 0)) {
    throw new StartError(
      `${chosen} belongs to somebody else or is open to others. Remove it, or use another DATA_DIR.`,
    );
  }
  return chosen;
}

const nameOf = (folder: string) =>
  createHash("sha256").update(realpathSync(folder)).digest("hex").slice(0, 16);

/** Resolves to null where something already has that name. */
function listen(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error) => (errorCode(error) === "EADDRINUSE" ? resolve(null) : reject(error)));
    server.listen(path, () => resolve(server));
  });
}

async function takeOver(path: string, folder: string): Promise<Server> {
  const inUse = new StartError(
    `Another server already runs on the data folder ${folder}. Stop it, or set DATA_DIR to another folder.`,
  );
  if (await isAlive(path)) throw inUse;
  rmSync(path, { force: true });
  const server = await listen(path);
  if (server === null) throw inUse;
  // Of two processes that found the same dead lock at the same moment, the later one removed the earlier one's.
  const own = statSync(path).ino;
  await sleep(100);
  if (statSync(path, { throwIfNoEntry: false })?.ino !== own) throw inUse;
  return server;
}

function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => resolve(true));
    // Refused or gone: nobody listens. Anything else (a full queue, no permission): somebody does.
    socket.once("error", (error) => resolve(!["ECONNREFUSED", "ENOENT"].includes(errorCode(error) ?? "")));
    socket.once("connect", () => socket.destroy());
  });
}
