import { answerBench, sharedClock } from "../../harness/inside.ts";
import type { LeanSocket } from "../../harness/leanSocket.ts";
import type { Arrival, ConnectOrder } from "../crowd.ts";
import { follow, phrasesOf } from "../follower.ts";

// Many clients in one process, which follow one server, and note when each version was here.
const PORTS_OF_ADDRESS = 20_000;

interface Counted {
  count: number;
  firstAt: number;
  lastAt: number;
}

interface Waiting {
  readonly after: number;
  resolve(arrival: Arrival): void;
}

const sockets: LeanSocket[] = [];
const versions = new Map<number, Counted>();
const waiting = new Set<Waiting>();
const closed: Record<string, number> = {};
let delivered = 0;
let backwards = 0;
let noting = false;
let noted: number[] = [];

function arrivalOf(version: number): Arrival | null {
  const counted = versions.get(version);
  if (!counted || counted.count < sockets.length) return null;
  const { firstAt, lastAt } = counted;
  return { version, firstAt, lastAt };
}

function arrived(version: number): void {
  const now = sharedClock();
  delivered += 1;
  let counted = versions.get(version);
  if (!counted) {
    counted = { count: 0, firstAt: now, lastAt: now };
    versions.set(version, counted);
  }
  counted.count += 1;
  counted.lastAt = now;
  if (noting) noted.push(now - counted.firstAt);
  if (counted.count < sockets.length) return;
  const arrival = arrivalOf(version);
  for (const waiter of waiting) {
    if (!arrival || version <= waiter.after) continue;
    waiting.delete(waiter);
    waiter.resolve(arrival);
  }
  for (const old of versions.keys()) if (old < version) versions.delete(old);
}

function connectOne(
  order: ConnectOrder,
  phrases: ReturnType<typeof phrasesOf>,
  index: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let last = 0;
    const socket = follow({
      port: order.port,
      phrases,
      localAddress: `127.0.0.${1 + Math.floor(index / PORTS_OF_ADDRESS)}`,
      onReady: resolve,
      onState(version) {
        if (version <= last) backwards += 1;
        last = version;
        arrived(version);
      },
      onClose(code) {
        const key = String(code ?? "cut");
        closed[key] = (closed[key] ?? 0) + 1;
        reject(new Error(`A client was closed: ${key}`));
      },
    });
    sockets.push(socket);
  });
}

answerBench({
  async connect(order: ConnectOrder) {
    const phrases = phrasesOf(order.dialect);
    let next = 0;
    const connectSome = async () => {
      for (let index = next++; index < order.count; index = next++) await connectOne(order, phrases, index);
    };
    await Promise.all(Array.from({ length: order.atOnce }, connectSome));
  },
  /** When all of them have a version above `after`. */
  settled({ after }: { after: number }) {
    for (const version of versions.keys()) {
      const arrival = version > after && arrivalOf(version);
      if (arrival) return arrival;
    }
    return new Promise<Arrival>((resolve) => waiting.add({ after, resolve }));
  },
  note(more: boolean) {
    noting = more;
    const late = Float64Array.from(noted);
    noted = [];
    return late;
  },
  counts: () => ({ delivered, backwards, closed }),
  pause() {
    for (const socket of sockets) socket.pause();
  },
  resume() {
    for (const socket of sockets) socket.resume();
  },
});
