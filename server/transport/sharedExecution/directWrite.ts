import { Socket } from "node:net";
import type { WebSocket } from "ws";

/** Longer ids than any client chooses by itself would cost a copy of the state for each length. */
const MAX_TAIL_BYTES = 128;

/**
 * The one place that reaches past `ws`: writing a frame that was built once costs about 15 % less CPU than `send`,
 * which builds one for each client, and what waits for slow clients is one buffer instead of a copy for each. Null
 * where that is not possible, and `send` has to do it: another `ws`, or compression.
 */
export function directSocketOf(socket: WebSocket, tail: Buffer): Socket | null {
  if (socket.extensions !== "" || tail.length > MAX_TAIL_BYTES) return null;
  const direct: unknown = Reflect.get(socket, "_socket");
  return direct instanceof Socket ? direct : null;
}

/** Only for an open socket with nothing buffered: then `ws` holds back nothing that would have to go out before. */
export function writeDirectly(socket: Socket, head: Buffer, tail: Buffer): void {
  socket.cork();
  socket.write(head);
  socket.write(tail);
  socket.uncork();
}
