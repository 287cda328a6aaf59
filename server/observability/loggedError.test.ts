import { expect, test } from "vitest";
import { createLogger } from "./logger.ts";

function logged(error: unknown): string {
  let line = "";
  createLogger("info", {
    write: (text) => {
      line = text;
    },
  }).error({ err: error }, "it failed");
  return line;
}

test("of an error, its kind, message, code, way and causes are logged", () => {
  const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const line = JSON.parse(logged(new TypeError("no database", { cause })));
  expect(line.err).toMatchObject({
    type: "TypeError",
    message: "no database",
    stack: expect.stringContaining("loggedError.test.ts"),
    cause: { message: "connect ECONNREFUSED", code: "ECONNREFUSED" },
  });
});

test.each([
  [
    "the row that PostgreSQL refused",
    Object.assign(new Error('duplicate key value violates unique constraint "x"'), {
      detail: "Key (nickname)=(swordfish) already exists.",
      where: "swordfish",
      parameters: ["swordfish"],
    }),
  ],
  [
    "the values of a call of Prisma's",
    Object.assign(
      new Error(
        'Invalid `create()` invocation:\n{ data: { name: "swordfish" } }\n\nUnique constraint failed',
      ),
      {
        name: "PrismaClientKnownRequestError",
      },
    ),
  ],
  ["the password in an address", new Error("no way to redis://user:swordfish@redis:6379")],
  ["a bearer token", new Error("refused: Bearer swordfish")],
  ["a player's token", new Error("refused: eyJswordfish.eyJswordfish.swordfish")],
  ["an e-mail address", new Error("no user swordfish@example.org")],
  ["what is thrown that is no error", "swordfish"],
])("%s is not logged", (_what, error) => {
  const line = logged(error);
  expect(line).toContain("it failed");
  expect(line).not.toContain("swordfish");
});
