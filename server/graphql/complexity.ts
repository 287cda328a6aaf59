import { ComplexityErrorKind } from "@pothos/plugin-complexity";
import { GraphQLError } from "graphql";
import type { Context } from "./context.ts";

/**
 * What one operation may cost: a field counts 1, times the length of the lists that it stands in (`first` where it
 * is given, else 10). Wide enough for a page of 200 attempts with every answer; not for lists within such lists.
 */
export const COMPLEXITY_LIMIT = { complexity: 500_000, depth: 16, breadth: 1_000 };

/** No limit asks nobody to work the cost out. */
export const limitOf = ({ costIsAllowed }: Pick<Context, "costIsAllowed">) =>
  costIsAllowed ? {} : COMPLEXITY_LIMIT;

const ADVICE: Record<ComplexityErrorKind, string> = {
  [ComplexityErrorKind.Complexity]: "Ask for shorter lists, or for fewer fields of them.",
  [ComplexityErrorKind.Depth]: "Ask for fewer levels at once.",
  [ComplexityErrorKind.Breadth]: "Ask for fewer fields at once.",
};

export function complexityError(kind: ComplexityErrorKind): GraphQLError {
  return new GraphQLError(`This operation is too large. ${ADVICE[kind]}`, {
    extensions: { code: "OPERATION_TOO_LARGE" },
  });
}
