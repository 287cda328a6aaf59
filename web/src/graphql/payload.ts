import { stringifyDocument, type TypedDocumentNode } from "@urql/core";
import type { SubscribePayload } from "graphql-ws";

interface Sent {
  query?: string | undefined;
  documentId?: string | undefined;
  variables?: object | null | undefined;
}

/** An operation as graphql-ws sends it. Ours go by their ids; the protocol wants a text all the same. */
export function socketPayload({ query = "", documentId, variables }: Sent): SubscribePayload {
  return {
    query,
    variables: (variables ?? null) as SubscribePayload["variables"],
    ...(documentId !== undefined && { documentId }),
  };
}

/** The same, of a document. */
export function payloadOf<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables & object,
): SubscribePayload {
  const { documentId } = document as { documentId?: string };
  return socketPayload(
    documentId === undefined ? { query: stringifyDocument(document), variables } : { documentId, variables },
  );
}
