import { WebSocket } from "ws";

type Data = Parameters<WebSocket["send"]>[0];
type Sent = (error?: Error) => void;

/** What may wait for a client that does not read, in bytes. */
export const MAX_BUFFERED = 1024 * 1024;
/** The close frame waits behind all that; a client that reads nothing never gets it. */
const LAST_WORDS_MS = 1_000;
const TRY_AGAIN_LATER = 1013;

/**
 * A socket with a bound on what waits in it (I8). Sending counts as done at once, so that a client that does not read
 * fills its own socket, where it is seen and closed, instead of stalling the feed of events that it shares.
 */
export class BoundedSocket extends WebSocket {
  #given = false;

  override send(data: Data, sent?: Sent): void;
  override send(data: Data, options: object, sent?: Sent): void;
  override send(data: Data, second?: object | Sent, third?: Sent): void {
    const options = typeof second === "function" ? {} : (second ?? {});
    const sent = typeof second === "function" ? second : third;
    if (this.readyState === WebSocket.OPEN && !this.#given) {
      super.send(data, options, () => {});
      if (this.bufferedAmount > MAX_BUFFERED) this.#giveUp();
    }
    sent?.();
  }

  /**
   * Of an error, `ws` has closed the connection already, with the fitting code; graphql-ws would only print what a client
   * did. Whoever is cut off as too slow was closed with 1013, though it never said that it has heard of it.
   */
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === "error") return false;
    if (event === "close" && slow.has(this)) return super.emit(event, TRY_AGAIN_LATER, args[1]);
    return super.emit(event, ...args);
  }

  #giveUp(): void {
    this.#given = true;
    closeAsSlow(this);
  }
}

const slow = new WeakSet<WebSocket>();

/** What is said to a client that does not read: that it may come again. */
export function closeAsSlow(socket: WebSocket): void {
  slow.add(socket);
  socket.close(TRY_AGAIN_LATER, "Too slow to follow");
  setTimeout(() => socket.terminate(), LAST_WORDS_MS).unref();
}
