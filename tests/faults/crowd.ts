import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Asking } from "./connection.ts";
import { Host, type Pacing } from "./host.ts";
import type { LiveSession } from "./operations.ts";
import { play } from "./player.ts";
import type { Records } from "./records.ts";

export interface CrowdOptions {
  /** Of the balancer. */
  readonly url: string;
  readonly players: number;
  /** The longest that a player thinks, in milliseconds. */
  readonly thinkMs?: number;
  readonly records: Records;
}

export interface Crowd {
  /** Sessions that were opened, and those that are going on. */
  readonly counts: { readonly opened: number; readonly running: number; readonly playing: number };
  /** No new sessions; those that run are finished by their hosts, and everyone leaves. Rejects after the time given. */
  finish(timeoutMs: number): Promise<void>;
}

/** Players of one session, about: a class. */
const SESSION_PLAYERS = 20;
/** Longer than the questions' 5 s, so that some answers come too late. */
const THINK_MS = 6000;
const SELF_PACED_MS = 45_000;
const JOINING_MS = 1500;

/** Keeps sessions going, each lane one after the other, half of them at the host's pace and half at the players' own. */
export async function startCrowd({
  url,
  players,
  thinkMs = THINK_MS,
  records,
}: CrowdOptions): Promise<Crowd> {
  const lanes = Math.max(2, Math.round(players / SESSION_PLAYERS));
  const hurry = new AbortController();
  const giveUp = new AbortController();
  setMaxListeners(0, hurry.signal, giveUp.signal);
  const asking: Asking = { records, signal: giveUp.signal };
  const host = await Host.signUp(url, asking, "host");
  const counts = { opened: 0, running: 0, playing: 0 };

  async function session(lane: number, round: number): Promise<void> {
    const pacing: Pacing = lane % 2 === 0 ? "HOST_PACED" : "SELF_PACED";
    const opened = await host.open(pacing, round % 2 === 0, hurry.signal);
    if (!opened) return;
    counts.opened += 1;
    counts.running += 1;
    const size = Math.floor(players / lanes) + (lane < players % lanes ? 1 : 0);
    const playing = Array.from({ length: size }, (_, number) => join(opened, pacing, lane, number));
    try {
      await lead(opened, pacing, playing);
      await Promise.all(playing);
    } finally {
      counts.running -= 1;
    }
  }

  async function lead(opened: LiveSession, pacing: Pacing, playing: readonly Promise<void>[]): Promise<void> {
    await sleep(JOINING_MS, undefined, { signal: hurry.signal }).catch(() => {});
    await host.start(opened);
    if (pacing === "HOST_PACED") await host.lead(opened, hurry.signal);
    else {
      const over = sleep(SELF_PACED_MS, undefined, { signal: hurry.signal, ref: false }).catch(() => {});
      await Promise.race([over, Promise.all(playing)]);
    }
    await host.finish(opened);
  }

  async function join({ code }: LiveSession, pacing: Pacing, lane: number, number: number): Promise<void> {
    await sleep(Math.random() * JOINING_MS);
    counts.playing += 1;
    const who = { code, pacing, nickname: `${lane}-${number}`, watchesLeaderboard: number % 5 === 0 };
    await play({ ...who, url, thinkMs, records, signal: giveUp.signal });
    counts.playing -= 1;
  }

  const over = Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let round = lane; !hurry.signal.aborted; round++) {
        await session(lane, round).catch((error: unknown) => {
          records.unexpected.push(`lane ${lane}: ${String(error)}`);
          return sleep(1000);
        });
      }
    }),
  );

  return {
    counts,
    async finish(timeoutMs) {
      hurry.abort();
      const late = new AbortController();
      const timer = sleep(timeoutMs, "late" as const, { signal: late.signal }).catch(() => "late" as const);
      const how = await Promise.race([over.then(() => "over" as const), timer]);
      late.abort();
      const left = { ...counts };
      giveUp.abort();
      await over;
      if (how === "late")
        throw new Error(
          `${left.playing} players of ${left.running} sessions did not come to an end in ${timeoutMs} ms`,
        );
    },
  };
}
