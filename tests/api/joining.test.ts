import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { answersTo, createQuizApi, type QuizApi } from "./quizApi.ts";
import type { Quiz } from "./shapes.ts";

let app: TestApp;
let api: QuizApi;
let host: string;
let quiz: Quiz;

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  host = await api.signUp("Host");
  quiz = await api.createQuiz(host);
});
afterAll(() => app.stop());

describe("joinQuiz", () => {
  test("seats a player in the lobby, without an account", async () => {
    const { code, id, version } = await api.open(host, quiz.id);
    const joined = await api.join(code, "Ana");
    expect(joined).toMatchObject({
      attempt: {
        nickname: "Ana",
        status: "ACTIVE",
        score: 0,
        rank: 1,
        answeredCount: 0,
        correctCount: 0,
        streak: 0,
        finishedAt: null,
        question: null,
      },
      session: { id, code, version: version + 1, playerCount: 1, state: "LOBBY" },
    });
    expect((await api.own(joined.playerToken)).id).toBe(joined.attempt.id);
  });

  test("takes a code with spaces around it, and finds nothing by another", async () => {
    const { code, id } = await api.open(host, quiz.id);
    expect((await api.join(` ${code}\n`, "Ana")).session.id).toBe(id);
    for (const unknown of ["000000", "", "12345", "1234567", "abcdef", "１２３４５６", "\u0000"]) {
      expect((await api.joined(unknown, "Ana")).__typename, unknown).toBe("NotFoundError");
    }
  });

  test.each([
    ["  Ana  ", "Ana"],
    ["a".repeat(20), "a".repeat(20)],
    ["👩‍👩‍👧‍👦".repeat(18), "👩‍👩‍👧‍👦".repeat(18)],
    ["é".repeat(20), "é".repeat(20)],
    ["Nguyễn Thị Ánh", "Nguyễn Thị Ánh"],
  ])("takes the nickname %j as %j", async (given, kept) => {
    const { code } = await api.open(host, quiz.id);
    expect((await api.join(code, given)).attempt.nickname).toBe(kept);
  });

  test.each(["", "   ", "\u200b\u200b", "a".repeat(21), "👩‍👩‍👧‍👦".repeat(21), "fuck", "Sh1thead", "\n"])(
    "refuses the nickname %j, telling where it is wrong",
    async (nickname) => {
      const { code } = await api.open(host, quiz.id);
      const refused = await api.joined(code, nickname);
      expect(refused).toMatchObject({ __typename: "ValidationError", issues: [{ path: ["nickname"] }] });
      expect((await api.session(code)).playerCount).toBe(0);
    },
  );

  test("keeps nicknames unique without regard to case, and suggests one that is free", async () => {
    const { code } = await api.open(host, quiz.id);
    await api.join(code, "Zoë");
    for (const taken of ["zoë", "ZOË", " Zoë ", "Zoe\u0308", "Ｚoë"]) {
      const refused = await api.joined(code, taken);
      expect(refused.__typename, taken).toBe("NicknameTakenError");
      expect((await api.join(code, refused.suggestion)).attempt.nickname).toBe(refused.suggestion);
    }
    const long = "x".repeat(20);
    await api.join(code, long);
    const { suggestion } = await api.joined(code, long);
    expect((await api.join(code, suggestion)).attempt.nickname).toBe(suggestion);
    const other = await api.open(host, quiz.id);
    expect((await api.join(other.code, "Zoë")).attempt.nickname).toBe("Zoë");
  });

  test("gives one of two the nickname that both want at the same time", async () => {
    const { code } = await api.open(host, quiz.id);
    const results = await Promise.all(["Sam", "SAM", "sam"].map((name) => api.joined(code, name)));
    expect(results.map(({ __typename }) => __typename).sort()).toEqual([
      "JoinQuizSuccess",
      "NicknameTakenError",
      "NicknameTakenError",
    ]);
  });

  test("lets latecomers in while a question is open or closed, to face what is open", async () => {
    const { code, id } = await api.open(host, quiz.id);
    await api.command("startSession", id, host);
    const late = await api.join(code, "Late");
    expect(late.attempt.question).toMatchObject({ id: quiz.questions[0]!.id, solution: null, results: null });
    expect(late.session.question?.id).toBe(quiz.questions[0]!.id);
    await api.answer(late.playerToken, quiz.questions[0]!.id, answersTo(quiz.questions[0]!).right);
    await api.command("closeQuestion", id, host);
    const later = await api.join(code, "Later");
    expect(later.attempt).toMatchObject({ question: null, rank: 2, status: "ACTIVE" });
  });

  test("refuses whoever comes after the end", async () => {
    const { code, id } = await api.open(host, quiz.id);
    await api.command("finishSession", id, host);
    expect((await api.joined(code, "Ana")).__typename).toBe("SessionFinishedError");
  });
});

describe("joining again with the token of an earlier join", () => {
  test("resumes the attempt with its nickname, score and open question", async () => {
    const { code, id } = await api.open(host, quiz.id);
    const first = await api.join(code, "Ana");
    await api.command("startSession", id, host);
    const { right } = answersTo(quiz.questions[0]!);
    const { answer } = await api.answer(first.playerToken, quiz.questions[0]!.id, right);
    const { question } = await api.command("nextQuestion", id, host);
    for (const nickname of ["Somebody else", "Ana", ""]) {
      const { attempt, playerToken, session } = await api.join(code, nickname, first.playerToken);
      expect(attempt).toMatchObject({
        id: first.attempt.id,
        nickname: "Ana",
        score: answer.points,
        streak: 1,
        question: { id: question!.id, opensAt: question!.opensAt, closesAt: question!.closesAt },
      });
      expect(session.playerCount).toBe(1);
      expect((await api.own(playerToken)).id).toBe(first.attempt.id);
    }
    await api.command("finishSession", id, host);
    expect((await api.join(code, "Ana", first.playerToken)).attempt.status).toBe("FINISHED");
  });

  test("makes a new attempt in another session", async () => {
    const [one, two] = [await api.open(host, quiz.id), await api.open(host, quiz.id)];
    const { playerToken, attempt } = await api.join(one.code, "Ana");
    const other = await api.join(two.code, "Ana", playerToken);
    expect(other.attempt.id).not.toBe(attempt.id);
    expect(other.session.id).toBe(two.id);
  });

  test("makes a new attempt where the token is not valid", async () => {
    const { code } = await api.open(host, quiz.id);
    const { playerToken, attempt } = await api.join(code, "Ana");
    const forged = `${playerToken.slice(0, -4)}AAAA`;
    expect((await api.join(code, "Ben", forged)).attempt.id).not.toBe(attempt.id);
  });
});

describe("joining with a user's token", () => {
  const LIST =
    "{ attempts { totalCount edges { node { id nickname answers { edges { node { points } } } } } } }";
  type Listed = { attempts: { totalCount: number; edges: { node: { id: string; answers: object } }[] } };

  test("gives the attempt to that user, who finds it in their history", async () => {
    const learner = await api.signUp("Learner");
    const { code, id } = await api.open(host, quiz.id);
    const { playerToken, attempt } = await api.join(code, "Learner", learner);
    await api.join(code, "Other");
    await api.command("startSession", id, host);
    const { right } = answersTo(quiz.questions[0]!);
    const { answer } = await api.answer(playerToken, quiz.questions[0]!.id, right);
    const { attempts } = await api.query<Listed>(LIST, {}, learner);
    expect(attempts.totalCount).toBe(1);
    expect(attempts.edges[0]!.node).toMatchObject({
      id: attempt.id,
      answers: { edges: [{ node: { points: answer.points } }] },
    });
  });

  test("answers want the player's token all the same", async () => {
    const learner = await api.signUp("Learner");
    const { code, id } = await api.open(host, quiz.id);
    await api.join(code, "Learner", learner);
    await api.command("startSession", id, host);
    const { right } = answersTo(quiz.questions[0]!);
    expect((await api.answered(learner, quiz.questions[0]!.id, right)).__typename).toBe("ForbiddenError");
    expect((await api.answered(undefined, quiz.questions[0]!.id, right)).__typename).toBe(
      "UnauthenticatedError",
    );
  });
});
