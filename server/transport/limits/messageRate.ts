import type { WebSocket } from "ws";
import { createTokenBuckets } from "./tokenBuckets.ts";

/** Of one socket: a host's screen with all its subscriptions sends a few dozen when it opens. */
const MESSAGE_RULE = { burst: 500, perSecond: 200 } as const;
/** Clients take it as "later", and come back. */
const TRY_AGAIN_LATER = 1013;

/** Closes a socket that sends more than anybody needs: each message costs something before it is understood. */
export function limitMessages(socket: WebSocket): void {
  const bucket = createTokenBuckets(MESSAGE_RULE);
  socket.on("message", () => {
    if (bucket.take("", performance.now()) > 0) socket.close(TRY_AGAIN_LATER, "Too many messages");
  });
}
