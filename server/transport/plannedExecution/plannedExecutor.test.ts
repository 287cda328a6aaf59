import {
  type ExecutionArgs,
  execute,
  GraphQLBoolean,
  GraphQLError,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  getIntrospectionQuery,
  parse,
  validate,
} from "graphql";
import { describe, expect, test } from "vitest";
import { createPlannedExecutor } from "./plannedExecutor.ts";

const text = { type: GraphQLString };
const later = <Value>(value: Value, turns = 1): Promise<Value> =>
  turns === 0 ? Promise.resolve(value) : Promise.resolve().then(() => later(value, turns - 1));
const fails = (message: string) => () => {
  throw new Error(message);
};

const Named = new GraphQLInterfaceType({ name: "Named", fields: { name: text } });
const Cat: GraphQLObjectType = new GraphQLObjectType({
  name: "Cat",
  interfaces: [Named],
  isTypeOf: (value: { kind: string }) => value.kind === "cat",
  fields: () => ({
    name: text,
    lives: { type: new GraphQLNonNull(GraphQLInt) },
    friend: { type: Cat, resolve: () => later({ kind: "cat", name: "Tom", lives: null }) },
    sure: { type: new GraphQLNonNull(Cat), resolve: () => ({ kind: "cat", name: "Tom", lives: null }) },
  }),
});
const Dog = new GraphQLObjectType({
  name: "Dog",
  interfaces: [Named],
  isTypeOf: (value: { kind: string }) => later(value.kind === "dog"),
  fields: { name: { ...text, args: { loud: { type: GraphQLBoolean } }, resolve: shout } },
});
function shout({ name = "" }: { kind: string; name?: string }, { loud }: { loud?: boolean }) {
  return loud ? name.toUpperCase() : name;
}
const Pet = new GraphQLUnionType({
  name: "Pet",
  types: [Cat, Dog],
  resolveType: ({ kind }: { kind: string }) =>
    kind === "cat" ? "Cat" : later(kind === "dog" ? "Dog" : "Bird"),
});
const Choice = new GraphQLInputObjectType({
  name: "Choice",
  isOneOf: true,
  fields: { id: { type: GraphQLInt }, text },
});
const Deep: GraphQLInputObjectType = new GraphQLInputObjectType({
  name: "Deep",
  fields: () => ({
    list: { type: new GraphQLList(new GraphQLNonNull(GraphQLInt)) },
    word: { type: GraphQLString, defaultValue: "none" },
    must: { type: new GraphQLNonNull(GraphQLBoolean) },
    deeper: { type: Deep },
  }),
});
const animals = [{ kind: "cat", name: "Mia", lives: 7 }, { kind: "dog", name: "Rex" }, null];

const schema = new GraphQLSchema({
  types: [Cat, Dog],
  query: new GraphQLObjectType({
    name: "Query",
    fields: {
      plain: { ...text, resolve: (_, __, { who }: { who: string }) => who },
      pets: { type: new GraphQLList(Pet), resolve: () => later(animals) },
      named: {
        type: new GraphQLNonNull(new GraphQLList(Named)),
        resolve: () => animals.map((animal) => later(animal, 3)),
      },
      none: { type: new GraphQLList(new GraphQLNonNull(Cat)), resolve: () => [animals[0], null] },
      birds: { type: new GraphQLList(Pet), resolve: () => [{ kind: "bird" }, animals[0]] },
      wrongType: { type: Cat, resolve: () => animals[1] },
      noList: { type: new GraphQLList(GraphQLInt), resolve: () => "12" },
      noNumber: { type: GraphQLInt, resolve: () => "many" },
      bug: { ...text, resolve: fails("a bug") },
      lateBug: { ...text, resolve: () => later(null, 2).then(fails("a late bug")) },
      returned: {
        ...text,
        resolve: () => new GraphQLError("said, not thrown", { extensions: { code: "SAID" } }),
      },
      odd: { ...text, resolve: () => Promise.reject("not an error") },
      must: { type: new GraphQLNonNull(GraphQLString), resolve: () => later(null, 4) },
      number: {
        type: GraphQLInt,
        args: { of: { type: GraphQLInt, defaultValue: 3 } },
        resolve: (_, { of }) => of,
      },
      choose: {
        ...text,
        args: { choice: { type: new GraphQLNonNull(Choice) } },
        resolve: (_, { choice }) => JSON.stringify(choice),
      },
      deep: {
        ...text,
        args: { deep: { type: new GraphQLList(Deep) } },
        resolve: (_, args) => JSON.stringify(args),
      },
      cat: { type: Cat, resolve: () => animals[0] },
      path: {
        ...text,
        resolve: (_, __, ___, { path, fieldName, variableValues }) =>
          JSON.stringify([path, fieldName, variableValues]),
      },
    },
  }),
  mutation: new GraphQLObjectType({
    name: "Mutation",
    fields: {
      add: {
        type: GraphQLInt,
        args: { number: { type: new GraphQLNonNull(GraphQLInt) } },
        async resolve(_, { number }, context: { sum: number }) {
          const before = context.sum;
          await later(null, 10 - number);
          context.sum = before + number;
          return context.sum;
        },
      },
      refuse: { type: new GraphQLNonNull(GraphQLInt), resolve: () => later(null, 1).then(fails("refused")) },
    },
  }),
});

type Given = Pick<ExecutionArgs, "variableValues" | "operationName">;
const planned = createPlannedExecutor();

/** What goes out, by graphql-js and by us. */
async function both(query: string, given: Given = {}) {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const args = () => ({ schema, document, ...given, contextValue: { who: "Ana", sum: 0 } });
  const told = async (run: typeof execute) => JSON.parse(JSON.stringify(await run(args())));
  const ours = await told(planned);
  // Planned before, it does the same.
  expect(await told(planned)).toEqual(ours);
  return { ours, theirs: await told(execute) };
}
async function expectTheSame(query: string, given?: Given) {
  const { ours, theirs } = await both(query, given);
  expect(ours).toEqual(theirs);
  return ours;
}

describe("a planned execution gives what graphql-js gives", () => {
  test.each([
    ["plain values, aliases and names of types", "{ __typename a: plain b: plain cat { __typename name } }"],
    [
      "a fragment within a fragment, on unions and interfaces",
      `{ pets { ...P } named { ...N ... { name } } }
      fragment P on Pet { ... on Cat { name lives } ... on Dog { ...D } ...N } fragment N on Named { name __typename }
      fragment D on Dog { loud: name(loud: true) }`,
    ],
    ["fields that are asked for twice", "{ cat { name } cat { lives ... on Named { name } } }"],
    ["introspection", getIntrospectionQuery()],
    ["the one name that no plain object has", "{ __proto__: plain cat { __proto__: name lives } }"],
    ["what a type is", `{ __type(name: "Cat") { name fields { name } } }`],
  ])("for %s", async (_name, query) => {
    await expectTheSame(query);
  });

  test.each([
    ["that is thrown, at once or late", "{ plain bug lateBug }"],
    ["that is returned", "{ returned }"],
    ["that is no error at all", "{ odd }"],
    ["of a null where there may be none", "{ plain must lateBug }"],
    ["of a null in an object that may be null itself", "{ cat { friend { name lives } } }"],
    ["of a null in objects that may not", "{ cat { name sure { lives friend { name } } friend { name } } }"],
    ["of a null in a list", "{ none { name } }"],
    ["of what is no list, and no number", "{ noList noNumber }"],
  ])("for an error %s", async (_name, query) => {
    expect((await expectTheSame(query)).errors.length).toBeGreaterThan(0);
  });

  test.each(["{ birds { ... on Cat { name } } }", "{ wrongType { name } }"])(
    "for an object of the wrong type in %s, but for the words",
    async (query) => {
      const { ours, theirs } = await both(query);
      expect(ours.data).toEqual(theirs.data);
      expect(ours.errors.map(withoutWords)).toEqual(theirs.errors.map(withoutWords));
    },
  );

  test.each([true, false])("for what a variable leaves out: %s", async (flag) => {
    const query = `query ($flag: Boolean!) { plain @skip(if: $flag) cat @include(if: $flag) { name lives @skip(if: true) }
      ... @include(if: $flag) { bug } }`;
    await expectTheSame(query, { variableValues: { flag } });
  });

  test.each([[{ of: 4 }], [{ of: null }], [{}], [undefined], [{ of: "four" }], [{ of: 4, other: 5 }]])(
    "for the variables %j",
    async (variableValues) => {
      const query = "query ($of: Int = 2) { number(of: $of) path }";
      await expectTheSame(query, variableValues && { variableValues });
    },
  );

  test.each([[{ id: 1 }], [{ text: "a" }], [{ id: 1, text: "a" }], [{}], [{ id: null }], [null], ["a"]])(
    "for the choice %j, of which there must be exactly one",
    async (choice) => {
      await expectTheSame("query ($choice: Choice!) { choose(choice: $choice) }", {
        variableValues: { choice },
      });
    },
  );

  test.each([
    [[{ must: true, list: [1, 2], deeper: { must: false, word: null } }, null]],
    [{ must: true, list: 1 }],
    [[{ must: true, list: [1, null] }]],
    [[{ must: true, other: 1 }]],
    [[{ list: [] }]],
    [[{ must: "yes", word: 1 }]],
    [[[]]],
    ["deep"],
  ])("for the input %j", async (deep) => {
    await expectTheSame("query ($deep: [Deep]) { deep(deep: $deep) path }", { variableValues: { deep } });
  });

  test("for mutations, one after the other, also after one that failed", async () => {
    const query = "mutation { a: add(number: 1) b: add(number: 2) c: add(number: 3) }";
    expect((await expectTheSame(query)).data).toEqual({ a: 1, b: 3, c: 6 });
    await expectTheSame("mutation { a: add(number: 1) refuse b: add(number: 2) }");
  });

  test("for the operation that is named, or none", async () => {
    const query = "query A { plain } query B { number }";
    for (const operationName of ["A", "B", "C", null]) await expectTheSame(query, { operationName });
  });
});

test("what fails after its parent is null already leaves no error, and is not left unhandled", async () => {
  const { ours, theirs } = await both("{ cat { sure { lives friend { lives } } } lateBug }");
  await later(null, 20);
  expect(ours).toEqual(theirs);
});

const withoutWords = ({ message: _message, ...rest }: { message: string }) => rest;
