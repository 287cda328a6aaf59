// npm run bench fanout [-- --sizes 100,1000,5000,10000] [--only raw,ours] [--rounds 3] [--full] [--json FILE]
// npm run bench fanout -- --stalled
// What it costs to send a leaderboard to everyone who follows it, beside others who do that.
import type { Contestant } from "./fanout/contestant.ts";
import { ours } from "./fanout/ours.ts";
import { PACKAGES, peers } from "./fanout/peers.ts";
import { open, type Place } from "./fanout/place.ts";
import { isProduct, type ProbeFigures, probeAnswers } from "./fanout/probe.ts";
import { idleCosts, playRound } from "./fanout/round.ts";
import { stalledClients } from "./fanout/stalled.ts";
import { type Measured, probeTable, ratiosOf, tablesOf } from "./fanout/tables.ts";
import { startEngines } from "./harness/engines.ts";
import { rounded } from "./harness/figures.ts";
import { requireFiles } from "./harness/files.ts";
import { type BenchOptions, readNumbers, readOptions } from "./harness/options.ts";
import { requireProcfs } from "./harness/procfs.ts";
import { buildProduct } from "./harness/product.ts";
import { publish } from "./harness/result.ts";
import { alternate } from "./harness/rounds.ts";

/** The smallest is there for the growth of costs alone. */
const SIZES = "100,1000,5000,10000";
const GROWTH_SIZE = 100;
/** They execute for each subscriber: what that costs shows with fewer, and their thousands keep the machine for minutes. */
const EXECUTED_FOR_EACH: readonly string[] = ["graphql-ws", "yoga", "mercurius"];
const EACH_UP_TO = 1000;
const ROUNDS = 3;
const FULL_ROUNDS = 9;
const FULL_STALLED_ROUNDS = 3;
const PUSHES = 10;
const IDLE_SECONDS = 3;
const STRETCHES = 3;

interface Plan {
  readonly contestants: readonly Contestant[];
  readonly rounds: number;
  /** Whether players' answers are timed, too. */
  readonly probed: boolean;
}

export async function run(args: readonly string[]): Promise<void> {
  requireProcfs();
  const options = readOptions("fanout", args, {
    sizes: { type: "string", default: SIZES },
    only: { type: "string" },
    rounds: { type: "string" },
    stalled: { type: "boolean", default: false },
  });
  const { own, full, profile } = options;
  if (own["stalled"] === true) return runStalled(options);
  const sizes = readNumbers("sizes", String(own["sizes"])).sort((a, b) => a - b);
  const [rounds = 0] = readNumbers("rounds", String(own["rounds"] ?? (full ? FULL_ROUNDS : ROUNDS)));
  const names = own["only"] === undefined ? null : String(own["only"]).split(",");
  requireFiles(Math.max(...sizes));
  if (!options.built) buildProduct();
  const engines = await startEngines();
  try {
    const all = [ours(engines, profile), ...peers(profile)];
    const contestants = all.filter(({ name }) => names?.includes(name) ?? true);
    const few = contestants.filter(({ name }) => name === "ours" || name === "raw");
    const quick = full ? contestants : contestants.filter(({ name }) => !EXECUTED_FOR_EACH.includes(name));
    const measured: Measured[] = [];
    let probe: ProbeFigures | null = null;
    for (const size of sizes) {
      const probed = size === sizes.at(-1) && names === null;
      const taking = size <= GROWTH_SIZE ? few : size <= EACH_UP_TO ? contestants : quick;
      const plan = { contestants: taking, rounds, probed };
      const found = await measure(size, plan);
      measured.push(...found.measured);
      probe = found.probe;
    }
    const largest = sizes.at(-1) ?? 0;
    publish(
      {
        bench: "fanout",
        packages: PACKAGES,
        engines: engines.versions,
        tables: [...tablesOf(measured), ...(probe ? [probeTable(probe, largest)] : [])],
        ratios: ratiosOf(measured, probe),
      },
      options,
    );
  } finally {
    await engines.stop();
  }
}

async function runStalled(options: BenchOptions): Promise<void> {
  if (!options.built) buildProduct();
  const engines = await startEngines();
  try {
    const found = await stalledClients(engines, options.full ? FULL_STALLED_ROUNDS : 1);
    publish(
      { bench: "stalled", packages: ["ws", "graphql-ws"], engines: engines.versions, ...found },
      options,
    );
  } finally {
    await engines.stop();
  }
}

/** All servers stand at the same time, each with its own followers; one after the other has its turn to push. */
async function measure(size: number, { contestants, rounds, probed }: Plan) {
  const places: Place[] = [];
  try {
    for (const contestant of contestants) {
      const began = performance.now();
      places.push(await open(contestant, size));
      console.log(`${contestant.name}: ${size} clients in ${seconds(performance.now() - began)} s`);
    }
    const idle = await idleCosts(places, IDLE_SECONDS);
    const plays = Object.fromEntries(
      places.map((place, index) => [place.name, () => playRound(place, PUSHES, idle[index] ?? 0)]),
    );
    const played = await alternate(plays, rounds, (name, round, { cpu, last }) =>
      console.log(
        `${name} ${size}, round ${round}: ${rounded(cpu)} µs a message, last client ${rounded(last)} ms`,
      ),
    );
    for (const { name, witness } of places) {
      const complaints = await witness.complaints();
      if (complaints.length > 0) throw new Error(`${name} sent what is not right: ${complaints.join("; ")}`);
    }
    const measured = places.map(({ name, bytesPerFollower }, index) => ({
      name,
      followers: size,
      rounds: played[name] ?? [],
      bytesPerFollower,
      idle: idle[index] ?? Number.NaN,
    }));
    const product = places.find(({ server }) => isProduct(server));
    const probe =
      probed && product && isProduct(product.server)
        ? await probeAnswers(product, product.server.url, STRETCHES)
        : null;
    return { measured, probe };
  } finally {
    await Promise.all(places.map((place) => place.stop()));
  }
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);
