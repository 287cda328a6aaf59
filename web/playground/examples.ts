export interface ExampleTab {
  readonly query: string;
  readonly variables?: string;
  readonly headers?: string;
}

const texts = import.meta.glob<string>("./examples/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});

const named = (name: string) => texts[`./examples/${name}.graphql`] ?? "";
const json = (value: unknown) => JSON.stringify(value, null, 2);
const CODE = { code: "000000" };
const PLAYER = json({ Authorization: "Bearer <playerToken of joinQuiz>" });

/** The tabs that the playground opens with the first time, in the order of a first game. */
export const exampleTabs: ExampleTab[] = [
  { query: named("1-sign-in") },
  { query: named("2-quizzes"), variables: json({ search: "" }) },
  { query: named("3-host"), variables: json({ quizId: "<id of a quiz>", sessionId: "<id of the session>" }) },
  { query: named("4-watch-session"), variables: json(CODE) },
  { query: named("5-join"), variables: json({ ...CODE, nickname: "Ada" }) },
  {
    query: named("6-answer"),
    variables: json({ questionId: "<id of the question>", choiceIds: ["<id of a choice>"] }),
    headers: PLAYER,
  },
  { query: named("7-watch-leaderboard"), variables: json(CODE) },
  { query: named("8-results") },
  { query: named("9-statistics"), variables: json({ quizId: "<id of a quiz>" }) },
  { query: named("10-programs"), variables: json({ url: "https://hooks.example.org/quiz" }) },
];
