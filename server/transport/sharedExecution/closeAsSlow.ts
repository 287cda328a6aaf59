import type { WebSocket } from "ws";
import { TRY_AGAIN_LATER } from "../boundedSocket.ts";

/** The close frame waits behind what the client has not read; one that reads nothing never gets it. */
const LAST_WORDS_MS = 1_000;

export function closeAsSlow(socket: WebSocket): void {
  socket.close(TRY_AGAIN_LATER, "Too slow to follow");
  setTimeout(() => socket.terminate(), LAST_WORDS_MS).unref();
}
