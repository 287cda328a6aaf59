import { buildSchema, type GraphQLObjectType, type GraphQLSchema, parse, print, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { keyOf, planOf } from "./plan.ts";

const schema = marked(
  buildSchema(/* GraphQL */ `
    directive @client on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | FRAGMENT_DEFINITION | SUBSCRIPTION
    interface Named { name: String! mine: String! }
    type Player implements Named { name: String! mine: String! score(scale: Int): Int! }
    type Team implements Named { name: String! mine: String! players: [Player!]! }
    union Anyone = Player | Team
    type Board { version: Int! title: String! mine: String! new: String! named: [Named!]! anyone: Anyone }
    type Plain { title: String! }
    input Filter { a: Int b: Int }
    type Query { board: Board! }
    type Subscription {
      board(code: String!, first: Int, filter: Filter): Board!
      plain: Plain!
      boards: [Board!]!
      news: Board!
    }
  `),
  {
    Board: ["version", "title", "named", "anyone"],
    Player: ["name", "score"],
    Team: ["name", "mine", "players"],
    Plain: ["title"],
  },
  ["board", "plain", "boards"],
);

function marked(plain: GraphQLSchema, types: Record<string, string[]>, states: string[]): GraphQLSchema {
  for (const [name, fields] of Object.entries(types)) {
    (plain.getType(name) as GraphQLObjectType).extensions = { sameForEveryone: fields };
  }
  for (const name of states)
    plain.getSubscriptionType()!.getFields()[name]!.extensions = { sharedState: true };
  return plain;
}

type Variables = Record<string, unknown>;

function operation(text: string, variableValues: Variables = {}, operationName?: string) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return { schema, document, variableValues, operationName };
}

const isShared = (...of: Parameters<typeof operation>) => planOf(operation(...of)) !== null;
const board = (selection: string) => `subscription { board(code: "1") ${selection} }`;

describe("what is shared", () => {
  test("only what is marked, all the way down", () => {
    expect(isShared(board("{ __typename version title named { name } }"))).toBe(true);
    expect(isShared(board("{ mine }"))).toBe(false);
    expect(isShared(board("{ title named { mine } }"))).toBe(false);
  });

  test("nothing that nobody has marked yet", () => {
    expect(isShared(board("{ title new }"))).toBe(false);
  });

  test("only subscriptions to a state, one at a time", () => {
    expect(isShared("subscription { news { title } }")).toBe(false);
    expect(isShared("subscription { boards { title } }")).toBe(false);
    expect(isShared("query { board { title } }")).toBe(false);
    expect(isShared("subscription { plain { title } }")).toBe(true);
    expect(
      planOf({ schema, document: parse("subscription { board { title } plain { title } }") }),
    ).toBeNull();
  });

  test("under whatever name it is asked for", () => {
    expect(isShared(board("{ title: mine }"))).toBe(false);
    expect(isShared(board("{ mine: title }"))).toBe(true);
    expect(isShared('subscription { news: board(code: "1") { title } }')).toBe(true);
    expect(isShared("subscription { board: news { title } }")).toBe(false);
  });

  test("through fragments, named and inline, in every place", () => {
    const text = (field: string) => `${board("{ ...A }")}
      fragment A on Board { ... on Board { ...B } ...B } fragment B on Board { title ${field} }`;
    expect(isShared(text(""))).toBe(true);
    expect(isShared(text("mine"))).toBe(false);
  });

  test("a field of an interface, if it is so on each type that it can be", () => {
    expect(isShared(board("{ named { name } }"))).toBe(true);
    // It is Team's to show, not Player's.
    expect(isShared(board("{ named { mine } }"))).toBe(false);
    expect(isShared(board("{ named { ... on Team { mine } } }"))).toBe(true);
    expect(isShared(board("{ named { ... on Team { ... on Named { mine } } } }"))).toBe(true);
    expect(isShared(board("{ anyone { ... on Player { mine } } }"))).toBe(false);
    expect(isShared(board("{ anyone { ... on Team { mine players { name } } } }"))).toBe(true);
    expect(isShared(board("{ anyone { ... on Named { mine } } }"))).toBe(false);
  });

  test("a fragment is judged anew for each type that it is spread on", () => {
    const names = "fragment N on Named { mine }";
    expect(isShared(`${board("{ named { ... on Team { ...N } } }")} ${names}`)).toBe(true);
    expect(isShared(`${board("{ named { ... on Team { ...N } ... on Player { ...N } } }")} ${names}`)).toBe(
      false,
    );
  });

  test("what the variables leave out does not count", () => {
    const text = `subscription ($own: Boolean! = false, $hide: Boolean!) {
      board(code: "1") { title mine @include(if: $own) ... on Board @skip(if: $hide) { mine } } }`;
    expect(isShared(text, { hide: true })).toBe(true);
    expect(isShared(text, { hide: false })).toBe(false);
    expect(isShared(text, { hide: true, own: true })).toBe(false);
  });

  test("not with directives that are not known, nor with variables that are not valid", () => {
    expect(isShared(board("{ title @client }"))).toBe(false);
    expect(isShared(board("{ ... @client { title } }"))).toBe(false);
    expect(isShared('subscription @client { board(code: "1") { title } }')).toBe(false);
    expect(isShared(`${board("{ ...T }")} fragment T on Board @client { title }`)).toBe(false);
    expect(isShared("subscription ($code: String!) { board(code: $code) { title } }")).toBe(false);
    expect(isShared('subscription { board(code: "1") @skip(if: true) { title } }')).toBe(false);
  });

  test("the selected operation is judged, not the first one", () => {
    const text = `subscription Ours { board(code: "1") { title } } subscription Mine { board(code: "1") { mine } }`;
    expect(isShared(text, {}, "Ours")).toBe(true);
    expect(isShared(text, {}, "Mine")).toBe(false);
    expect(isShared(text, {})).toBe(false);
  });

  test("I8: fragments that spread each other twice are judged in no time", () => {
    const fragments = Array.from(
      { length: 60 },
      (_, n) => `fragment F${n} on Board { ...F${n + 1} ...F${n + 1} }`,
    );
    const document = parse(`${board("{ ...F0 }")} ${fragments.join(" ")} fragment F60 on Board { title }`);
    expect(planOf({ schema, document })).not.toBeNull();
  });
});

describe("the version", () => {
  test("is read beside what was asked for, where the state has one", () => {
    const plan = planOf(operation('subscription { b: board(code: "1") { title } }'));
    expect(plan?.responseKey).toBe("b");
    expect(print(plan!.document)).toContain("sharedExecution_version: version");
    expect(validate(schema, plan!.document)).toEqual([]);
    expect(print(planOf(operation("subscription { plain { title } }"))!.document)).not.toContain("version");
  });

  test("is never mistaken for what a client named so", () => {
    expect(isShared(board("{ sharedExecution_version: title }"))).toBe(false);
  });
});

describe("who shares with whom", () => {
  const text = `subscription S($code: String!, $filter: Filter) { board(code: $code, filter: $filter) { title } }`;
  const key = (...of: Parameters<typeof operation>) => keyOf(operation(...of));

  test("the same text, operation and variables, in whatever order", () => {
    const one = key(text, { code: "1", filter: { a: 1, b: 2 } });
    expect(key(text, { filter: { b: 2, a: 1 }, code: "1" }, "S")).toBe(one);
    expect(key(text, { code: "1", filter: { a: 1, b: 2 }, undeclared: 1 })).toBe(one);
    expect(one).not.toBeNull();
  });

  test("nobody with other variables, another operation or another text", () => {
    const others = [
      key(text, { code: "1" }),
      key(text, { code: "2" }),
      key(text, { code: 1 }),
      key(text, { code: "1", filter: null }),
      key(text, { code: "1", filter: { a: 1 } }),
      key(text, { code: "1", filter: { b: 1 } }),
      key(`${text} `, { code: "1" }),
      key(`${text} subscription T { plain { title } }`, { code: "1" }, "S"),
      key(`${text} subscription T { plain { title } }`, { code: "1" }, "T"),
    ];
    expect(new Set(others).size).toBe(others.length);
  });

  test("a variable called like something that every object has is only what was sent", () => {
    expect(key('subscription ($toString: String = "1") { board(code: $toString) { title } }')).toContain(
      "[]]",
    );
  });

  test("queries and mutations have no key", () => {
    expect(key("{ board { title } }")).toBeNull();
  });
});
