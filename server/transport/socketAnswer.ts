import type { Duplex } from "node:stream";
import type { ExecutionResult } from "graphql";
import type { WebSocket } from "ws";

/**
 * Tells a client what its query or mutation came to, and that nothing follows: `next` and `complete` of the protocol
 * graphql-transport-ws, in one packet. `wire`: what the socket writes to.
 */
export function sendAnswer(socket: WebSocket, wire: Duplex, id: string, result: ExecutionResult): void {
  const name = JSON.stringify(id);
  wire.cork();
  socket.send(`{"id":${name},"type":"next","payload":${JSON.stringify(result)}}`);
  socket.send(`{"id":${name},"type":"complete"}`);
  wire.uncork();
}
