import { afterAll, beforeAll, expect, test } from "vitest";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { createQuizApi, type QuizApi } from "./quizApi.ts";

let app: TestApp;
let api: QuizApi;
let cara: string;

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  cara = await api.signUp("Cara");
  for (const [title, level, visibility] of [
    ["Zebra one", "A1", "PUBLIC"],
    ["zebra TWO", "B2", "PRIVATE"],
    ["100% zebra_three", "B2", "PUBLIC"],
  ] as const) {
    await api.createQuiz(cara, { title, level, visibility });
  }
});
afterAll(() => app.stop());

const LIST = `query ($first: Int, $after: String, $search: String, $level: CefrLevel, $mine: Boolean) {
  quizzes(first: $first, after: $after, search: $search, level: $level, mine: $mine) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id title } } } }`;
interface List {
  quizzes: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
    edges: { cursor: string; node: { id: string; title: string } }[];
  };
}
const list = async (values: object, token?: string) =>
  (await api.query<List>(LIST, { ...values }, token)).quizzes;
const titles = async (values: object, token?: string) =>
  (await list(values, token)).edges.map(({ node }) => node.title);

test("the list of quizzes has the newest first, in pages, and can be searched", async () => {
  expect(await titles({ mine: true }, cara)).toEqual(["100% zebra_three", "zebra TWO", "Zebra one"]);
  expect(await titles({ search: "ZEBRA" }, cara)).toHaveLength(3);
  expect(await titles({ search: "zebra" }, await api.signUp("Ben"))).toEqual([
    "100% zebra_three",
    "Zebra one",
  ]);
  expect(await titles({ search: "zebra", level: "B2" })).toEqual(["100% zebra_three"]);
  expect(await titles({ search: "one zebra" })).toEqual(["Zebra one"]);
  expect(await titles({ search: "%", mine: true }, cara)).toEqual(["100% zebra_three"]);
  expect(await titles({ search: "zebra_" })).toEqual(["100% zebra_three"]);
  expect(await titles({ search: "\u0000" })).toEqual(await titles({}));
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: List["quizzes"] = await list({ first: 2, after, mine: true }, cara);
    expect(page.totalCount).toBe(3);
    expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
    seen.push(...page.edges.map(({ node }) => node.title));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  expect(seen).toEqual(["100% zebra_three", "zebra TWO", "Zebra one"]);
});

test("the list of quizzes refuses what is out of range", async () => {
  for (const values of [{ first: 0 }, { first: -1 }, { first: 201 }, { after: "nonsense" }, { after: "" }]) {
    expect(await api.codes(LIST, values, cara), JSON.stringify(values)).toEqual(["BAD_USER_INPUT"]);
  }
  expect(await api.codes(LIST, { mine: true })).toEqual(["UNAUTHENTICATED"]);
});
