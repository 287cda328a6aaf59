import { setTimeout as pause } from "node:timers/promises";
import { median } from "../harness/figures.ts";
import { sharedClock } from "../harness/inside.ts";
import { type Place, pushOnce } from "./place.ts";

export interface RoundFigures {
  /**
   * Server CPU for each message that a client received, in µs: everything that the process did meanwhile, the change
   * itself included, less what it does in that time when nothing happens.
   */
  readonly cpu: number;
  /** From the moment that the change is asked for until the last client has it, in ms; the median of the round. */
  readonly last: number;
  /** From the first client that has it to the last. */
  readonly spread: number;
}

/** Pushes come no faster than this, so that each is a push of its own: sessions are told of four a second at most. */
const PACE_MS = 300;

/** So many pushes to all followers, one after the other. `idle`: what the server does anyway, CPU in ms a second. */
export async function playRound(place: Place, pushes: number, idle: number): Promise<RoundFigures> {
  const { crowd, server } = place;
  const lasts: number[] = [];
  const spreads: number[] = [];
  const before = await crowd.counts();
  const cpuBefore = server.program.cpuMs();
  const began = sharedClock();
  for (let push = 0; push < pushes; push++) {
    const asked = sharedClock();
    const { firstAt, lastAt } = await pushOnce(place);
    lasts.push(lastAt - asked);
    spreads.push(lastAt - firstAt);
    await pause(Math.max(0, PACE_MS - (sharedClock() - asked)));
  }
  const seconds = (sharedClock() - began) / 1000;
  const cpuMs = server.program.cpuMs() - cpuBefore - idle * seconds;
  const after = await crowd.counts();
  if (after.backwards > 0) throw new Error(`${place.name}: clients were sent old states after newer ones`);
  const messages = after.delivered - before.delivered;
  return { cpu: (cpuMs * 1000) / messages, last: median(lasts), spread: median(spreads) };
}

/** What each server does while nothing happens, all at the same time: CPU in ms a second. */
export async function idleCosts(places: readonly Place[], seconds: number): Promise<readonly number[]> {
  const before = places.map(({ server }) => server.program.cpuMs());
  await pause(seconds * 1000);
  return places.map(({ server }, index) => (server.program.cpuMs() - (before[index] ?? 0)) / seconds);
}
