import { Webhook as Signer } from "standardwebhooks";
import { waitAfter } from "./backOff.ts";
import type { Endpoints } from "./endpoints.ts";
import { type Posted, post } from "./post.ts";
import type { Outcome, Taken } from "./queue.ts";
import type { SecretBox } from "./secrets.ts";
import { type DeliveryId, TEST_TYPE } from "./webhook.ts";

export interface TryParts {
  readonly endpoints: Endpoints;
  readonly secrets: SecretBox;
  readonly userAgent: string;
  readonly timeoutMs: number;
}

/** The header `webhook-id`: the same however often a message is sent. */
export const messageIdOf = (id: DeliveryId) => `msg_${id}`;

/** Sends a message once. Never rejects; null where `signal` broke it off. */
export async function tryDelivery(
  { endpoints, secrets, userAgent, timeoutMs }: TryParts,
  { id, url, secrets: sealed, type, tries, triesBefore }: Taken,
  payload: string | null,
  signal: AbortSignal,
): Promise<Outcome | null> {
  if (payload === null) return { ...refused("What it tells of has been erased.", null), kind: "erased" };
  const failures = tries - triesBefore;
  // Nobody waits for a test that comes hours later.
  const wait = (askedMs = 0) => (type === TEST_TYPE ? null : waitAfter(failures, askedMs));
  const objection = endpoints.plainObjection(url);
  if (objection !== null) return refused(objection, wait());

  const began = performance.now();
  const timestamp = new Date();
  const messageId = messageIdOf(id);
  let signatures: readonly string[];
  try {
    signatures = sealed.map((secret) => new Signer(secrets.open(secret)).sign(messageId, timestamp, payload));
  } catch {
    return refused("Its secret cannot be read, since AUTH_SECRET has changed: make a new one.", wait());
  }
  const posted = await post(endpoints.way, {
    url,
    headers: {
      "content-type": "application/json",
      "user-agent": userAgent,
      "webhook-id": messageId,
      "webhook-timestamp": String(Math.floor(timestamp.getTime() / 1000)),
      "webhook-signature": signatures.join(" "),
    },
    body: payload,
    timeoutMs,
    signal,
  });
  if (signal.aborted && posted.status === null) return null;
  return outcomeOf(posted, Math.round(performance.now() - began), wait(posted.retryAfterMs));
}

function outcomeOf({ status, body, error }: Posted, durationMs: number, waitMs: number | null): Outcome {
  const answered = { responseStatus: status, responseBody: body, durationMs };
  if (status !== null && status >= 200 && status < 300)
    return { ...answered, kind: "delivered", error: null, waitMs: null };
  if (status === 410) return { ...answered, kind: "gone", error: "It is gone for good.", waitMs: null };
  const isRedirect = status !== null && status >= 300 && status < 400;
  const reason = isRedirect
    ? "It sent us elsewhere, where messages do not follow."
    : `It answered ${status}.`;
  return { ...answered, kind: "failed", error: error ?? reason, waitMs };
}

function refused(error: string, waitMs: number | null): Outcome {
  return { kind: "failed", responseStatus: null, responseBody: null, error, durationMs: 0, waitMs };
}
