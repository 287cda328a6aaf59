import { z } from "zod";
import { StartError } from "./core/startError.ts";
import { type ProtectionConfig, protectionOf, protectionVariables } from "./protectionVariables.ts";

/** Where the data lives. Embedded, the secret may be left to the program, which then keeps one beside the data. */
export type DatabaseConfig =
  | { readonly kind: "embedded"; readonly dataFolder: string; readonly authSecret: string | null }
  | { readonly kind: "given"; readonly url: string; readonly authSecret: string };

/** Redis, where many servers share their live state; what they must all agree on, and how each takes part. */
export interface SharedConfig {
  readonly redisUrl: string;
  /** Whether this server also writes the journal to PostgreSQL; where not, workers of their own do. */
  readonly writesJournal: boolean;
}

export interface Config {
  /** 0: any free one. */
  readonly port: number;
  /** Undefined: every address of the machine, IPv6 too where it has one. */
  readonly host: string | undefined;
  readonly database: DatabaseConfig;
  /** Null: this is the only server. */
  readonly shared: SharedConfig | null;
  /** Without a slash at the end; null: the machine's address in its local network. */
  readonly publicUrl: string | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** How long a stopping server says "not ready" before it stops taking clients, and then lets go of them; seconds. */
  readonly drainSeconds: number;
  /** What programs must show to read /metrics; null: nobody may, except from this machine. */
  readonly metricsToken: string | null;
  /** Where traces go by OTLP over HTTP; null: nothing is traced. */
  readonly traceEndpoint: string | null;
  /** How many of the requests are traced, from 0 to 1. */
  readonly traceShare: number;
  /** Whether webhooks may be plain http, and in private networks. */
  readonly privateWebhooks: boolean;
  readonly protection: ProtectionConfig;
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
const SECRET_LENGTH = 32;

const shape = z.object({
  PORT: z.coerce
    .number("must be a number from 0 to 65535")
    .int("must be a whole number")
    .min(0, "must be a number from 0 to 65535")
    .max(65_535, "must be a number from 0 to 65535")
    .default(4000),
  HOST: z.string().optional(),
  DATA_DIR: z.string().default("./.data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must start with postgresql://" }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "must start with redis:// or rediss://" }).optional(),
  JOURNAL_WORKER: z.enum(["on", "off"], "must be on or off").default("on"),
  AUTH_SECRET: z.string().min(SECRET_LENGTH, `must have at least ${SECRET_LENGTH} characters`).optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must start with http:// or https://" })
    .transform((url) => url.replace(/\/+$/, ""))
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  DRAIN_SECONDS: z.coerce
    .number("must be a number of seconds from 0 to 300")
    .min(0, "must be a number of seconds from 0 to 300")
    .max(300, "must be a number of seconds from 0 to 300")
    .optional(),
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: "must start with http:// or https://" })
    .optional(),
  WEBHOOK_ALLOW_PRIVATE: z.enum(["on", "off"], "must be on or off").default("off"),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number("must be a share from 0 to 1")
    .min(0, "must be a share from 0 to 1")
    .max(1, "must be a share from 0 to 1")
    .default(0.01),
  ...protectionVariables,
});

/** Long enough for a balancer that asks every few seconds to notice; alone, there is no other server to go to. */
const SHARED_DRAIN_SECONDS = 8;

/** The environment, read and checked once; an empty variable counts as not set. Throws a StartError. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ""));
  const { success, data, error } = shape.safeParse(given);
  if (!success) {
    const [issue] = error.issues;
    throw new StartError(`${issue?.path.join(".")} ${issue?.message}.`);
  }
  const shared = sharedOf(data);
  return {
    port: data.PORT,
    host: data.HOST,
    database: databaseOf(data),
    shared,
    publicUrl: data.PUBLIC_URL ?? null,
    logLevel: data.LOG_LEVEL,
    drainSeconds: data.DRAIN_SECONDS ?? (shared === null ? 0 : SHARED_DRAIN_SECONDS),
    metricsToken: data.METRICS_TOKEN ?? null,
    traceEndpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    traceShare: data.OTEL_TRACES_SAMPLER_ARG,
    privateWebhooks: data.WEBHOOK_ALLOW_PRIVATE === "on",
    protection: protectionOf(data),
  };
}

/** The addresses alone, for commands that are no server. Throws a StartError. */
export function readAddresses(environment: NodeJS.ProcessEnv = process.env) {
  const { success, data, error } = shape
    .pick({ DATABASE_URL: true, REDIS_URL: true })
    .safeParse(Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== "")));
  if (!success) throw new StartError(`${error.issues[0]?.path.join(".")} ${error.issues[0]?.message}.`);
  return { databaseUrl: data.DATABASE_URL, redisUrl: data.REDIS_URL };
}

function sharedOf(data: z.infer<typeof shape>): SharedConfig | null {
  const { REDIS_URL: redisUrl, DATABASE_URL: databaseUrl, JOURNAL_WORKER: worker } = data;
  if (redisUrl === undefined) return null;
  if (databaseUrl === undefined) {
    throw new StartError("DATABASE_URL is required with REDIS_URL: servers share their PostgreSQL, too.");
  }
  return { redisUrl, writesJournal: worker === "on" };
}

function databaseOf(data: z.infer<typeof shape>): DatabaseConfig {
  const { DATABASE_URL: url, AUTH_SECRET: authSecret, DATA_DIR: dataFolder } = data;
  if (url === undefined) return { kind: "embedded", dataFolder, authSecret: authSecret ?? null };
  if (authSecret !== undefined) return { kind: "given", url, authSecret };
  throw new StartError(
    `AUTH_SECRET is required with DATABASE_URL: at least ${SECRET_LENGTH} characters, the same on every server.`,
  );
}
