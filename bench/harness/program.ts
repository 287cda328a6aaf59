import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { cpuMsOf, ownMemoryOf } from "./procfs.ts";

const PRELOAD = fileURLToPath(new URL("preload.mjs", import.meta.url));

export interface ProgramOptions {
  /** For messages. */
  readonly name: string;
  /** Of the script: TypeScript runs through tsx, JavaScript as it is. */
  readonly file: string | URL;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where a CPU profile is written when the program is stopped; none without. */
  readonly profileFolder?: string | undefined;
}

/** A process of its own: a server that is measured, or a client that measures. */
export interface Program {
  readonly pid: number;
  /** What it has printed, both streams. */
  output(): string;
  /** Asks what `answerBench` answers inside; rejects with what it throws there, or when the program has ended. */
  ask<Reply>(name: string, input?: unknown): Promise<Reply>;
  /** CPU time of all its threads since its start, in milliseconds, as the kernel counts it. */
  cpuMs(): number;
  /** Resident memory of its own after its garbage was collected, in bytes. */
  memory(): Promise<number>;
  /** Resolves when it is gone. */
  stop(): Promise<void>;
}

/** The first message says that whatever is asked will be heard. */
interface Reply {
  readonly isReady?: boolean;
  readonly reply: number;
  readonly value?: unknown;
  readonly error?: string;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Starts a program under the same conditions as every other one: `NODE_ENV=production`, garbage collection on demand. */
export function startProgram({ name, file, args = [], env = {}, profileFolder }: ProgramOptions): Program {
  const path = file instanceof URL ? fileURLToPath(file) : file;
  const flags = [
    ...["--expose-gc", "--import", PRELOAD],
    ...(path.endsWith(".ts") ? ["--import", "tsx"] : []),
    ...(profileFolder === undefined ? [] : ["--cpu-prof", "--cpu-prof-dir", profileFolder]),
  ];
  const child = spawn(process.execPath, [...flags, path, ...args], {
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    serialization: "advanced",
  });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let beReady = () => {};
  const ready = new Promise<void>((resolve) => {
    beReady = resolve;
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  child.on("message", (message) => {
    const { isReady, reply, value, error } = message as Reply;
    if (isReady) return beReady();
    const waiter = waiting.get(reply);
    waiting.delete(reply);
    if (error === undefined) waiter?.resolve(value);
    else waiter?.reject(new Error(`${name}: ${error}`));
  });
  child.once("exit", (code, signal) => {
    const why = new Error(`${name} has ended (${signal ?? code}):\n${output.slice(-4000)}`);
    for (const { reject } of waiting.values()) reject(why);
    waiting.clear();
    beReady();
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started`);

  const send = <Value>(what: string, input?: unknown): Promise<Value> =>
    new Promise<Value>((resolve, reject) => {
      if (isGone(child)) return reject(new Error(`${name} has ended:\n${output.slice(-4000)}`));
      asked += 1;
      waiting.set(asked, { resolve: (value) => resolve(value as Value), reject });
      child.send({ ask: asked, name: what, input });
    });

  return {
    pid,
    output: () => output,
    async ask(what, input) {
      await ready;
      return send(what, input);
    },
    cpuMs: () => cpuMsOf(pid),
    async memory() {
      await send("collect garbage");
      return ownMemoryOf(pid);
    },
    async stop() {
      if (isGone(child)) return;
      const gone = once(child, "exit");
      child.kill(profileFolder === undefined ? "SIGKILL" : "SIGTERM");
      await gone;
    },
  };
}

const isGone = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;
