import { setTimeout as pause } from "node:timers/promises";
import type { Contestant, Running } from "./contestant.ts";
import { type Arrival, type Crowd, gather } from "./crowd.ts";
import { callWitness, type Witness } from "./witness.ts";

/** A server with its followers, ready to be measured again and again. */
export interface Place {
  readonly name: string;
  readonly server: Running;
  readonly crowd: Crowd;
  readonly witness: Witness;
  /** What one follower costs the server, in bytes. */
  readonly bytesPerFollower: number;
  /** The newest version that all followers have. */
  version: number;
  stop(): Promise<void>;
}

const WARM_PUSHES = 5;
const RETRY_MS = 1_000;
const SETTLED_TIMEOUT_MS = 60_000;

/** Starts a server, and connects its followers; resolves when each has been sent something. */
export async function open(contestant: Contestant, followers: number): Promise<Place> {
  const server = await contestant.start();
  const started: (() => unknown)[] = [server.stop];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    const witness = await callWitness(server);
    started.push(witness.stop);
    // What a server loads and keeps at its first client is no matter of how many follow.
    await warmUp(server, 20);
    await server.push();
    const before = await server.program.memory();
    const crowd = await gather(server.port, server.dialect, followers);
    started.push(crowd.stop);
    const { version } = await firstOf(server, crowd);
    const after = await server.program.memory();
    const bytesPerFollower = (after - before) / followers;
    const place = { name: contestant.name, server, crowd, witness, bytesPerFollower, version, stop };
    for (let push = 0; push < WARM_PUSHES; push++) await pushOnce(place);
    return place;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Moves the leaderboard and waits until all have it. `at`: when it was moved, on the shared clock. */
export async function pushOnce(place: Place): Promise<Arrival> {
  const arrived = place.crowd.settled(place.version);
  await place.server.push();
  const arrival = await inTime(arrived, place.name);
  place.version = arrival.version;
  return arrival;
}

async function warmUp(server: Running, clients: number): Promise<void> {
  const few = await gather(server.port, server.dialect, clients);
  await firstOf(server, few);
  await few.stop();
}

/** Some servers give the current state to those who come, others only the next one; so there is a next one. */
async function firstOf(server: Running, crowd: Crowd): Promise<Arrival> {
  const arrived = inTime(crowd.settled(0), "a server");
  for (;;) {
    const arrival = await Promise.race([arrived, pause(RETRY_MS, null)]);
    if (arrival) return arrival;
    await server.push();
  }
}

async function inTime(arrival: Promise<Arrival>, name: string): Promise<Arrival> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () =>
        reject(new Error(`Not all followers of ${name} were served within ${SETTLED_TIMEOUT_MS / 1000} s.`)),
      SETTLED_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([arrival, late]);
  } finally {
    clearTimeout(timer);
  }
}
