// npm run bench history [-- --answers 1000000] [--full]     how fast the history answers, on a real PostgreSQL
import { type DocumentNode, execute, parse } from "graphql";
import type { QuizId } from "../server/core/ids.ts";
import type { Context } from "../server/graphql/context.ts";
import { globalId } from "../server/graphql/globalIds.ts";
import { schema } from "../server/graphql/schema.ts";
import { rebuildAllRollups } from "../server/history/index.ts";
import { type Engines, startEngines } from "./harness/engines.ts";
import { rounded } from "./harness/figures.ts";
import { type BenchOptions, readNumbers, readOptions } from "./harness/options.ts";
import { requireProcfs } from "./harness/procfs.ts";
import { buildProduct, startProduct } from "./harness/product.ts";
import { publish, type Table } from "./harness/result.ts";
import { type LiveFigures, measureLive } from "./history/besideAnalysts.ts";
import { type ExportRates, measureExport } from "./history/exportRates.ts";
import { generateHistory } from "./history/generate.ts";
import { type BenchPlace, openPlace } from "./history/place.ts";
import { PLAIN_STATISTICS } from "./history/plainSql.ts";
import { PAGE, STATISTICS } from "./history/queries.ts";
import { percentile, timed } from "./history/timing.ts";

const ANSWERS = 1_000_000;
const FULL_ANSWERS = 10_000_000;
const STATISTICS_RUNS = 200;
const PLAIN_RUNS = 10;
const PAGE_RUNS = 200;
const WARM_RUNS = 30;

const STATISTICS_DOCUMENT = parse(STATISTICS);
const PAGE_DOCUMENT = parse(PAGE);

interface Measured {
  readonly name: string;
  readonly median: number;
  readonly p95: number;
}

export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions("history", args, { answers: { type: "string" } });
  requireProcfs();
  const { answers: told } = options.own;
  const [wanted = ANSWERS] =
    typeof told === "string" ? readNumbers("answers", told) : [options.full ? FULL_ANSWERS : ANSWERS];
  if (!options.built) buildProduct();
  const engines = await startEngines();
  try {
    await measure(engines, wanted, options);
  } finally {
    await engines.stop();
  }
}

async function measure(engines: Engines, wanted: number, options: BenchOptions): Promise<void> {
  const place = await openPlace(engines.databaseUrl);
  const { hostId, token } = place;
  const queried = await measureQueries(place, wanted).finally(() => place.close());
  const { answers, quizIds } = queried;
  const product = await startProduct(engines, { profileFolder: options.profile });
  try {
    const exported = await measureExport(product, engines.databaseUrl, { id: hostId, token }, answers);
    const live = await measureLive(product, token, quizIds, options.full);
    const { statistics, pageP95, speedup } = queried;
    publish(
      {
        bench: "history",
        packages: ["graphql", "graphql-yoga", "@pothos/core", "pg"],
        engines: engines.versions,
        tables: [queryTable(queried), exportTable(exported), liveTable(live)],
        ratios: {
          statistics_p95_ms: rounded(statistics.p95),
          page_p95_ms: rounded(pageP95),
          speedup: rounded(speedup),
          "answer_p99/quiet": rounded(live.ratio),
          "export/copy": rounded(exported.ours / exported.copy),
        },
      },
      options,
    );
  } finally {
    await product.stop();
  }
}

function queryTable({ answers, results }: Queried): Table {
  return {
    title: `Queries over ${answers.toLocaleString("en")} answers`,
    columns: ["", "median ms", "p95 ms"],
    rows: results.map(({ name, median, p95 }) => [name, rounded(median), rounded(p95)]),
  };
}

function exportTable({ ours, copy, plainCopy, memory }: ExportRates): Table {
  const { before, quarters } = memory;
  return {
    title: `Every answer as CSV; the server's own memory: ${before} MB before, at most ${quarters.join(", ")} MB in the quarters of a file`,
    columns: ["", "rows/s", "of COPY"],
    rows: [
      ["our export, over HTTP", rounded(ours), 1],
      ["COPY TO STDOUT of the same rows and columns, by psql", rounded(copy), rounded(ours / copy)],
      [
        "COPY TO STDOUT without the questions' and choices' texts",
        rounded(plainCopy),
        rounded(ours / plainCopy),
      ],
    ],
  };
}

function liveTable({ quiet, analysts, exporting, queries, ratio, exportRatio }: LiveFigures): Table {
  const row = (name: string, times: readonly number[], relative: number) => [
    name,
    ...[
      rounded(Math.min(...times)),
      rounded(
        percentile(
          [...times].sort((a, b) => a - b),
          0.5,
        ),
      ),
    ],
    ...[rounded(Math.max(...times)), rounded(relative)],
  ];
  return {
    title: `p99 of an answer by round, 40 players over WebSockets; beside two analysts (${queries.queries} queries in a round, p95 ${rounded(queries.p95)} ms), or beside an export`,
    columns: ["", "least ms", "median ms", "most ms", "of quiet"],
    rows: [
      row("quiet", quiet, 1),
      row("beside analysts", analysts, ratio),
      row("beside an export of everything", exporting, exportRatio),
    ],
  };
}

interface Queried {
  readonly answers: number;
  readonly quizIds: readonly string[];
  readonly results: readonly Measured[];
  readonly statistics: Measured;
  readonly pageP95: number;
  readonly speedup: number;
}

async function measureQueries(place: BenchPlace, wanted: number): Promise<Queried> {
  const { pool } = place.database;
  const began = performance.now();
  const { quizIds, answers } = await generateHistory(pool, place.hostId, wanted);
  const generated = performance.now();
  await rebuildAllRollups(pool, () => {});
  await pool.query("VACUUM (ANALYZE)");
  console.log(
    `${answers.toLocaleString("en")} answers in ${quizIds.length} quizzes: generated in ${seconds(generated - began)} s, ` +
      `counted in ${seconds(performance.now() - generated)} s`,
  );

  const [quizId = ""] = quizIds;
  const results: Measured[] = [];
  const record = (name: string, times: readonly number[]) => {
    const measured = { name, median: percentile(times, 0.5), p95: percentile(times, 0.95) };
    results.push(measured);
    return measured;
  };

  const context = () => place.context();
  const nothing = async () => {};
  const ask = (document: DocumentNode, variableValues: Record<string, unknown>) => (contextValue: Context) =>
    query(document, variableValues, contextValue);
  const id = globalId("Quiz", quizId as QuizId);
  await timed(WARM_RUNS, context, ask(STATISTICS_DOCUMENT, { id }));
  const statistics = record(
    "statistics of a quiz of 100,000 answers",
    await timed(STATISTICS_RUNS, context, ask(STATISTICS_DOCUMENT, { id })),
  );
  const plainTimes = await timed(PLAIN_RUNS, nothing, () => pool.query(PLAIN_STATISTICS, [quizId]));
  const plain = record("  the same by plain SQL", plainTimes);

  const pages: Measured[] = [];
  for (const orderBy of ["JOINED_AT_DESC", "SCORE_DESC"]) {
    for (const share of [0, 0.5, 0.999]) {
      const after = await cursorAt(place, orderBy, share);
      await timed(WARM_RUNS, context, ask(PAGE_DOCUMENT, { orderBy, after }));
      const times = await timed(PAGE_RUNS, context, ask(PAGE_DOCUMENT, { orderBy, after }));
      const page = record(`page of 50, ${orderBy}, at ${share * 100} %`, times);
      pages.push(page);
    }
  }
  const filter = { quizId: id };
  record("page of 50 of one quiz", await timed(PAGE_RUNS, context, ask(PAGE_DOCUMENT, { filter })));

  const pageP95 = Math.max(...pages.map(({ p95 }) => p95));
  return { answers, quizIds, results, statistics, pageP95, speedup: plain.median / statistics.median };
}

/** Executes what a server has parsed and allowed before: it keeps documents. */
async function query(document: DocumentNode, variableValues: Record<string, unknown>, contextValue: Context) {
  const { data, errors } = await execute({ schema, document, variableValues, contextValue });
  if (errors) throw new Error(errors.map(({ message }) => message).join("; "));
  return data;
}

/** The cursor of the attempt that stands at a share of the whole order; null for the beginning. */
async function cursorAt({ database }: BenchPlace, orderBy: string, share: number): Promise<string | null> {
  if (share === 0) return null;
  const column = orderBy.startsWith("SCORE") ? "score" : "joined_at";
  const { rows } = await database.pool.query<{ id: string; key: Date | number }>(
    `SELECT id, ${column} AS key FROM attempt ORDER BY ${column} DESC, id DESC
     OFFSET (SELECT (count(*) * $1::float8)::int FROM attempt) LIMIT 1`,
    [share],
  );
  const [row] = rows;
  if (!row) return null;
  const key = row.key instanceof Date ? row.key.toISOString() : String(row.key);
  return Buffer.from(JSON.stringify([key, row.id])).toString("base64url");
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);
