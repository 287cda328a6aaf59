import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import { maxDirectivesRule } from "@escape.tech/graphql-armor-max-directives";
import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  type ValidationContext,
  type ValidationRule,
} from "graphql";
import type { Plugin } from "graphql-yoga";

/** What one operation may look like, whichever way it comes. What it may cost is in graphql/complexity.ts. */
export const DOCUMENT_LIMITS = {
  /** The introspection of tools has about 300 tokens. Validation may take time quadratic in them. */
  tokens: 5_000,
  /** Levels of fields; the schema's own description is held by graphql's rule for introspection. */
  depth: 16,
  /** The same field asked for under many names. */
  aliases: 30,
  directives: 50,
} as const;

/** Told to whoever asks too much: what to ask instead is for them to choose. */
export function tooLarge(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "OPERATION_TOO_LARGE" } });
}

/** One of graphql-armor's rules, refusing as our own do. */
function armed(
  ruleOf: (options: {
    n: number;
    propagateOnRejection: false;
    onReject: ((context: ValidationContext | null) => void)[];
  }) => (context: ValidationContext) => object,
  n: number,
  what: string,
): ValidationRule {
  const refuse = (context: ValidationContext | null) =>
    context?.reportError(tooLarge(`This operation is too large: it may have ${n} ${what}.`));
  return (context) => ruleOf({ n, propagateOnRejection: false, onReject: [refuse] })(context);
}

const RULES: readonly ValidationRule[] = [
  armed(
    (options) => maxDepthRule({ ...options, ignoreIntrospection: true, flattenFragments: true }),
    DOCUMENT_LIMITS.depth,
    "levels of fields",
  ),
  // An empty list: armor's own allows `__typename` under any number of names.
  armed((options) => maxAliasesRule({ ...options, allowList: [] }), DOCUMENT_LIMITS.aliases, "aliases"),
  armed(maxDirectivesRule, DOCUMENT_LIMITS.directives, "directives"),
];

/** Holds documents to their limits where they are validated, which every transport does in the same place. */
export function documentLimits({ introspection }: { readonly introspection: boolean }): Plugin {
  const rules = introspection ? RULES : [...RULES, NoSchemaIntrospectionCustomRule];
  return {
    onValidate({ addValidationRule }) {
      for (const rule of rules) addValidationRule(rule);
    },
  };
}
