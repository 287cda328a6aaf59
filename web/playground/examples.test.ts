import { buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import printedSchema from "../../server/schema.graphql?raw";
import { exampleTabs } from "./examples.ts";

const schema = buildSchema(printedSchema);
const texts = Object.entries(
  import.meta.glob<string>("./examples/*.graphql", { query: "?raw", import: "default", eager: true }),
);

test.each(texts)("%s fits the schema", (_, text) => {
  expect(validate(schema, parse(text))).toEqual([]);
});

test("every example has its tab, in order, with variables that its operations ask for", () => {
  const inOrder = texts.toSorted(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  expect(exampleTabs.map(({ query }) => query)).toEqual(inOrder.map(([, text]) => text));
  for (const { query, variables = "{}" } of exampleTabs) {
    for (const name of Object.keys(JSON.parse(variables))) expect(query).toContain(`$${name}`);
  }
});
