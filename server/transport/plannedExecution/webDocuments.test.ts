import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildASTSchema,
  type DocumentNode,
  execute,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  getOperationAST,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isObjectType,
  OperationTypeNode,
  parse,
  printSchema,
  typeFromAST,
} from "graphql";
import { expect, test } from "vitest";
import { projectRoot } from "../../core/projectRoot.ts";
import { createContextFactory } from "../../graphql/context.ts";
import { schema } from "../../graphql/schema.ts";
import type { Services } from "../../graphql/services.ts";
import { createPlannedExecutor } from "./index.ts";

const FILE = join(projectRoot, "web", "src", "graphql", "generated", "persisted-documents.json");
const documents = Object.values(JSON.parse(readFileSync(FILE, "utf8")) as Record<string, string>)
  .map((text) => parse(text))
  .filter((document) => getOperationAST(document)?.operation !== OperationTypeNode.SUBSCRIPTION);

/** The least that an input of this type can be. */
function sampleOf(type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [sampleOf(nullable.ofType)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields());
    const given = nullable.isOneOf ? fields.slice(0, 1) : fields.filter(({ type: of }) => isNonNullType(of));
    return Object.fromEntries(given.map((field) => [field.name, sampleOf(field.type)]));
  }
  return { Int: 1, Float: 1, Boolean: true, DateTime: "2030-01-01T00:00:00Z" }[String(nullable)] ?? "1234";
}

function variablesOf(document: DocumentNode): Record<string, unknown> {
  const defined = getOperationAST(document)?.variableDefinitions ?? [];
  const values = defined.flatMap(({ variable, type: node }) => {
    const type = typeFromAST(schema, node);
    return isInputType(type) ? [[variable.name.value, sampleOf(type)]] : [];
  });
  return Object.fromEntries(values);
}

/** The same types, in which fields have values at once or later, some none, and some fail. */
function filledSchema(): GraphQLSchema {
  const filled = buildASTSchema(parse(printSchema(schema)));
  let count = 0;
  for (const type of Object.values(filled.getTypeMap())) {
    if (isAbstractType(type)) {
      const [first] = filled.getPossibleTypes(type);
      type.resolveType = () => first?.name;
    }
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values((type satisfies GraphQLObjectType).getFields())) {
      const number = count++;
      const value = sampleOutput(field.type);
      field.resolve = async () => {
        if (number % 7 === 3) throw new Error(`${type.name}.${field.name} fails`);
        return number % 11 === 5 ? null : value;
      };
      if (number % 3 > 0 && number % 7 !== 3) field.resolve = () => (number % 11 === 5 ? null : value);
    }
  }
  return filled;
}

function sampleOutput(type: GraphQLOutputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [sampleOutput(nullable.ofType), sampleOutput(nullable.ofType)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.value;
  return isObjectType(nullable) || isAbstractType(nullable) ? {} : 1;
}

/** Answers nothing, whatever is asked of them. */
const nobody = (): object =>
  new Proxy(() => {}, {
    get: (_target, name) => (name === "then" ? undefined : nobody()),
    apply: () => {
      throw new Error("Nobody is there");
    },
  });

const written = (result: Awaited<ReturnType<typeof execute>>) => ({
  data: JSON.stringify(result.data),
  errors: result.errors?.map((error) => JSON.stringify(error)).sort(),
});

async function resultsOf(
  schemaOf: GraphQLSchema,
  document: DocumentNode,
  variableValues = variablesOf(document),
) {
  const run = async (executor: ReturnType<typeof createPlannedExecutor>) => {
    const contextValue = await createContextFactory(nobody() as Services)({ headers: new Headers() });
    return written(await executor({ schema: schemaOf, document, variableValues, contextValue }));
  };
  const planned = createPlannedExecutor();
  await run(planned);
  return { planned: await run(planned), plain: await run(execute) };
}

test("each operation of the web app has the result that graphql-js gives", async () => {
  const filled = filledSchema();
  let filledIn = 0;
  for (const document of documents) {
    for (const of of [schema, filled]) {
      const { planned, plain } = await resultsOf(of, document);
      expect(planned).toEqual(plain);
      if (of === filled && planned.data !== undefined && planned.data !== "null") filledIn += 1;
    }
    const { planned, plain } = await resultsOf(schema, document, { input: 1 });
    expect(planned).toEqual(plain);
  }
  expect(documents.length).toBeGreaterThan(20);
  expect(filledIn).toBeGreaterThan(documents.length / 2);
});
