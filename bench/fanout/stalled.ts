import { setTimeout as pause } from "node:timers/promises";
import { readMetrics } from "../../tests/fixtures/metrics.ts";
import type { Engines } from "../harness/engines.ts";
import { median, percentile, rounded } from "../harness/figures.ts";
import { ownMemoryOf } from "../harness/procfs.ts";
import { type Product, startProduct } from "../harness/product.ts";
import type { Cell, Table } from "../harness/result.ts";
import { alternate } from "../harness/rounds.ts";
import { followed } from "./board.ts";
import { gather } from "./crowd.ts";
import { followDialect, graphqlDialect } from "./dialect.ts";
import { type LiveSession, openLiveSession } from "./liveSession.ts";

const FOLLOWERS = 1_000;
const STALLED = 50;
/** As long as players can ask for it here, so that what the operating system buffers for a client is soon full. */
const [PLAYERS, QUESTIONS] = [400, 13];
const EVENTS = 5_000;
const EVERY_MS = 8;
/** After the last event: whoever is behind for so long is given up. */
const PATIENCE_MS = 17_000;

interface Run {
  /** How much later than the first client others have a state, in ms. */
  readonly lateP50: number;
  readonly lateP99: number;
  /** Of acknowledgements, in ms. */
  readonly answerP99: number;
  /** Memory of the server in MB: at its highest, and what was left of it afterwards, both above what it was before. */
  readonly peak: number;
  readonly left: number;
  /** How many the server has closed with 1013. */
  readonly closed: number;
}

/** 5,000 events of one session, with 50 clients among its 1,000 followers who read nothing, and without them. */
export async function stalledClients(
  engines: Engines,
  rounds: number,
): Promise<{ tables: Table[]; ratios: Record<string, Cell> }> {
  const runs = await alternate(
    { none: () => play(engines, false), stalled: () => play(engines, true) },
    rounds,
    (name, round, { lateP99, closed, peak }) =>
      console.log(
        `${name}, round ${round}: p99 ${rounded(lateP99)} ms, ${closed} closed, peak +${rounded(peak)} MB`,
      ),
  );
  const middle = (name: string, figure: keyof Run) => median((runs[name] ?? []).map((one) => one[figure]));
  const row = (title: string, name: string): Cell[] => [
    title,
    ...(["lateP50", "lateP99", "answerP99", "peak", "left", "closed"] as const).map((figure) =>
      rounded(middle(name, figure)),
    ),
  ];
  const ratio = (figure: keyof Run) => rounded(middle("stalled", figure) / middle("none", figure));
  return {
    tables: [
      {
        title: `${EVENTS} answers, a leaderboard of ${PLAYERS} entries to ${FOLLOWERS} clients`,
        columns: [
          "",
          "behind the first, p50 ms",
          "p99 ms",
          "answers p99 ms",
          "memory peak, +MB",
          "left, +MB",
          "closed with 1013",
        ],
        rows: [row("all read", "none"), row(`${STALLED} read nothing`, "stalled")],
      },
    ],
    ratios: {
      "late_p50/none": ratio("lateP50"),
      "late_p99/none": ratio("lateP99"),
      "answer_p99/none": ratio("answerP99"),
      peak_mb: `${rounded(middle("stalled", "peak") - middle("none", "peak"))}`,
      closed_1013: `${middle("stalled", "closed")}/${STALLED}`,
    },
  };
}

/**
 * Several leaderboards at once, of different lengths: so the 6 MB that the operating system keeps for one client are
 * full, and the product has lost its patience, before missing pongs tell that nobody is there.
 */
const greedyDialect = (code: string) =>
  graphqlDialect([0, 1, 2, 3].map((less) => followed(code, PLAYERS - less)));

async function play(engines: Engines, stalled: boolean): Promise<Run> {
  const product = await startProduct(engines);
  const stops: (() => Promise<unknown>)[] = [product.stop];
  try {
    const session = await openLiveSession(product.url, { players: PLAYERS, questions: QUESTIONS });
    stops.push(session.close);
    const port = Number(new URL(product.url).port);
    const readers = await gather(port, followDialect(session.code, PLAYERS), FOLLOWERS - STALLED);
    stops.push(readers.stop);
    await readers.settled(0);
    const before = await product.memory();
    const others = await gather(port, greedyDialect(session.code), STALLED);
    stops.push(others.stop);
    if (stalled) await others.pause();
    await readers.note(true);
    const peak = highest(product);
    const took = await answerAll(session);
    const late = await readers.note(false);
    const highestBytes = peak.stop();
    const deadline = performance.now() + PATIENCE_MS;
    while (stalled && (await closedAsSlow(product)) < STALLED && performance.now() < deadline)
      await pause(250);
    const { closed, backwards } = await readers.counts();
    if (Object.keys(closed).length > 0)
      throw new Error(`Clients that read were closed: ${JSON.stringify(closed)}`);
    if (backwards > 0) throw new Error("Clients were sent old states after newer ones");
    return {
      lateP50: percentile(late, 0.5),
      lateP99: percentile(late, 0.99),
      answerP99: percentile(took, 0.99),
      peak: (highestBytes - before) / 2 ** 20,
      left: ((await product.memory()) - before) / 2 ** 20,
      closed: await closedAsSlow(product),
    };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

const closedAsSlow = async ({ url }: Product) =>
  (await readMetrics(url)).value("quiz_sockets_closed_total", { code: "1013" });

/** At a steady pace; resolves to how long each acknowledgement took. */
async function answerAll(session: LiveSession): Promise<readonly number[]> {
  const answers: Promise<number>[] = [];
  const began = performance.now();
  for (let event = 0; event < EVENTS; event++) {
    await pause(Math.max(0, began + event * EVERY_MS - performance.now()));
    answers.push(session.answer());
  }
  return Promise.all(answers);
}

/** Looks at the memory of a program four times a second, until it is stopped. */
function highest({ pid }: Product) {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, ownMemoryOf(pid));
  }, 250);
  return {
    stop() {
      clearInterval(timer);
      return most;
    },
  };
}
