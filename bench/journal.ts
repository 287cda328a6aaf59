// npm run bench journal [-- --answers 100000] [--rounds 3] [--full] [--json FILE]
// How fast answers come to PostgreSQL, beside a program that writes nothing else.
import pg from "pg";
import { migrate } from "../server/database/migrate.ts";
import { startEngines } from "./harness/engines.ts";
import { median, rounded } from "./harness/figures.ts";
import { readNumbers, readOptions } from "./harness/options.ts";
import { publish } from "./harness/result.ts";
import { alternate } from "./harness/rounds.ts";
import { playGames } from "./journal/games.ts";
import { addQuizzes, checkStored, startAnew } from "./journal/place.ts";
import { unnest, type Writer, workerAt, writer } from "./journal/writers.ts";

const ANSWERS = 100_000;
const FULL_ANSWERS = 1_000_000;
const ROUNDS = 3;
const FULL_ROUNDS = 5;
const [SESSIONS, PLAYERS] = [50, 100];

export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions("journal", args, { answers: { type: "string" }, rounds: { type: "string" } });
  const { own, full } = options;
  const [wanted = 0] = readNumbers("answers", String(own["answers"] ?? (full ? FULL_ANSWERS : ANSWERS)));
  const [rounds = 0] = readNumbers("rounds", String(own["rounds"] ?? (full ? FULL_ROUNDS : ROUNDS)));
  const engines = await startEngines();
  const pool = new pg.Pool({ connectionString: engines.databaseUrl, max: 2 });
  try {
    await migrate(engines.databaseUrl);
    const games = playGames(SESSIONS, PLAYERS, Math.max(1, Math.round(wanted / SESSIONS / PLAYERS)));
    await addQuizzes(pool, games.setups);
    const answers = games.answers.length;

    const measured = (write: Writer) => async () => {
      await startAnew(pool, games);
      const ms = await write(pool, games);
      await checkStored(pool, games);
      return answers / (ms / 1000);
    };
    const writers = { unnest, writer, worker: workerAt(engines.redisUrl) };
    await measured(unnest)();
    const rates = await alternate(
      Object.fromEntries(Object.entries(writers).map(([name, write]) => [name, measured(write)])),
      rounds,
      (name, round, rate) => console.log(`${name}, round ${round}: ${Math.round(rate)} answers a second`),
    );
    const rateOf = (name: keyof typeof writers) => median(rates[name] ?? []);
    // With each answer the product writes what it made of its attempt: two rows, where the plain program writes one.
    const rowsOf = { unnest: 1, writer: 2, worker: 2 } as const;
    const names = ["unnest", "writer", "worker"] as const;
    publish(
      {
        bench: "journal",
        packages: ["pg", "ioredis"],
        engines: engines.versions,
        tables: [
          {
            title: `${answers} answers into PostgreSQL, ${SESSIONS} sessions of ${PLAYERS} players`,
            columns: ["what writes", "answers a second", "rows a second"],
            rows: names.map((name) => [
              name,
              Math.round(rateOf(name)),
              Math.round(rateOf(name) * rowsOf[name]),
            ]),
          },
        ],
        ratios: {
          "rows/unnest": rounded((rateOf("writer") * rowsOf.writer) / rateOf("unnest")),
          "answers/unnest": rounded(rateOf("writer") / rateOf("unnest")),
          "worker_rows/unnest": rounded((rateOf("worker") * rowsOf.worker) / rateOf("unnest")),
        },
      },
      options,
    );
  } finally {
    await pool.end();
    await engines.stop();
  }
}
