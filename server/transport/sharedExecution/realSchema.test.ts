import { isObjectType, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { schema } from "../../graphql/schema.ts";
import { planOf } from "./plan.ts";

function isShared(text: string, variableValues = {}): boolean {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return planOf({ schema, document, variableValues }) !== null;
}

const session = (selection: string) => `subscription { sessionUpdated(code: "123456") { ${selection} } }`;
const leaderboard = (selection: string) =>
  `subscription { leaderboardUpdated(code: "123456") { ${selection} } }`;

describe("what everyone sees alike is shared", () => {
  test.each([
    leaderboard("version playerCount entries { rank attemptId nickname score correctCount }"),
    session("id code version state playerCount serverTime leaderboard(first: 5) { entries { nickname } }"),
    session(`question { id number prompt opensAt closesAt answerCount choices { id text }
      solution { choiceIds acceptedAnswers explanation }
      results { answerCount correctCount choices { choiceId count } texts { text count correct } } }`),
    session("review { id prompt solution { choiceIds } results { answerCount } } ... on Node { id }"),
  ])("%s", (text) => expect(isShared(text)).toBe(true));
});

describe("what depends on the viewer is not", () => {
  test.each([
    "subscription { attemptUpdated { score } }",
    session("code attempts { edges { node { nickname } } }"),
    session("... on Session { ...S } } } fragment S on Session { attempts { pageInfo { hasNextPage }"),
  ])("%s", (text) => expect(isShared(text)).toBe(false));
});

describe("the marks", () => {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const marked = types.flatMap((type) => {
    const names = (type.extensions["sameForEveryone"] ?? []) as string[];
    return names.map((name) => [type, name] as const);
  });

  test("name fields that there are, which ask for nothing of their viewer", () => {
    expect(marked.length).toBeGreaterThan(50);
    for (const [type, name] of marked) {
      const field = type.getFields()[name];
      expect(field, `${type}.${name}`).toBeDefined();
      const options = field?.extensions["pothosOptions"] as { readonly authScopes?: unknown } | undefined;
      expect(options?.authScopes, `${type}.${name}`).toBeUndefined();
    }
  });

  test("are on no type that belongs to somebody", () => {
    const names = new Set(marked.map(([type]) => type.name));
    for (const personal of [
      "Viewer",
      "User",
      "Attempt",
      "Answer",
      "ReviewItem",
      "Quiz",
      "Query",
      "Mutation",
    ]) {
      expect(names.has(personal), personal).toBe(false);
    }
  });
});
