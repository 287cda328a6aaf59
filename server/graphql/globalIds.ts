import { type Id, readId } from "../core/ids.ts";

/** The kinds of things that have a global id: those that `node` finds. A choice's id is its plain UUID. */
export const NODE_TYPES = [
  "User",
  "Quiz",
  "Question",
  "Session",
  "Attempt",
  "Answer",
  "ApiKey",
  "Webhook",
  "WebhookDelivery",
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

/** The id that clients see: base64 of `Type:uuid`. */
export function globalId<Type extends NodeType>(type: Type, id: Id<Type>): string {
  return Buffer.from(`${type}:${id}`).toString("base64");
}

/** The type and the rest of a global id; null where it is none of ours. */
export function splitGlobalId(text: string): { readonly typename: NodeType; readonly id: string } | null {
  const [typename, ...rest] = Buffer.from(text, "base64").toString().split(":");
  const known = NODE_TYPES.find((type) => type === typename);
  return known && rest.length > 0 ? { typename: known, id: rest.join(":") } : null;
}

/** Reads an id that a client sent for a thing of this type; null where it cannot be one. */
export function readGlobalId<Type extends Exclude<NodeType, "Answer">>(
  type: Type,
  text: string,
): Id<Type> | null {
  const parts = splitGlobalId(text);
  return parts?.typename === type ? readId<Type>(parts.id) : null;
}
