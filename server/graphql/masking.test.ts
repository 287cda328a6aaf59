import { GraphQLError } from "graphql";
import { describe, expect, test, vi } from "vitest";
import { ForbiddenError, ValidationError } from "../core/refusals.ts";
import { maskError } from "./masking.ts";

const located = (originalError: Error) =>
  new GraphQLError(originalError.message, { originalError, path: ["viewer"] });

describe("what an error tells outside", () => {
  test("is everything, for a refusal", () => {
    const report = vi.fn();
    const masked = maskError(located(ValidationError.of(["first"], "Too many.")), report);
    expect(masked.toJSON()).toEqual({
      message: "Too many.",
      path: ["viewer"],
      extensions: { code: "BAD_USER_INPUT", issues: [{ path: ["first"], message: "Too many." }] },
    });
    expect(maskError(new ForbiddenError(), report).extensions).toEqual({ code: "FORBIDDEN" });
    expect(report).not.toHaveBeenCalled();
  });

  test("is everything, for an error of GraphQL itself", () => {
    const report = vi.fn();
    const unknownField = new GraphQLError('Cannot query field "x".');
    expect(maskError(unknownField, report)).toBe(unknownField);
    const badVariable = located(
      new GraphQLError("Not a DateTime.", { extensions: { code: "BAD_USER_INPUT" } }),
    );
    expect(maskError(badVariable, report)).toBe(badVariable);
    expect(report).not.toHaveBeenCalled();
  });

  test("is that it may be asked again, and an id, where a part cannot be reached", () => {
    const report = vi.fn();
    const away = Object.assign(new Error("connect ECONNREFUSED 10.0.0.7:5432"), { code: "ECONNREFUSED" });
    const masked = maskError(located(new Error("a query failed", { cause: away })), report, "r2");
    expect(masked.extensions).toEqual({ code: "UNAVAILABLE", requestId: "r2" });
    expect(JSON.stringify(masked)).not.toContain("10.0.0.7");
    expect(report).toHaveBeenCalledOnce();
  });

  test("is nothing but where, a code and an id, for a bug or an outage, which is reported", () => {
    const report = vi.fn();
    const bug = new Error("connect ECONNREFUSED 10.0.0.7:5432");
    for (const error of [located(bug), located(located(bug)), bug, "thrown text"]) {
      const masked = maskError(error, report);
      expect(JSON.stringify(masked)).not.toContain("10.0.0.7");
      expect(masked.extensions).toEqual({ code: "INTERNAL_SERVER_ERROR", requestId: expect.any(String) });
    }
    expect(maskError(located(bug), report).path).toEqual(["viewer"]);
    expect(maskError(bug, report, "r1").extensions).toMatchObject({ requestId: "r1" });
    expect(report).toHaveBeenLastCalledWith(bug, "r1");
  });
});
