import {
  type ExecutionResult,
  type FieldNode,
  GraphQLInt,
  type GraphQLObjectType,
  getNullableType,
  Kind,
} from "graphql";
import { isSameForEveryone } from "./markings.ts";

/**
 * Readings that began at different times can end in the other order. Where the state has a field `version`, it is
 * read beside what was asked for, and taken out again before anyone sees it: no client is given an older state after
 * a newer one (I5), whatever it selects.
 */
const VERSION_FIELD = "version";
const ALIAS = "sharedExecution_version";

/** Whether a document could not tell our field from its own. */
export const usesAlias = (text: string): boolean => text.includes(ALIAS);

export function hasVersion(state: GraphQLObjectType): boolean {
  const field = state.getFields()[VERSION_FIELD];
  return (
    field !== undefined &&
    field.args.length === 0 &&
    getNullableType(field.type) === GraphQLInt &&
    isSameForEveryone(state, VERSION_FIELD)
  );
}

export function withVersion(root: FieldNode): FieldNode {
  if (!root.selectionSet) return root;
  const version: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: ALIAS },
    name: { kind: Kind.NAME, value: VERSION_FIELD },
  };
  const { selectionSet } = root;
  return { ...root, selectionSet: { ...selectionSet, selections: [...selectionSet.selections, version] } };
}

/** Takes the version out of a result under `responseKey`; null where there is none. */
export function takeVersion({ data }: ExecutionResult, responseKey: string): number | null {
  const state: unknown = data?.[responseKey];
  if (typeof state !== "object" || state === null) return null;
  const version: unknown = Reflect.get(state, ALIAS);
  Reflect.deleteProperty(state, ALIAS);
  return typeof version === "number" ? version : null;
}
