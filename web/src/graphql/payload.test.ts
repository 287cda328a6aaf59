import { gql } from "@urql/core";
import { expect, it } from "vitest";
import { SessionUpdatedDocument } from "./generated/graphql.ts";
import persisted from "./generated/persisted-documents.json";
import { payloadOf } from "./payload.ts";

it("sends the app's own operations by ids that the server has the texts of", () => {
  const payload = payloadOf(SessionUpdatedDocument, { code: "123456", counts: false, results: false });
  expect(payload).toMatchObject({ query: "", variables: { code: "123456" } });
  const { documentId } = payload as { readonly documentId?: string };
  expect(Object.keys(persisted)).toContain(documentId);
});

it("sends any other operation as text", () => {
  expect(payloadOf(gql("{ __typename }"), {})).toMatchObject({
    query: expect.stringContaining("__typename"),
  });
});
