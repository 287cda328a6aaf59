import { apiKey } from "@better-auth/api-key";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { bearer } from "better-auth/plugins";
import { sortableId } from "../core/ids.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import { API_KEY_MAX_DAYS, NAME_LIMIT, PASSWORD_LENGTH } from "./rules.ts";

export const COOKIE_PREFIX = "vq";
export const API_KEY_PREFIX = "vq_";

const DAY_SECONDS = 24 * 60 * 60;

export interface AuthOptions {
  readonly prisma: PrismaClient;
  /** AUTH_SECRET. */
  readonly secret: string;
  /** Where browsers reach the server; https makes the cookies Secure. */
  readonly publicUrl: string;
  readonly log?: (level: "debug" | "info" | "warn" | "error", message: string) => void;
}

export type Auth = ReturnType<typeof createAuth>;

/**
 * better-auth, as this program uses it: its sign-ins, hashing, cookies and API keys, in our tables. None of its HTTP
 * routes are served; the schema's mutations call it. Its words differ from ours: its session is a SignIn here, its
 * account a Credential.
 */
export function createAuth({ prisma, secret, publicUrl, log }: AuthOptions) {
  return betterAuth({
    secret,
    baseURL: publicUrl,
    database: prismaAdapter(prisma, { provider: "postgresql" }),
    user: { modelName: "user" },
    session: { modelName: "signIn", expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS },
    account: { modelName: "credential" },
    verification: { modelName: "verification" },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    plugins: [
      bearer(),
      apiKey({
        defaultPrefix: API_KEY_PREFIX,
        // Counted in UTF-16 here, in characters by our rules, which come first.
        maximumNameLength: 2 * NAME_LIMIT,
        keyExpiration: { minExpiresIn: 0, maxExpiresIn: API_KEY_MAX_DAYS + 1 },
        rateLimit: { enabled: false },
        // What tells a user's keys apart: six letters of 64.
        startingCharactersConfig: { shouldStore: true, charactersLength: API_KEY_PREFIX.length + 6 },
        schema: { apikey: { modelName: "apiKey" } },
      }),
    ],
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: publicUrl.startsWith("https:"),
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
      database: { generateId: () => sortableId() },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: log ? { level: "warn", log: (level, message) => log(level, message) } : { disabled: true },
  });
}
