import { z } from "zod";
import { textOf } from "../core/textRules.ts";
import { API_KEY_SCOPES } from "./apiKeyScopes.ts";

export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;
export const NAME_LIMIT = 80;

const name = textOf("The name", 1, NAME_LIMIT);

export const signUpRules = z.object({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email("This is not an email address.").max(254, "This email address is too long.")),
  password: z
    .string()
    .min(PASSWORD_LENGTH.min, `A password has at least ${PASSWORD_LENGTH.min} characters.`)
    .max(PASSWORD_LENGTH.max, `A password has at most ${PASSWORD_LENGTH.max} characters.`),
  name,
});

const DAY_MS = 24 * 60 * 60 * 1000;
export const API_KEY_MAX_DAYS = 3650;
/** Of one user. */
export const API_KEY_LIMIT = 50;

/** `now`: milliseconds since 1970. */
export const apiKeyRules = (now: number) =>
  z.object({
    name,
    expiresAt: z
      .date()
      .min(new Date(now + 1), "The key would have expired already.")
      .max(new Date(now + API_KEY_MAX_DAYS * DAY_MS), "A key is valid for ten years at most.")
      .nullish(),
    scopes: z
      .array(z.enum(API_KEY_SCOPES))
      .nonempty("A key needs a scope to be of use.")
      .transform((scopes) => [...new Set(scopes)])
      .nullish(),
  });
