import proxyAddr from "proxy-addr";
import { z } from "zod";

/** How the server is kept from callers, and callers from each other. */
export interface ProtectionConfig {
  readonly rateLimits: boolean;
  /** Whose X-Forwarded-For counts; empty: nobody's. */
  readonly trustedProxies: readonly string[];
  readonly maxSocketsPerAddress: number;
  /** Origins of other sites whose pages may call; null: any, with a bearer token. */
  readonly allowedOrigins: readonly string[] | null;
  readonly introspection: boolean;
  readonly playground: boolean;
  /** Whether only the web app's own operations are executed. */
  readonly persistedOnly: boolean;
}

const onOff = (unless: "on" | "off") =>
  z
    .enum(["on", "off"], "must be on or off")
    .default(unless)
    .transform((value) => value === "on");

const list = (text: string) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

function areAddresses(names: readonly string[]): boolean {
  try {
    proxyAddr.compile([...names]);
    return true;
  } catch {
    return false;
  }
}

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text && text !== "null";

/** The environment's part of it. */
export const protectionVariables = {
  RATE_LIMITS: onOff("on"),
  TRUSTED_PROXIES: z
    .string()
    .default("")
    .transform(list)
    .refine(
      areAddresses,
      "must be addresses or networks with commas between them, such as 10.0.0.5,172.16.0.0/12",
    ),
  MAX_SOCKETS_PER_ADDRESS: z.coerce
    .number("must be a whole number above 0")
    .int("must be a whole number above 0")
    .positive("must be a whole number above 0")
    .default(5_000),
  ALLOWED_ORIGINS: z
    .string()
    .transform(list)
    .refine(
      (origins) => origins.every(isOrigin),
      "must be origins with commas between them, such as https://school.example",
    )
    .optional(),
  INTROSPECTION: onOff("on"),
  PLAYGROUND: onOff("on"),
  PERSISTED_ONLY: onOff("off"),
};

const shape = z.object(protectionVariables);

export function protectionOf(data: z.infer<typeof shape>): ProtectionConfig {
  return {
    rateLimits: data.RATE_LIMITS,
    trustedProxies: data.TRUSTED_PROXIES,
    maxSocketsPerAddress: data.MAX_SOCKETS_PER_ADDRESS,
    allowedOrigins: data.ALLOWED_ORIGINS ?? null,
    introspection: data.INTROSPECTION,
    playground: data.PLAYGROUND,
    persistedOnly: data.PERSISTED_ONLY,
  };
}
