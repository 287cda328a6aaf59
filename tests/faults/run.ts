import { setTimeout as sleep } from "node:timers/promises";
import { check } from "./checker.ts";
import { type Crowd, startCrowd } from "./crowd.ts";
import { type Deployment, deploy } from "./deployment.ts";
import type { Evidence } from "./evidence.ts";
import { type FaultCounts, letThingsGoWrong } from "./faults.ts";
import { readHistory, readLeaderboards } from "./history.ts";
import { type JournalTap, tapJournal } from "./journalTap.ts";
import { createRandom } from "./random.ts";
import { Records } from "./records.ts";
import { untilJournalIsStored } from "./settled.ts";
import type { Verdict } from "./verdict.ts";

export interface RunOptions {
  readonly minutes: number;
  readonly players: number;
  readonly seed: number;
  readonly minKills: number;
  readonly servers: number;
  readonly workers: number;
  /** Told what happens, as it happens. */
  readonly log: (text: string) => void;
  /** Told every ten seconds how it goes. */
  readonly progress: (text: string) => void;
  /** The negative control: workers acknowledge before they insert, and are killed, and nothing else happens. */
  readonly acknowledgeFirst?: boolean;
  /** Where what processes print is kept. */
  readonly logFolder?: string | undefined;
}

const MINUTE_MS = 60_000;
const PROGRESS_MS = 10_000;
const FINISH_TIMEOUT_MS = 180_000;
const SETTLE_TIMEOUT_MS = 60_000;
const CLOCK_SHIFT_MS = 30_000;
/** So that an insert takes longer than nothing, and a kill meets one. */
const SLOW_DATABASE_MS = 150;

/** Starts everything, plays, breaks it, and judges what came of it. */
export async function runFaults(options: RunOptions): Promise<Verdict> {
  const { servers, workers, seed, acknowledgeFirst = false } = options;
  const random = createRandom(seed);
  const deployment = await deploy({
    servers,
    workers,
    serverWrites: !acknowledgeFirst,
    carelessWorkers: acknowledgeFirst,
    logFolder: options.logFolder,
    ...(!acknowledgeFirst && { clockShiftMs: random.pick([-CLOCK_SHIFT_MS, CLOCK_SHIFT_MS]) }),
  });
  const records = new Records();
  const tap = tapJournal(deployment.redis.url);
  try {
    const crowd = await startCrowd({ url: deployment.balancer.url, players: options.players, records });
    if (acknowledgeFirst) deployment.toPostgres.delay(SLOW_DATABASE_MS);
    const stopTelling = tellProgress(options.progress, crowd, records);
    const counts = await letThingsGoWrong({
      deployment,
      random,
      records,
      durationMs: options.minutes * MINUTE_MS,
      minKills: options.minKills,
      longestOutageMs: longestOutageMs(options.minutes),
      ...(acknowledgeFirst && { killsOnly: "workers" as const }),
      log: options.log,
    });
    deployment.toPostgres.heal();
    options.log("no more faults; sessions are finished");
    const problems: string[] = [];
    await crowd.finish(FINISH_TIMEOUT_MS).catch((error: Error) => problems.push(error.message));
    stopTelling();
    const waiting = await untilJournalIsStored(deployment.redis.url, SETTLE_TIMEOUT_MS);
    problems.push(...waiting.map((stream) => `not stored in ${SETTLE_TIMEOUT_MS} ms: ${stream}`));
    return await judge({ options, deployment, records, tap, counts, problems });
  } finally {
    await tap.stop();
    await deployment.stop();
  }
}

/** A minute in a long run, less in a short one, in which many different things are to happen. */
function longestOutageMs(minutes: number): number {
  return Math.min(MINUTE_MS, Math.max(3000, minutes * 3500));
}

interface Judged {
  readonly options: RunOptions;
  readonly deployment: Deployment;
  readonly records: Records;
  readonly tap: JournalTap;
  readonly counts: FaultCounts;
  readonly problems: string[];
}

async function judge({ options, deployment, records, tap, counts, problems }: Judged): Promise<Verdict> {
  const { sessions, attempts, answers, deadLetters } = await readHistory(deployment.postgres.url);
  const played = new Set(attempts.map(({ sessionId }) => sessionId));
  const finished = sessions.filter(({ id }) => played.has(id));
  const leaderboards = await readLeaderboards(deployment.serverUrls, finished).catch((error: Error) => {
    problems.push(error.message);
    return [];
  });
  const { acknowledged, refused, regressions, closings: seenClosings } = records;
  const { closings, answers: journaled, incomplete } = tap;
  const evidence: Evidence = {
    ...{ acknowledged, refused, regressions, seenClosings },
    journal: { closings, answers: journaled, incomplete },
    ...{ sessions, attempts, answers, leaderboards },
  };
  const kills = sum(counts.kills);
  for (const { id, state } of finished) {
    if (state !== "FINISHED") problems.push(`session ${id} was played and ended as ${state}`);
  }
  const letters = deadLetters.reduce((total, { count }) => total + count, 0);
  if (letters !== counts.poisons)
    problems.push(
      `${letters} dead letters of ${counts.poisons} poisoned entries: ${deadLetters.map(({ error, count }) => `${count} × ${error.slice(0, 300)}`).join("; ")}`,
    );
  if (counts.failedInRollingRestarts > 0)
    problems.push(`${counts.failedInRollingRestarts} operations failed in rolling restarts`);
  if (kills < options.minKills) problems.push(`${kills} kills of ${options.minKills}`);
  for (const process of [...deployment.servers, ...deployment.workers]) {
    for (const { name, how, output } of process.unexpected.filter(({ wasReady }) => wasReady))
      problems.push(`${name} ended by itself with ${how}: ${output.slice(-1500)}`);
  }
  problems.push(...records.unexpected);
  const clockShifts = options.acknowledgeFirst ? 0 : 1;
  options.log(summary(deployment, records, counts));
  options.log(
    `held against each other: ${acknowledged.length} acknowledgements, ${journaled.length} answers in the journal, ${answers.length} rows, ${finished.length} sessions (${incomplete.size} seen in part), ${leaderboards.length} leaderboards`,
  );
  return { findings: check(evidence), kills, otherFaults: sum(counts.others) + clockShifts, problems };
}

/** What is of interest beside the verdict. */
function summary({ servers, workers }: Deployment, records: Records, counts: FaultCounts): string {
  const failedStarts = [...servers, ...workers]
    .flatMap(({ unexpected }) => unexpected)
    .filter(({ wasReady }) => !wasReady);
  return [
    `kills: ${list(counts.kills)}`,
    `other faults: ${list(counts.others)}`,
    `operations sent again: ${list(records.retried)}; final closes: ${list(records.closedForGood)}`,
    `connections: ${records.connections}; given up as silent: ${records.silences}; starts that failed: ${failedStarts.length}`,
    ...failedStarts.slice(0, 2).map(({ name, how, output }) => `  ${name}, ${how}: ${output.slice(-300)}`),
  ].join("\n");
}

const list = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([name, count]) => `${name} ${count}`).join(", ") || "none";

const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);

function tellProgress(tell: (text: string) => void, crowd: Crowd, records: Records): () => void {
  const began = Date.now();
  const stopped = new AbortController();
  void (async () => {
    for (;;) {
      await sleep(PROGRESS_MS, undefined, { signal: stopped.signal });
      const { opened, running, playing } = crowd.counts;
      tell(
        `${Math.round((Date.now() - began) / 1000)} s: ${records.acknowledged.length} acknowledged, ${playing} playing, ${running} of ${opened} sessions running, ${records.connections} connections, ${records.failures} operations sent again`,
      );
    }
  })().catch(() => {});
  return () => stopped.abort();
}
