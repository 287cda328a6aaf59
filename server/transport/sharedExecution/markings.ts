import type { GraphQLField, GraphQLObjectType } from "graphql";

/**
 * What a schema says of itself, in `extensions`, so that subscriptions can share one execution. Whatever carries no
 * mark is personal: a field that somebody adds is never shared before somebody says that it may be.
 *
 * On an object type: the names of the fields that are the same for everyone, whoever asks; so is what decides whether
 * one may ask for them.
 *
 *     extensions: { sameForEveryone: ["version", "entries"] }
 *
 * On a field of `Subscription`: its source begins with the current state, then gives newer ones, each of which makes
 * those before it worthless; and it treats everyone alike.
 *
 *     extensions: { sharedState: true }
 */
export function isSameForEveryone(type: GraphQLObjectType, field: string): boolean {
  const marked = type.extensions["sameForEveryone"];
  return Array.isArray(marked) && marked.includes(field);
}

export function isSharedState(field: GraphQLField<unknown, unknown>): boolean {
  return field.extensions["sharedState"] === true;
}
