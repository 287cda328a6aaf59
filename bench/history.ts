// npm run bench history [-- --answers 1000000] [--full]     how fast the history answers, on a real PostgreSQL
import { parseArgs } from "node:util";
import { type DocumentNode, execute, parse } from "graphql";
import type { QuizId } from "../server/core/ids.ts";
import type { Context } from "../server/graphql/context.ts";
import { globalId } from "../server/graphql/globalIds.ts";
import { schema } from "../server/graphql/schema.ts";
import { rebuildAllRollups } from "../server/history/index.ts";
import { generateHistory } from "./history/generate.ts";
import { type BenchPlace, openPlace } from "./history/place.ts";
import { PLAIN_STATISTICS } from "./history/plainSql.ts";
import { percentile, timed } from "./history/timing.ts";

const ANSWERS = 1_000_000;
const FULL_ANSWERS = 10_000_000;
const STATISTICS_RUNS = 200;
const PLAIN_RUNS = 10;
const PAGE_RUNS = 200;
const WARM_RUNS = 30;

const STATISTICS = parse(`query ($id: ID!) { quizStatistics(quizId: $id) {
  attemptCount meanScore reliability standardError scoreDistribution { from to attempts } upperGroupSize lowerGroupSize
  questions { questionId answerCount skippedCount facility discrimination effectiveWeight randomGuessScore
    elapsedMs { p25 median p75 p90 } choices { choiceId count upperCount lowerCount } } } }`);
const PAGE = parse(`query ($after: String, $filter: AttemptFilter, $orderBy: AttemptOrder) {
  attempts(first: 50, after: $after, filter: $filter, orderBy: $orderBy) { pageInfo { hasNextPage endCursor } edges { node {
    id nickname score rank joinedAt session { code quizTitle } answers { edges { node { questionId correct points elapsedMs } } } } } } }`);

interface Measured {
  readonly name: string;
  readonly median: number;
  readonly p95: number;
}

export async function run(options: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...options],
    options: { answers: { type: "string" }, full: { type: "boolean", default: false } },
  });
  const wanted = Number(values.answers ?? (values.full ? FULL_ANSWERS : ANSWERS));
  const place = await openPlace();
  try {
    await measure(place, wanted);
  } finally {
    await place.close();
  }
}

async function measure(place: BenchPlace, wanted: number): Promise<void> {
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
  await timed(WARM_RUNS, context, ask(STATISTICS, { id }));
  const statistics = record(
    "statistics of a quiz of 100,000 answers",
    await timed(STATISTICS_RUNS, context, ask(STATISTICS, { id })),
  );
  const plainTimes = await timed(PLAIN_RUNS, nothing, () => pool.query(PLAIN_STATISTICS, [quizId]));
  const plain = record("  the same by plain SQL", plainTimes);

  const pages: Measured[] = [];
  for (const orderBy of ["JOINED_AT_DESC", "SCORE_DESC"]) {
    for (const share of [0, 0.5, 0.999]) {
      const after = await cursorAt(place, orderBy, share);
      await timed(WARM_RUNS, context, ask(PAGE, { orderBy, after }));
      const times = await timed(PAGE_RUNS, context, ask(PAGE, { orderBy, after }));
      const page = record(`page of 50, ${orderBy}, at ${share * 100} %`, times);
      if (orderBy.startsWith("JOINED_AT")) pages.push(page);
    }
  }
  const filter = { quizId: id };
  record("page of 50 of one quiz", await timed(PAGE_RUNS, context, ask(PAGE, { filter })));

  console.table(
    Object.fromEntries(
      results.map(({ name, median, p95 }) => [name, { "median ms": round(median), "p95 ms": round(p95) }]),
    ),
  );
  const pageP95 = Math.max(...pages.map(({ p95 }) => p95));
  const speedup = plain.median / statistics.median;
  console.log(JSON.stringify({ bench: "history", answers, results }));
  console.log(
    `history: statistics_p95_ms=${round(statistics.p95)} page_p95_ms=${round(pageP95)} speedup=${round(speedup)}`,
  );
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

const round = (value: number) => Math.round(value * 10) / 10;
const seconds = (ms: number) => (ms / 1000).toFixed(1);
