import { expect, test } from "vitest";
import { StartError } from "../core/startError.ts";
import { createDatabase } from "./client.ts";

test.each([
  [
    "postgresql://quiz:swordfish@127.0.0.1:1/quiz",
    /^The database at 127\.0\.0\.1:1\/quiz cannot be reached \(.*ECONNREFUSED.*\)\.$/,
  ],
  [
    "postgresql://quiz:swordfish@localhost:1/quiz",
    /^The database at localhost:1\/quiz cannot be reached \(.*ECONNREFUSED.*\)\.$/,
  ],
  [
    "postgresql://quiz:swordfish@nowhere.invalid/quiz",
    /^The database at nowhere\.invalid\/quiz cannot be reached/,
  ],
])("%s is told in one line, without its password", async (url, line) => {
  const failure = await createDatabase(url).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartError);
  const { message } = failure as StartError;
  expect(message).toMatch(line);
  expect(message).not.toMatch(/swordfish|\n/);
});
