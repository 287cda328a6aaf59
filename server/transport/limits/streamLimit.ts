import type { RefuseRequest } from "./bodyLimit.ts";
import type { Protection } from "./protection.ts";

const RETRY_SECONDS = 5;

/** Counts streams of events with the WebSockets of their address: they last as long, and cost as much. */
export function limitStreams({
  addressOf,
  connections,
}: Pick<Protection, "addressOf" | "connections">): RefuseRequest {
  return (request, response) => {
    if (!request.headers.accept?.includes("text/event-stream")) return false;
    const address = addressOf(request);
    if (connections.entered(address)) {
      response.once("close", () => connections.left(address));
      return false;
    }
    const message = "Too many connections from this network.";
    const extensions = { code: "RATE_LIMITED", retryAfterSeconds: RETRY_SECONDS };
    response.writeHead(429, {
      "Content-Type": "application/json; charset=utf-8",
      "Retry-After": RETRY_SECONDS,
    });
    response.end(JSON.stringify({ errors: [{ message, extensions }] }));
    return true;
  };
}
