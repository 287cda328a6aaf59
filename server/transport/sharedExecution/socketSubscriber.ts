import type { Socket } from "node:net";
import { WebSocket } from "ws";
import { closeAsSlow, MAX_BUFFERED } from "../boundedSocket.ts";
import { directSocketOf, writeDirectly } from "./directWrite.ts";
import { ParkedGenerator } from "./parkedGenerator.ts";
import { NextFrames, type SharedState } from "./sharedState.ts";
import type { Subscriber } from "./subscriber.ts";

/** Told of one subscriber. */
export interface Following {
  delivered(): void;
  /** Once, however it ends. */
  left(): void;
}

/** A subscription of a WebSocket client: `next` is written here, everything else of the protocol is graphql-ws's. */
export class SocketSubscriber implements Subscriber {
  /** For graphql-ws. */
  readonly results: ParkedGenerator;
  readonly #socket: WebSocket;
  readonly #tail: Buffer;
  readonly #direct: Socket | null;
  readonly #following: Following;

  constructor(socket: WebSocket, id: string, following: Following, onReturn: () => void) {
    this.results = new ParkedGenerator(() => {
      onReturn();
      following.left();
    });
    this.#following = following;
    this.#socket = socket;
    this.#tail = NextFrames.tailOf(id);
    this.#direct = directSocketOf(socket, this.#tail);
  }

  offer(state: SharedState): boolean {
    const socket = this.#socket;
    // Whoever is on the way out needs nothing any more.
    if (socket.readyState !== WebSocket.OPEN) return true;
    const waiting = socket.bufferedAmount;
    if (waiting > MAX_BUFFERED) this.giveUp();
    if (waiting > 0) return false;
    if (this.#direct) writeDirectly(this.#direct, state.frames.head(this.#tail.length), this.#tail);
    else this.#send(state);
    this.#following.delivered();
    return true;
  }

  giveUp(): void {
    if (this.#socket.readyState === WebSocket.OPEN) closeAsSlow(this.#socket);
  }

  end(unsent: SharedState | null): void {
    if (unsent) this.#send(unsent);
    this.results.end();
    this.#following.left();
  }

  fail(unsent: SharedState | null, error: unknown): void {
    if (unsent) this.#send(unsent);
    this.results.fail(error);
    this.#following.left();
  }

  #send(state: SharedState): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(state.frames.message(this.#tail), { binary: false }, () => {});
  }
}
