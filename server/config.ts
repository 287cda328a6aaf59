import { z } from "zod";
import { StartError } from "./core/startError.ts";

/** Where the data lives. Embedded, the secret may be left to the program, which then keeps one beside the data. */
export type DatabaseConfig =
  | { readonly kind: "embedded"; readonly dataFolder: string; readonly authSecret: string | null }
  | { readonly kind: "given"; readonly url: string; readonly authSecret: string };

export interface Config {
  /** 0: any free one. */
  readonly port: number;
  /** Undefined: every address of the machine, IPv6 too where it has one. */
  readonly host: string | undefined;
  readonly database: DatabaseConfig;
  /** Without a slash at the end; null: the machine's address in its local network. */
  readonly publicUrl: string | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
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
  REDIS_URL: z
    .undefined("is not supported yet: this version runs as a single server, without Redis")
    .optional(),
  AUTH_SECRET: z.string().min(SECRET_LENGTH, `must have at least ${SECRET_LENGTH} characters`).optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must start with http:// or https://" })
    .transform((url) => url.replace(/\/+$/, ""))
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
});

/** The environment, read and checked once; an empty variable counts as not set. Throws a StartError. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ""));
  const { success, data, error } = shape.safeParse(given);
  if (!success) {
    const [issue] = error.issues;
    throw new StartError(`${issue?.path.join(".")} ${issue?.message}.`);
  }
  return {
    port: data.PORT,
    host: data.HOST,
    database: databaseOf(data),
    publicUrl: data.PUBLIC_URL ?? null,
    logLevel: data.LOG_LEVEL,
  };
}

function databaseOf(data: z.infer<typeof shape>): DatabaseConfig {
  const { DATABASE_URL: url, AUTH_SECRET: authSecret, DATA_DIR: dataFolder } = data;
  if (url === undefined) return { kind: "embedded", dataFolder, authSecret: authSecret ?? null };
  if (authSecret !== undefined) return { kind: "given", url, authSecret };
  throw new StartError(
    `AUTH_SECRET is required with DATABASE_URL: at least ${SECRET_LENGTH} characters, the same on every server.`,
  );
}
