/** Milliseconds since 1970, UTC. The one judge of time in a process; tests move it by hand. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
