import { expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { StartError } from "./core/startError.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const URL = "postgresql://quiz:secret@db.example.org/quiz";

test("without any variable, the server is embedded, on port 4000, on every address", () => {
  expect(readConfig({})).toEqual({
    port: 4000,
    host: undefined,
    database: { kind: "embedded", dataFolder: "./.data", authSecret: null },
    shared: null,
    publicUrl: null,
    logLevel: "info",
    drainSeconds: 0,
    metricsToken: null,
    traceEndpoint: null,
    traceShare: 0.01,
    privateWebhooks: false,
    protection: {
      rateLimits: true,
      trustedProxies: [],
      maxSocketsPerAddress: 5000,
      allowedOrigins: null,
      introspection: true,
      playground: true,
      persistedOnly: false,
    },
  });
});

test("an empty variable counts as not set", () => {
  expect(readConfig({ PORT: "", DATABASE_URL: " ", REDIS_URL: "", HOST: "" })).toEqual(readConfig({}));
});

test("a given database wants a secret of its own", () => {
  expect(readConfig({ DATABASE_URL: URL, AUTH_SECRET: SECRET }).database).toEqual({
    kind: "given",
    url: URL,
    authSecret: SECRET,
  });
  expect(() => readConfig({ DATABASE_URL: URL })).toThrow(/^AUTH_SECRET is required with DATABASE_URL/);
});

test("with Redis, servers share their state, write the journal, and take their time to leave", () => {
  const environment = { REDIS_URL: "redis://cache:6379", DATABASE_URL: URL, AUTH_SECRET: SECRET };
  const config = readConfig(environment);
  expect(config.shared).toEqual({ redisUrl: "redis://cache:6379", writesJournal: true });
  expect(config.drainSeconds).toBe(8);
  expect(readConfig({ ...environment, JOURNAL_WORKER: "off" }).shared?.writesJournal).toBe(false);
  expect(readConfig({ ...environment, DRAIN_SECONDS: "0" }).drainSeconds).toBe(0);
});

test("PUBLIC_URL loses the slash at its end", () => {
  expect(readConfig({ PUBLIC_URL: "https://quiz.example.org/" }).publicUrl).toBe("https://quiz.example.org");
});

test.each([
  [{ PORT: "http" }, "PORT must be a number from 0 to 65535."],
  [{ PORT: "70000" }, "PORT must be a number from 0 to 65535."],
  [{ PORT: "80.5" }, "PORT must be a whole number."],
  [{ DATABASE_URL: "mysql://db", AUTH_SECRET: SECRET }, "DATABASE_URL must start with postgresql://."],
  [{ AUTH_SECRET: "short" }, "AUTH_SECRET must have at least 32 characters."],
  [{ PUBLIC_URL: "quiz.example.org" }, "PUBLIC_URL must start with http:// or https://."],
  [{ LOG_LEVEL: "loud" }, /^LOG_LEVEL must be one of trace, debug/],
  [{ REDIS_URL: "redis://localhost" }, /^DATABASE_URL is required with REDIS_URL/],
  [{ REDIS_URL: "http://localhost" }, "REDIS_URL must start with redis:// or rediss://."],
  [{ JOURNAL_WORKER: "maybe" }, "JOURNAL_WORKER must be on or off."],
  [{ DRAIN_SECONDS: "-1" }, "DRAIN_SECONDS must be a number of seconds from 0 to 300."],
  [{ METRICS_TOKEN: "short" }, "METRICS_TOKEN must have at least 16 characters."],
  [{ OTEL_TRACES_SAMPLER_ARG: "2" }, "OTEL_TRACES_SAMPLER_ARG must be a share from 0 to 1."],
])("%o is refused in one line", (environment, message) => {
  expect(() => readConfig(environment)).toThrow(StartError);
  expect(() => readConfig(environment)).toThrow(message);
});

test("whom to trust and whom to let in is given as lists", () => {
  const { protection } = readConfig({
    TRUSTED_PROXIES: "loopback, 10.0.0.0/8",
    ALLOWED_ORIGINS: "https://school.example,https://other.example:8443",
    INTROSPECTION: "off",
  });
  expect(protection).toMatchObject({
    trustedProxies: ["loopback", "10.0.0.0/8"],
    allowedOrigins: ["https://school.example", "https://other.example:8443"],
    introspection: false,
  });
});

test.each([
  [{ TRUSTED_PROXIES: "nginx" }, /^TRUSTED_PROXIES must be addresses or networks/],
  [{ ALLOWED_ORIGINS: "https://school.example/" }, /^ALLOWED_ORIGINS must be origins/],
  [{ ALLOWED_ORIGINS: "null" }, /^ALLOWED_ORIGINS must be origins/],
  [{ MAX_SOCKETS_PER_ADDRESS: "0" }, /^MAX_SOCKETS_PER_ADDRESS must be a whole number above 0/],
  [{ RATE_LIMITS: "no" }, /^RATE_LIMITS must be on or off/],
])("%j is refused at the start", (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message);
});
