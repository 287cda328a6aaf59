import { readFileSync } from "node:fs";
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedScalarType,
  isUnionType,
  printSchema,
} from "graphql";
import { describe, expect, test } from "vitest";
import { schema } from "./schema.ts";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const core = buildSchema(read("./core.graphql"));
const coreTypes = ownTypes(core.getTypeMap());
const types = ownTypes(schema.getTypeMap());

function ownTypes(map: Readonly<Record<string, GraphQLNamedType>>): GraphQLNamedType[] {
  return Object.values(map).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
}

/** Everything about an input that a program may have relied on. */
const inputFacts = ({ name, type, defaultValue }: GraphQLArgument | GraphQLInputField) =>
  `${name}: ${type}${defaultValue === undefined ? "" : ` = ${JSON.stringify(defaultValue)}`}`;

/** What a type offers, one line for each thing that outside programs are written against. */
function factsOf(type: GraphQLNamedType): string[] {
  const kind = type.constructor.name;
  if (isEnumType(type)) return [kind, ...type.getValues().map(({ name }) => name)];
  if (isUnionType(type)) return [kind, ...type.getTypes().map(({ name }) => `| ${name}`)];
  if (isInputObjectType(type)) {
    return [`${kind}${type.isOneOf ? " @oneOf" : ""}`, ...Object.values(type.getFields()).map(inputFacts)];
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [kind];
  return [
    kind,
    ...type.getInterfaces().map(({ name }) => `implements ${name}`),
    ...Object.values(type.getFields()).flatMap((field) => [
      `${field.name}: ${field.type}`,
      ...field.args.map((arg) => `${field.name}(${inputFacts(arg)})`),
    ]),
  ];
}

/** Arguments and input fields that a program has to give, in no matter which order. */
function requiredInputs(type: GraphQLNamedType): Set<string> {
  if (isInputObjectType(type)) {
    return new Set(
      Object.values(type.getFields())
        .filter(isRequiredInputField)
        .map(({ name }) => name),
    );
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return new Set();
  return new Set(
    Object.values(type.getFields()).flatMap((field) =>
      field.args.filter(isRequiredArgument).map(({ name }) => `${field.name}(${name})`),
    ),
  );
}

const oneLine = (text: string | null | undefined) => (text ?? "").replaceAll(/\s+/g, " ").trim();

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** The type, its fields and their arguments; the values of enums are explained by the enum. */
function partsOf(type: GraphQLNamedType): Described[] {
  if (isInputObjectType(type)) return [type, ...Object.values(type.getFields())];
  if (!isObjectType(type) && !isInterfaceType(type)) return [type];
  return [
    type,
    ...Object.values(type.getFields()).flatMap((field) => [
      field,
      ...field.args.map(({ name, description }) => ({ name: `${field.name}(${name})`, description })),
    ]),
  ];
}

describe("the schema keeps the fixed core", () => {
  test.each(coreTypes.map((type) => [type.name, type] as const))("%s", (name, coreType) => {
    const type = schema.getType(name);
    expect(type, `${name} is missing`).toBeDefined();
    if (!type) return;
    expect(factsOf(type)).toEqual(expect.arrayContaining(factsOf(coreType)));
    const coreFields = "getFields" in coreType ? Object.keys(coreType.getFields()) : [];
    const isOfCore = (input: string) =>
      isInputObjectType(coreType) || coreFields.includes(input.replace(/\(.*/, ""));
    const known = new Set([...requiredInputs(type)].filter(isOfCore));
    expect(known, "what is added must be optional").toEqual(requiredInputs(coreType));
  });

  // A program that reads a union or an enum is written against all of its members.
  test.each(coreTypes.filter((type) => isUnionType(type) || isEnumType(type)))(
    "%s has no new members",
    (coreType) => {
      const type = schema.getType(coreType.name);
      expect(type && factsOf(type).sort()).toEqual(factsOf(coreType).sort());
    },
  );
});

describe("the schema explains itself", () => {
  test.each(types)("%s and all of its parts have descriptions", (type) => {
    const bare = partsOf(type).flatMap(({ name, description }) => (description ? [] : [name]));
    expect(bare).toEqual([]);
  });

  test.each(coreTypes)("%s says what the core says of it", (coreType) => {
    const type = schema.getType(coreType.name);
    const said = new Map((type ? partsOf(type) : []).map((part) => [part.name, oneLine(part.description)]));
    for (const { name, description } of partsOf(coreType)) {
      expect(said.get(name), name).toContain(oneLine(description));
    }
  });
});

test("schema.graphql is the printed schema (npm run schema writes it)", () => {
  expect(read("../schema.graphql")).toBe(`${printSchema(schema)}\n`);
});
