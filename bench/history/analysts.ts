// A program of its own: analysts who ask one query after another, with a breath between.
import { setTimeout as pause } from "node:timers/promises";
import { run } from "../../tests/fixtures/apiClient.ts";
import { percentile } from "../harness/figures.ts";
import { answerBench } from "../harness/inside.ts";
import { PAGE, STATISTICS } from "./queries.ts";

export interface AnalystsTask {
  readonly url: string;
  readonly token: string;
  readonly quizIds: readonly string[];
  readonly analysts: number;
  /** Between two queries of one analyst, in milliseconds. */
  readonly pauseMs: number;
}

export interface AnalystsFigures {
  readonly queries: number;
  readonly p95: number;
}

let working = false;
let done: Promise<AnalystsFigures> | undefined;

async function work({ url, token, quizIds, analysts, pauseMs }: AnalystsTask): Promise<AnalystsFigures> {
  const times: number[] = [];
  const timed = async <Data>(query: string, variables: Record<string, unknown>) => {
    const began = performance.now();
    const data = await run<Data>(url, query, variables, token);
    times.push(performance.now() - began);
    await pause(pauseMs);
    return data;
  };
  const analyst = async (number: number) => {
    let after: string | null = null;
    for (let turn = number; working; turn++) {
      const id = quizIds[turn % quizIds.length];
      if (turn % 3 === 0) await timed(STATISTICS, { id });
      else if (turn % 3 === 1) await timed(PAGE, { orderBy: "SCORE_DESC", filter: { quizId: id } });
      else {
        const page: { attempts: { pageInfo: { endCursor: string } } } = await timed(PAGE, { after });
        after = page.attempts.pageInfo.endCursor;
      }
    }
  };
  await Promise.all(Array.from({ length: analysts }, (_, number) => analyst(number)));
  return { queries: times.length, p95: percentile(times, 0.95) };
}

answerBench({
  begin: (task: AnalystsTask) => {
    working = true;
    done = work(task);
  },
  end: () => {
    working = false;
    return done;
  },
});
