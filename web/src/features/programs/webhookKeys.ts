import type {
  ProgramDeliveryFragment,
  WebhookDisabledReason,
  WebhookEvent,
} from "../../graphql/generated/graphql.ts";
import type { MessageKey } from "../../i18n/i18n.ts";

/** What an event is called here, and when it happens. */
export const eventKeys: Record<WebhookEvent, { readonly label: MessageKey; readonly hint: MessageKey }> = {
  SESSION_FINISHED: { label: "webhooks.sessionFinished", hint: "webhooks.sessionFinishedHint" },
  ATTEMPT_FINISHED: { label: "webhooks.attemptFinished", hint: "webhooks.attemptFinishedHint" },
};

export const EVENTS = Object.keys(eventKeys) as WebhookEvent[];

export const reasonKeys: Record<WebhookDisabledReason, MessageKey> = {
  GONE: "webhooks.offGone",
  FAILING: "webhooks.offFailing",
};

/** What became of a message, and how that looks. */
export const statusKeys: Record<
  ProgramDeliveryFragment["status"],
  { readonly label: MessageKey; readonly mark: string; readonly look: string }
> = {
  WAITING: { label: "webhooks.waiting", mark: "…", look: "text-ink-soft" },
  DELIVERED: { label: "webhooks.delivered", mark: "✓", look: "text-good" },
  FAILED: { label: "webhooks.failed", mark: "✕", look: "text-bad" },
};
