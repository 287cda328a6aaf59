import type { Server, ServerResponse } from "node:http";
import { type Farewell, spreadOver, whenAborted } from "./spread.ts";

export interface HttpFarewell {
  /** From now on a connection ends with its next answer, so that none is caught between two requests by the end. */
  keepNoConnections(): void;
  /** Takes no more connections, ends event streams, lets requests finish; resolves when nobody is connected. */
  stop(farewell: Farewell): Promise<void>;
}

/** How often connections are looked for that have become idle. */
const SWEEP_MS = 50;

/** How an HTTP server leaves. To be called before its first request. */
export function createHttpFarewell(http: Server): HttpFarewell {
  const streams = new Set<ServerResponse>();
  let keeps = true;
  http.prependListener("request", (request, response: ServerResponse) => {
    if (!keeps) response.setHeader("Connection", "close");
    if (!request.headers.accept?.includes("text/event-stream")) return;
    streams.add(response);
    response.once("close", () => streams.delete(response));
  });

  return {
    keepNoConnections() {
      keeps = false;
    },
    async stop(farewell) {
      keeps = false;
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeIdleConnections();
      whenAborted(farewell.enough, () => http.closeAllConnections());
      let everyoneTold = false;
      // Node looks for idle connections once, when it closes; those that become idle later would stay for a minute.
      const sweep = setInterval(() => {
        http.closeIdleConnections();
        if (everyoneTold) for (const stream of streams) endStream(stream);
      }, SWEEP_MS);
      await spreadOver(streams, farewell, endStream);
      everyoneTold = true;
      await closed;
      clearInterval(sweep);
    },
  };
}

/** Ends a stream of events as if it were complete, which makes its client ask again. An answer still to come is spared. */
function endStream(response: ServerResponse): void {
  if (!response.headersSent || response.writableEnded) return;
  // The operation behind it may write once more before it notices.
  response.on("error", () => {});
  response.end(() => response.destroy());
}
