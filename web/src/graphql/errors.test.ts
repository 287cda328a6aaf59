import { CombinedError } from "@urql/core";
import { expect, it } from "vitest";
import { errorKey, waitAskedFor } from "./errors.ts";

const failed = (extensions: Record<string, unknown>, status?: number) =>
  new CombinedError({
    graphQLErrors: [{ message: "no", extensions }],
    response: status === undefined ? undefined : { status },
  });

it("says in plain words that it was too much, and not that the network is away", () => {
  expect(errorKey(failed({ code: "RATE_LIMITED", retryAfterSeconds: 9 }, 429))).toBe("common.errorTooMany");
  expect(errorKey(failed({ code: "PERSISTED_OPERATION_NOT_FOUND" }, 400))).toBe("common.errorNewVersion");
  expect(errorKey(failed({}, 502))).toBe("common.errorNetwork");
});

it("knows how long a server wants to be left alone, and waits a little longer", () => {
  const { graphQLErrors } = failed({ code: "RATE_LIMITED", retryAfterSeconds: 8 });
  expect([waitAskedFor(graphQLErrors, () => 0), waitAskedFor(graphQLErrors, () => 1)]).toEqual([
    8_000, 10_000,
  ]);
  expect(waitAskedFor(failed({ code: "FORBIDDEN" }).graphQLErrors)).toBeUndefined();
  expect(waitAskedFor(undefined)).toBeUndefined();
});
