/**
 * The server's clock as this device can know it. Every message with the server's time bounds the difference between
 * the two clocks: it was read before it arrived (`offset ≥ serverTime − receivedAt`) and, if we asked for it, after we
 * asked (`offset ≤ serverTime − sentAt`). The newest bounds are intersected, and the middle is taken: Cristian's
 * algorithm, narrowed by every further message.
 */
export interface ServerClock {
  /** Takes in a time that the server told, and when (by the device's clock) it was asked for and received. */
  sample: (serverTime: string | number, times?: { sentAt?: number; receivedAt?: number }) => void;
  /** The server's time now, in milliseconds since 1970. */
  now: () => number;
  /** Milliseconds until a moment of the server's clock; 0 when it is over. Computed afresh, never counted down. */
  remaining: (until: string | number) => number;
}

interface Bounds {
  lower: number;
  upper: number;
}

const keptSamples = 12;

const milliseconds = (time: string | number) => (typeof time === "number" ? time : Date.parse(time));

export function createServerClock(deviceNow: () => number = Date.now): ServerClock {
  let samples: Bounds[] = [];
  let offset = 0;

  const estimate = (): number | undefined => {
    const lower = Math.max(...samples.map((bounds) => bounds.lower));
    const upper = Math.min(...samples.map((bounds) => bounds.upper));
    if (lower > upper) return undefined;
    return upper === Number.POSITIVE_INFINITY ? lower : (lower + upper) / 2;
  };

  const now = () => deviceNow() + offset;
  return {
    sample: (serverTime, { sentAt, receivedAt = deviceNow() } = {}) => {
      const time = milliseconds(serverTime);
      if (Number.isNaN(time)) return;
      const bounds = {
        lower: time - receivedAt,
        upper: sentAt === undefined ? Number.POSITIVE_INFINITY : time - sentAt,
      };
      samples = [...samples.slice(1 - keptSamples), bounds];
      let next = estimate();
      if (next === undefined) {
        // The bounds contradict each other: one of the clocks has been set. Only the newest can be trusted.
        samples = [bounds];
        next = estimate();
      }
      offset = next ?? offset;
    },
    now,
    remaining: (until) => Math.max(0, milliseconds(until) - now()),
  };
}
