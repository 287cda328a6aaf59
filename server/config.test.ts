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
    publicUrl: null,
    logLevel: "info",
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
  [{ REDIS_URL: "redis://localhost" }, /^REDIS_URL is not supported yet/],
])("%o is refused in one line", (environment, message) => {
  expect(() => readConfig(environment)).toThrow(StartError);
  expect(() => readConfig(environment)).toThrow(message);
});
