import { z } from "zod";
import { optionalTextOf, textOf } from "../core/textRules.ts";
import { WEBHOOK_EVENTS } from "./webhook.ts";

/** Of one user. */
export const WEBHOOK_LIMIT = 10;
const URL_LENGTH = 2000;

const url = z
  .string()
  .trim()
  .min(1, "The address is missing.")
  .max(URL_LENGTH, `An address has at most ${URL_LENGTH} characters.`);
const events = z
  .array(z.enum(WEBHOOK_EVENTS))
  .min(1, "Choose at least one event.")
  .transform((chosen) => WEBHOOK_EVENTS.filter((event) => chosen.includes(event)));
const DESCRIPTION_LENGTH = 200;

export const newWebhookRules = z.object({
  url,
  events,
  description: optionalTextOf("The description", DESCRIPTION_LENGTH),
});

/** What is left out stays as it is. */
export const webhookChangeRules = z.object({
  url: url.optional(),
  events: events.optional(),
  /** Empty: none any more. */
  description: textOf("The description", 0, DESCRIPTION_LENGTH)
    .transform((text) => text || null)
    .optional(),
  enabled: z.boolean().optional(),
});

export type NewWebhook = z.input<typeof newWebhookRules>;
export type WebhookChange = z.input<typeof webhookChangeRules>;
