import type { Redis } from "ioredis";

export interface LinkWatchParts {
  /** The connections there are now. */
  readonly links: () => Iterable<Redis>;
  /** How many ticks in a row a connection may be silent. */
  readonly patience: number;
  /** A connection was given up. */
  readonly onDead: (error: Error) => void;
  /** Between ticks, in milliseconds. */
  readonly tickMs?: number;
}

interface Silence {
  status: string;
  ticks: number;
}

/**
 * Finds connections that are dead without having been closed, as after a cable was cut: the client itself would wait
 * for the operating system, a quarter of an hour. Each is asked for a sign at each tick; one that gave none for so many
 * ticks is dropped, and its client connects anew. Ticks are counted, not time, so that a process that was stopped for a
 * while does not drop good connections when it goes on.
 */
export function watchLinks({ links, patience, onDead, tickMs = 1000 }: LinkWatchParts): () => void {
  const silences = new WeakMap<Redis, Silence>();

  function look(link: Redis): void {
    const { status } = link;
    // A connection that failed in a way that its client takes for final. Only `close` is, and it ends this watch.
    if (status === "end") return void link.connect().catch(() => {});
    const known = silences.get(link);
    const silence = known?.status === status ? known : { status, ticks: 0 };
    silences.set(link, silence);
    // "connect": the other side has accepted, and owes the first replies. Connecting itself has its own limit.
    if (status !== "ready" && status !== "connect") return;
    if (silence.ticks >= patience) {
      silence.ticks = 0;
      onDead(new Error(`Redis at ${nameOf(link)} gave no sign for ${(patience * tickMs) / 1000} s`));
      link.disconnect(true);
      return;
    }
    silence.ticks += 1;
    if (status !== "ready") return;
    const alive = () => {
      silence.ticks = 0;
    };
    link.ping().then(alive, (error: unknown) => {
      // A refusal is a sign of life, too.
      if (error instanceof Error && error.name === "ReplyError") alive();
    });
  }

  const timer = setInterval(() => {
    for (const link of links()) look(link);
  }, tickMs);
  timer.unref();
  return () => clearInterval(timer);
}

function nameOf({ options }: Redis): string {
  return `${options.host ?? ""}:${options.port ?? ""}`;
}
