import { buildSchema, type DocumentNode, type GraphQLSchema, parse } from "graphql";
import { expect, test } from "vitest";
import { createDocuments, type Documents } from "./documents.ts";
import { rememberingCosts } from "./knownCosts.ts";
import type { OperationArgs } from "./operations.ts";

const validated = ({ caches, plugin }: Documents, text: string, valid: boolean): DocumentNode => {
  const documentAST = parse(text);
  caches.documentCache.set(text, documentAST);
  const after = plugin.onValidate?.({ params: { documentAST } } as Parameters<
    NonNullable<typeof plugin.onValidate>
  >[0]);
  if (typeof after === "function") after({ valid } as Parameters<typeof after>[0]);
  return documentAST;
};

test("only what was found valid is known, and nothing is without being looked at", () => {
  const documents = createDocuments();
  const document = validated(documents, "{ hello }", true);
  validated(documents, "{ goodbye }", false);
  expect(documents.valid("{ hello }")).toBe(document);
  expect(documents.valid("{ goodbye }")).toBeUndefined();
  expect(documents.valid("{ other }")).toBeUndefined();
});

test("however many documents are sent, no more than some are kept, those in use among them", () => {
  const documents = createDocuments();
  validated(documents, "{ hello }", true);
  for (let number = 0; number < 30; number++) {
    validated(documents, `{ hello } # ${number} ${"x".repeat(90_000)}`, true);
    expect(documents.valid("{ hello }")).toBeDefined();
  }
  expect(documents.caches.documentCache.size).toBeLessThan(13);
});

const schema: GraphQLSchema = buildSchema("type Query { list(first: Int): Int plain(of: Int): Int }");
const list = schema.getQueryType()?.getFields()["list"];
if (list) list.extensions = { complexity: () => 1 };

/** Whether each run of the operation was allowed before it began. */
async function allowed(text: string, results: readonly object[], operationName?: string) {
  const seen: boolean[] = [];
  const document = parse(text);
  let next = 0;
  const execute = rememberingCosts(({ contextValue }) => {
    seen.push(contextValue.costIsAllowed === true);
    return results[next++] ?? {};
  });
  for (const _result of results) {
    const contextValue = { requestId: "1", responseHeaders: new Headers() };
    const args: OperationArgs = {
      schema,
      document,
      contextValue,
      ...(operationName !== undefined && { operationName }),
    };
    await execute(args);
  }
  return seen;
}

test("what an operation costs is worked out until it was allowed once", async () => {
  const refused = { errors: [{}] };
  expect(await allowed("query ($of: Int) { plain(of: $of) list(first: 3) }", [refused, {}, {}, {}])).toEqual([
    ...[false, false, true, true],
  ]);
});

test("what a variable makes cost more is worked out each time", async () => {
  expect(await allowed("query ($n: Int) { list(first: $n) }", [{}, {}, {}])).toEqual([false, false, false]);
  expect(
    await allowed("query A { plain } query B ($n: Int) { ... on Query { list(first: $n) } }", [{}, {}], "A"),
  ).toEqual([false, false]);
});
