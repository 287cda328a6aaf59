import { setTimeout as pause } from "node:timers/promises";
import { percentile } from "../harness/figures.ts";
import { sharedClock } from "../harness/inside.ts";
import { type LiveSession, openLiveSession } from "./liveSession.ts";
import type { RunningProduct } from "./ours.ts";
import { type Place, pushOnce } from "./place.ts";

export interface ProbeFigures {
  /** How long acknowledgements take while nothing is pushed, in ms. */
  readonly quietP99: number;
  /** The same for answers that were under way while frames went out to all followers. */
  readonly busyP99: number;
  readonly quietP50: number;
  readonly busyP50: number;
  readonly answers: number;
}

const PLAYERS = 20;
const QUESTIONS = 120;
const EVERY_MS = 10;
const PACE_MS = 300;
const WARM_MS = 2_000;

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * How long players of another session wait for their answers on a server that sends a leaderboard to many: quiet and
 * busy stretches take turns.
 */
export async function probeAnswers(place: Place, url: string, stretches: number): Promise<ProbeFigures> {
  const session = await openLiveSession(url, { players: PLAYERS, questions: QUESTIONS });
  const stretchMs = (session.left * EVERY_MS - WARM_MS) / (stretches * 2) - 100;
  const quiet: number[] = [];
  const busy: number[] = [];
  try {
    await answerFor(session, WARM_MS);
    for (let stretch = 0; stretch < stretches; stretch++) {
      quiet.push(...(await answerFor(session, stretchMs)).map(tookOf));
      const over = new AbortController();
      const pushing = pushUntil(place, over.signal);
      const answers = await answerFor(session, stretchMs);
      over.abort();
      const pushes = await pushing;
      busy.push(...answers.filter((answer) => pushes.some((push) => overlap(answer, push))).map(tookOf));
    }
  } finally {
    await session.close();
  }
  return {
    quietP99: percentile(quiet, 0.99),
    busyP99: percentile(busy, 0.99),
    quietP50: percentile(quiet, 0.5),
    busyP50: percentile(busy, 0.5),
    answers: busy.length,
  };
}

const tookOf = ({ from, to }: Span) => to - from;
const overlap = (one: Span, other: Span) => one.from < other.to && other.from < one.to;

/** At a steady pace, whether or not earlier ones have been acknowledged. */
async function answerFor(session: LiveSession, ms: number): Promise<readonly Span[]> {
  const answers: Promise<Span>[] = [];
  const began = sharedClock();
  for (let count = 0; count * EVERY_MS < ms; count++) {
    await pause(Math.max(0, began + count * EVERY_MS - sharedClock()));
    answers.push(session.answer().then((took) => ({ from: sharedClock() - took, to: sharedClock() })));
  }
  return Promise.all(answers);
}

/** When frames were on their way, from the first client to the last. */
async function pushUntil(place: Place, over: AbortSignal): Promise<readonly Span[]> {
  const pushes: Span[] = [];
  while (!over.aborted) {
    const asked = sharedClock();
    const { firstAt, lastAt } = await pushOnce(place);
    pushes.push({ from: firstAt, to: lastAt });
    await pause(Math.max(0, PACE_MS - (sharedClock() - asked)));
  }
  return pushes;
}

export const isProduct = (server: Place["server"]): server is RunningProduct => "session" in server;
