import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export interface SupervisedOptions {
  readonly name: string;
  /** Arguments to node. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where all that it prints is kept. */
  readonly logFile?: string;
  /** Resolves to whether it does its work. */
  readonly isReady: () => Promise<boolean>;
}

/** An end that nobody asked for. */
export interface UnexpectedEnd {
  readonly name: string;
  readonly wasReady: boolean;
  readonly how: string;
  readonly output: string;
}

const OUTPUT_KEPT = 4000;
const AGAIN_MS = 500;
const READY_POLL_MS = 100;

/** A process that is started again whenever it ends, as an orchestrator would do it. */
export class Supervised {
  readonly name: string;
  readonly unexpected: UnexpectedEnd[] = [];
  #output = "";
  readonly #options: SupervisedOptions;
  #child: ChildProcess | null = null;
  #ready = false;
  #expected = false;
  #over = false;
  #restartAfterMs = AGAIN_MS;
  #running: Promise<void> = Promise.resolve();

  constructor(options: SupervisedOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** Starts it, and again after each end. */
  start(): void {
    this.#running = this.#run();
  }

  get isUp(): boolean {
    return this.#ready && this.#child !== null;
  }

  get output(): string {
    return this.#output;
  }

  /** SIGKILL; it is started again after the time given. False where it was not running. */
  async kill(restartAfterMs: number): Promise<boolean> {
    return this.#end("SIGKILL", restartAfterMs);
  }

  /** SIGTERM, and resolves when it has ended. It is started again at once. */
  async terminate(): Promise<boolean> {
    return this.#end("SIGTERM", 0);
  }

  /** Stands still for some time, as a machine that swaps or a virtual one that is moved. */
  async pause(ms: number): Promise<boolean> {
    const child = this.#child;
    if (!child?.kill("SIGSTOP")) return false;
    await sleep(ms);
    child.kill("SIGCONT");
    return true;
  }

  async untilReady(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!this.isUp) {
      if (Date.now() > deadline)
        throw new Error(`${this.name} was not ready in ${timeoutMs} ms:\n${this.#output}`);
      await sleep(READY_POLL_MS);
    }
  }

  /** Ends it for good. */
  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    this.#over = true;
    this.#expected = true;
    const child = this.#child;
    child?.kill("SIGCONT");
    child?.kill(signal);
    const impatient = setTimeout(() => child?.kill("SIGKILL"), 15_000);
    await this.#running;
    clearTimeout(impatient);
  }

  async #end(signal: "SIGKILL" | "SIGTERM", restartAfterMs: number): Promise<boolean> {
    const child = this.#child;
    if (!child || this.#expected) return false;
    this.#expected = true;
    this.#restartAfterMs = restartAfterMs;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
    return true;
  }

  async #run(): Promise<void> {
    while (!this.#over) {
      await this.#once();
      if (!this.#over) await sleep(this.#restartAfterMs);
      this.#restartAfterMs = AGAIN_MS;
    }
  }

  async #once(): Promise<void> {
    const { args, env, logFile } = this.#options;
    this.#expected = this.#over;
    this.#ready = false;
    this.#output = "";
    const child = spawn(process.execPath, [...args], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    const orphaned = () => child.kill("SIGKILL");
    process.once("exit", orphaned);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#output = (this.#output + text).slice(-OUTPUT_KEPT);
        if (logFile !== undefined) appendFileSync(logFile, text);
      });
    }
    const gone = once(child, "exit");
    let ended = false;
    void gone.then(() => {
      ended = true;
    });
    const watching = this.#watchReadiness(() => ended);
    const [code, signal] = (await gone) as [number | null, string | null];
    process.off("exit", orphaned);
    const wasReady = this.#ready;
    this.#child = null;
    await watching;
    this.#ready = false;
    if (this.#expected) return;
    this.unexpected.push({
      name: this.name,
      wasReady,
      how: code === null ? String(signal) : `code ${code}`,
      output: this.#output,
    });
  }

  async #watchReadiness(ended: () => boolean): Promise<void> {
    while (!ended()) {
      if (await this.#options.isReady()) {
        if (!ended()) this.#ready = true;
        return;
      }
      await sleep(READY_POLL_MS);
    }
  }
}
