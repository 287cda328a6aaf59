import { setTimeout as sleep } from "node:timers/promises";
import type { Deployment } from "./deployment.ts";
import type { Random } from "./random.ts";
import type { Records } from "./records.ts";
import { type Trouble, troublesOf } from "./troubles.ts";

export interface FaultsOptions {
  readonly deployment: Deployment;
  readonly random: Random;
  readonly records: Records;
  /** How long, in milliseconds. */
  readonly durationMs: number;
  readonly minKills: number;
  /** Of an outage, in milliseconds. */
  readonly longestOutageMs: number;
  /** Workers are killed, and nothing else happens. */
  readonly killsOnly?: "workers";
  readonly log: (text: string) => void;
}

export interface FaultCounts {
  /** Processes that were ended by SIGKILL, by what they were. */
  readonly kills: ReadonlyMap<string, number>;
  readonly others: ReadonlyMap<string, number>;
  /** Entries of the journal that must be dead letters in the end. */
  readonly poisons: number;
  /** Operations that failed while servers and workers were restarted in turn and nothing else happened. */
  readonly failedInRollingRestarts: number;
}

interface Victim {
  readonly name: string;
  readonly kill: () => Promise<boolean>;
}

const KILL_SURPLUS = 1.15;
const READY_TIMEOUT_MS = 120_000;
const CALM_MS = 6000;
const ROLLING = "a rolling restart";

/** Lets things go wrong, killing and the rest side by side, and resolves when the time is over and all is up again. */
export async function letThingsGoWrong(options: FaultsOptions): Promise<FaultCounts> {
  return new Faults(options).run();
}

class Faults {
  readonly #options: FaultsOptions;
  readonly #kills = new Map<string, number>();
  readonly #others = new Map<string, number>();
  readonly #deadline: number;
  #poisons = 0;
  #failedInRollingRestarts = 0;
  /** Held while nothing else may happen. */
  #calm = false;
  #killing: Promise<void> = Promise.resolve();

  constructor(options: FaultsOptions) {
    this.#options = options;
    this.#deadline = Date.now() + options.durationMs;
  }

  async run(): Promise<FaultCounts> {
    const only = this.#options.killsOnly;
    await Promise.all([this.#kill(), only === undefined ? this.#trouble() : Promise.resolve()]);
    await this.#untilAllIsUp();
    return {
      kills: this.#kills,
      others: this.#others,
      poisons: this.#poisons,
      failedInRollingRestarts: this.#failedInRollingRestarts,
    };
  }

  get #over(): boolean {
    return Date.now() >= this.#deadline;
  }

  get #killCount(): number {
    return [...this.#kills.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Kills at random moments, faster when it is behind what was asked for. */
  async #kill(): Promise<void> {
    const { random, minKills } = this.#options;
    while (!this.#over || this.#killCount < minKills) {
      const leftMs = Math.max(1000, this.#deadline - Date.now());
      const missing = Math.max(1, minKills * KILL_SURPLUS - this.#killCount);
      const meanMs = Math.min(leftMs / missing, 10_000);
      await sleep(random.between(0.3, 1.7) * meanMs);
      if (this.#calm) continue;
      this.#killing = this.#killOne();
      await this.#killing;
    }
  }

  async #killOne(): Promise<void> {
    const { deployment, random, killsOnly, log } = this.#options;
    const { servers, workers, redis, postgres } = deployment;
    const engine = (kill: () => Promise<void>, start: () => Promise<void>) => async () => {
      await kill();
      await sleep(random.between(100, 1500));
      await start();
      return true;
    };
    const process = (processes: typeof servers) => () =>
      random.pick(processes).kill(random.between(100, 2000));
    const victims: readonly { readonly weight: number; readonly value: Victim }[] = [
      { weight: killsOnly === "workers" ? 0 : 4, value: { name: "server", kill: process(servers) } },
      { weight: 4, value: { name: "worker", kill: process(workers) } },
      {
        weight: killsOnly === undefined ? 1.5 : 0,
        value: { name: "Redis", kill: engine(redis.kill, redis.start) },
      },
      {
        weight: killsOnly === undefined ? 0.7 : 0,
        value: { name: "PostgreSQL", kill: engine(postgres.kill, postgres.start) },
      },
    ];
    // Each kind once before chance takes over, so that a short run meets all of them.
    const unmet = victims.filter(({ weight, value }) => weight > 0 && !this.#kills.has(value.name));
    const { name, kill } = unmet.length > 0 ? random.pick(unmet).value : random.weighted(victims);
    if (!(await kill())) return;
    log(`kill -9: ${name}`);
    this.#kills.set(name, (this.#kills.get(name) ?? 0) + 1);
  }

  /** One trouble after the other: each kind once in any order, and then by chance. */
  async #trouble(): Promise<void> {
    const { random, deployment, longestOutageMs, durationMs, log } = this.#options;
    const troubles: readonly Trouble[] = [
      ...troublesOf(deployment, random, {
        longestMs: longestOutageMs,
        onPoison: () => {
          this.#poisons += 1;
        },
      }),
      { name: ROLLING, weight: 0.7, happen: () => this.#rollingRestart() },
    ];
    const first = [...troubles].sort(() => random.next() - 0.5);
    while (!this.#over) {
      await sleep(random.between(500, Math.min(5000, durationMs / 40)));
      const trouble =
        first.pop() ?? random.weighted(troubles.map((value) => ({ weight: value.weight, value })));
      if (this.#over) return;
      const began = Date.now();
      log(trouble.name);
      if (!(await trouble.happen())) continue;
      log(`${trouble.name}: over after ${Date.now() - began} ms`);
      this.#others.set(trouble.name, (this.#others.get(trouble.name) ?? 0) + 1);
    }
  }

  /** Each process is asked to end and comes back before the next is; nothing that clients ask may fail meanwhile. */
  async #rollingRestart(): Promise<boolean> {
    const { deployment, records, log } = this.#options;
    this.#calm = true;
    await this.#killing;
    await this.#untilAllIsUp();
    // What failed because of the last fault has been told by then.
    await sleep(CALM_MS);
    const before = records.failures;
    for (const process of [...deployment.servers, ...deployment.workers]) {
      await process.terminate();
      await process.untilReady(READY_TIMEOUT_MS);
      await this.#untilBalanced();
    }
    const failed = records.failures - before;
    if (failed > 0) log(`${ROLLING}: ${failed} operations failed`);
    this.#failedInRollingRestarts += failed;
    this.#calm = false;
    return true;
  }

  async #untilAllIsUp(): Promise<void> {
    const { servers, workers } = this.#options.deployment;
    for (const process of [...servers, ...workers]) await process.untilReady(READY_TIMEOUT_MS);
    await this.#untilBalanced();
  }

  async #untilBalanced(): Promise<void> {
    const { balancer, servers } = this.#options.deployment;
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (balancer.ready().length < servers.length && Date.now() < deadline) await sleep(50);
  }
}
