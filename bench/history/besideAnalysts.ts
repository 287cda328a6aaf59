import { get } from "node:http";
import type { QuizId } from "../../server/core/ids.ts";
import { globalId } from "../../server/graphql/globalIds.ts";
import { median, percentile } from "../harness/figures.ts";
import type { Product } from "../harness/product.ts";
import { startProgram } from "../harness/program.ts";
import { alternate } from "../harness/rounds.ts";
import type { AnalystsFigures, AnalystsTask } from "./analysts.ts";
import { openLiveSide } from "./liveAnswers.ts";

const ROUNDS = 3;
const FULL_ROUNDS = 7;
const ANALYSTS = 2;
const PAUSE_MS = 250;

export interface LiveFigures {
  /** p99 of an answer in milliseconds, by round. */
  readonly quiet: readonly number[];
  readonly analysts: readonly number[];
  readonly exporting: readonly number[];
  readonly queries: AnalystsFigures;
  /** Of the medians of the rounds. */
  readonly ratio: number;
  readonly exportRatio: number;
}

/** How much later answers are acknowledged while analysts ask, or while somebody exports everything. */
export async function measureLive(
  product: Product,
  token: string,
  quizIds: readonly string[],
  full: boolean,
): Promise<LiveFigures> {
  const live = await openLiveSide(product.url, token);
  const analysts = startProgram({ name: "analysts", file: new URL("analysts.ts", import.meta.url) });
  const task: AnalystsTask = {
    url: product.url,
    token,
    quizIds: quizIds.map((id) => globalId("Quiz", id as QuizId)),
    analysts: ANALYSTS,
    pauseMs: PAUSE_MS,
  };
  let queries: AnalystsFigures = { queries: 0, p95: Number.NaN };
  const p99 = async () => percentile(await live.play(), 0.99);
  try {
    await live.play();
    const found = await alternate(
      {
        quiet: p99,
        async analysts() {
          await analysts.ask("begin", task);
          const time = await p99();
          queries = await analysts.ask<AnalystsFigures>("end");
          return time;
        },
        async exporting() {
          const request = get(`${product.url}/export/answers.csv`, {
            headers: { authorization: `Bearer ${token}` },
          });
          request.on("response", (response) => response.resume());
          request.on("error", () => {});
          const time = await p99();
          request.destroy();
          return time;
        },
      },
      full ? FULL_ROUNDS : ROUNDS,
      (name, round, time) => console.log(`  round ${round}, ${name}: p99 ${time.toFixed(1)} ms`),
    );
    const { quiet = [], analysts: beside = [], exporting = [] } = found;
    return {
      quiet,
      analysts: beside,
      exporting,
      queries,
      ratio: median(beside) / median(quiet),
      exportRatio: median(exporting) / median(quiet),
    };
  } finally {
    await analysts.stop();
  }
}
