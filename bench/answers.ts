// npm run bench answers [-- --rounds 3] [--players 1024] [--only "raw ws,ours, ws"] [--full] [--json FILE]
// What an answer costs the server that takes it, over WebSocket and HTTP, beside servers that do as little as they can.
import pg from "pg";
import { type Contestant, PACKAGES, startOurs, startPeers } from "./answers/contestants.ts";
import { playRound, type RoundFigures, type RoundOptions } from "./answers/round.ts";
import { ratiosOf, tablesOf } from "./answers/tables.ts";
import { startEngines } from "./harness/engines.ts";
import { rounded } from "./harness/figures.ts";
import { readNumbers, readOptions } from "./harness/options.ts";
import { requireProcfs } from "./harness/procfs.ts";
import { buildProduct, startProduct } from "./harness/product.ts";
import { startProgram } from "./harness/program.ts";
import { publish } from "./harness/result.ts";
import { alternate } from "./harness/rounds.ts";

const ROUNDS = 3;
const FULL_ROUNDS = 9;
const WARM_ROUNDS = 2;
const PLAYERS = 1024;
const QUESTIONS = 8;
const AT_ONCE = 128;
/** Players in one session, for the growth of costs. */
const SIZES = [100, 1_000];
const FULL_SIZES = [100, 1_000, 10_000];
/** Of those, so many answer: what is compared are sessions, not crowds. */
const ANSWERING = 100;
const GROWTH_QUESTIONS = 30;

const PLAYERS_PROGRAM = new URL("answers/programs/players.ts", import.meta.url);

export async function run(args: readonly string[]): Promise<void> {
  requireProcfs();
  const options = readOptions("answers", args, {
    rounds: { type: "string" },
    players: { type: "string", default: String(PLAYERS) },
    only: { type: "string" },
  });
  const { own, full, profile } = options;
  const [rounds = 0] = readNumbers("rounds", String(own["rounds"] ?? (full ? FULL_ROUNDS : ROUNDS)));
  const [players = 0] = readNumbers("players", String(own["players"]));
  const names = own["only"] === undefined ? null : String(own["only"]).split(";");
  if (!options.built) buildProduct();
  const engines = await startEngines();
  const pool = new pg.Pool({ connectionString: engines.databaseUrl, max: 2 });
  const ends: (() => Promise<unknown>)[] = [() => engines.stop(), () => pool.end()];
  try {
    // Opens games, and writes the journal: so the servers that are measured do nothing but take answers.
    const desk = await startProduct(engines, { name: "the desk" });
    const crowd = startProgram({ name: "the players", file: PLAYERS_PROGRAM });
    ends.push(desk.stop, crowd.stop);
    const all: Contestant[] = [];
    const onStarted = (contestant: Contestant) => {
      all.push(contestant);
      ends.push(contestant.program.stop);
    };
    for (const wire of ["graphql-ws", "http"] as const) onStarted(await startOurs(engines, wire, profile));
    await startPeers(engines, profile, onStarted);
    const contestants = all.filter(({ name }) => names?.includes(name) ?? true);

    const common = { deskUrl: desk.url, crowd, pool, atOnce: AT_ONCE };
    const usual: RoundOptions = { ...common, players, answering: players, questions: QUESTIONS };
    // What a program does slowly at first is nobody's cost later.
    for (let round = 0; round < WARM_ROUNDS; round++)
      for (const contestant of contestants) await playRound(contestant, usual);
    const measured = await measure(contestants, usual, rounds);

    const growth: Record<number, Readonly<Record<string, readonly RoundFigures[]>>> = {};
    const compared = contestants.filter(({ name }) => name === "raw ws" || name === "ours, ws");
    for (const size of names === null ? (full ? FULL_SIZES : SIZES) : []) {
      const sized = { ...common, players: size, answering: ANSWERING, questions: GROWTH_QUESTIONS };
      growth[size] = await measure(compared, sized, rounds);
    }
    publish(
      {
        bench: "answers",
        packages: PACKAGES,
        engines: engines.versions,
        tables: tablesOf(measured, growth),
        ratios: ratiosOf(measured, growth),
      },
      options,
    );
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

function measure(contestants: readonly Contestant[], options: RoundOptions, rounds: number) {
  const plays = Object.fromEntries(
    contestants.map((contestant) => [contestant.name, () => playRound(contestant, options)]),
  );
  return alternate(plays, rounds, (name, round, { cpu, p95Ms }) =>
    console.log(
      `${name}, ${options.players} players, round ${round}: ${rounded(cpu)} µs an answer, p95 ${rounded(p95Ms)} ms`,
    ),
  );
}
