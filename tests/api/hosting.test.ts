import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { createQuizApi, type QuizApi } from "./quizApi.ts";
import type { Quiz } from "./shapes.ts";

let app: TestApp;
let api: QuizApi;
let host: string;
let stranger: string;
let quiz: Quiz;

beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  [host, stranger] = [await api.signUp("Host"), await api.signUp("Stranger")];
  quiz = await api.createQuiz(host);
});
afterAll(() => app.stop());

const COMMANDS = ["startSession", "nextQuestion", "closeQuestion", "finishSession"] as const;

/** A session that was led into a state. */
async function sessionIn(state: string) {
  const pacing = state === "RUNNING" ? "SELF_PACED" : "HOST_PACED";
  const { id, code } = await api.open(host, quiz.id, { pacing });
  if (state !== "LOBBY") await api.command("startSession", id, host);
  if (state === "QUESTION_CLOSED") await api.command("closeQuestion", id, host);
  if (state === "FINISHED") await api.command("finishSession", id, host);
  expect((await api.session(code)).state).toBe(state);
  return { id, code };
}

describe("createSession", () => {
  test("opens a lobby with the options' defaults and a code of six digits", async () => {
    expect(await api.open(host, quiz.id)).toMatchObject({
      code: expect.stringMatching(/^\d{6}$/),
      state: "LOBBY",
      pacing: "HOST_PACED",
      scoring: "CLASSIC",
      closeWhenAllAnswered: false,
      quizTitle: quiz.title,
      questionCount: 4,
      playerCount: 0,
      question: null,
      finishedAt: null,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  test("takes every option, and null for its default", async () => {
    const options = { pacing: "SELF_PACED", scoring: "ACCURACY", closeWhenAllAnswered: true } as const;
    expect(await api.open(host, quiz.id, options)).toMatchObject(options);
    const { data } = await (
      await fetch(`${app.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${host}` },
        body: JSON.stringify({
          query: `mutation ($id: ID!) { createSession(input: { quizId: $id, pacing: null, scoring: null,
            closeWhenAllAnswered: null }) { ... on CreateSessionSuccess { session { pacing scoring } } } }`,
          variables: { id: quiz.id },
        }),
      })
    ).json();
    expect(data.createSession.session).toEqual({ pacing: "HOST_PACED", scoring: "CLASSIC" });
  });

  test("gives unfinished sessions codes of their own", async () => {
    const sessions = await Promise.all(Array.from({ length: 20 }, () => api.open(host, quiz.id)));
    expect(new Set(sessions.map(({ code }) => code)).size).toBe(20);
  });

  test("is for users only, and of others' quizzes for public ones only", async () => {
    const typeFor = async (id: string, token?: string) =>
      (await api.sessionCreated(id, {}, token)).__typename;
    expect(await typeFor(quiz.id)).toBe("UnauthenticatedError");
    expect(await typeFor(quiz.id, "nonsense")).toBe("UnauthenticatedError");
    const { code } = await api.open(host, quiz.id);
    const { playerToken } = await api.join(code, "Ben");
    expect(await typeFor(quiz.id, playerToken)).toBe("UnauthenticatedError");
    expect(await typeFor(quiz.id, stranger)).toMatch(/^(Forbidden|NotFound)Error$/);
    const shared = await api.createQuiz(host, { visibility: "PUBLIC" });
    expect(await typeFor(shared.id, stranger)).toBe("CreateSessionSuccess");
  });

  test.each(["", "nonsense", "UXVpejp4", "ÿ", "0".repeat(300)])("finds no quiz %s", async (id) => {
    expect((await api.sessionCreated(id, {}, host)).__typename).toBe("NotFoundError");
  });
});

describe("commands", () => {
  test.each([
    ["LOBBY", { startSession: "QUESTION_OPEN", nextQuestion: null, closeQuestion: null }],
    [
      "QUESTION_OPEN",
      { startSession: null, nextQuestion: "QUESTION_OPEN", closeQuestion: "QUESTION_CLOSED" },
    ],
    [
      "QUESTION_CLOSED",
      { startSession: null, nextQuestion: "QUESTION_OPEN", closeQuestion: "QUESTION_CLOSED" },
    ],
    ["RUNNING", { startSession: null, nextQuestion: null, closeQuestion: null }],
    ["FINISHED", { startSession: null, nextQuestion: null, closeQuestion: null }],
  ])("in state %s succeed or tell that state", async (state, outcomes) => {
    for (const command of COMMANDS) {
      const { id, code } = await sessionIn(state);
      const before = await api.session(code);
      const result = await api.commanded(command, id, host);
      const expected = command === "finishSession" ? "FINISHED" : outcomes[command];
      if (expected === null) {
        expect(result, command).toMatchObject({ __typename: "SessionStateError", state });
        expect((await api.session(code)).version).toBe(before.version);
      } else {
        expect(result, command).toMatchObject({ __typename: "SessionSuccess", session: { state: expected } });
        const unchanged = state === expected && command !== "nextQuestion";
        expect(result.session.version - before.version, command).toBe(unchanged ? 0 : 1);
      }
    }
  });

  test("finishing a lobby or a self-paced run ends it", async () => {
    for (const state of ["LOBBY", "RUNNING"]) {
      const { id } = await sessionIn(state);
      const { finishedAt } = (await api.command("finishSession", id, host)) as { finishedAt?: string };
      expect(finishedAt).toMatch(/Z$/);
    }
  });

  test("nextQuestion goes through all questions to the end", async () => {
    const { id } = await sessionIn("QUESTION_OPEN");
    for (const number of [2, 3, 4]) {
      const { state, question } = await api.command("nextQuestion", id, host);
      expect({ state, id: question?.id, number: question?.number }).toEqual({
        state: "QUESTION_OPEN",
        id: quiz.questions[number - 1]!.id,
        number,
      });
    }
    expect(await api.command("nextQuestion", id, host)).toMatchObject({ state: "FINISHED", question: null });
  });

  test("nextQuestion with `after` moves one step however often it is clicked", async () => {
    const { id } = await sessionIn("QUESTION_OPEN");
    const first = quiz.questions[0]!.id;
    const clicks = await Promise.all(
      Array.from({ length: 5 }, () => api.command("nextQuestion", id, host, first)),
    );
    expect(clicks.map(({ question }) => question?.number)).toEqual([2, 2, 2, 2, 2]);
    expect(new Set(clicks.map(({ version }) => version)).size).toBe(1);
  });

  test("nextQuestion with `after` finishes once after the last question", async () => {
    const { id } = await sessionIn("QUESTION_OPEN");
    for (const question of quiz.questions) await api.command("nextQuestion", id, host, question.id);
    const last = quiz.questions.at(-1)!.id;
    const again = await api.command("nextQuestion", id, host, last);
    expect(again.state).toBe("FINISHED");
    expect((await api.commanded("nextQuestion", id, host)).state).toBe("FINISHED");
  });

  test("nextQuestion with an `after` that is no id at all is NotFoundError", async () => {
    const { id } = await sessionIn("QUESTION_OPEN");
    expect((await api.commanded("nextQuestion", id, host, "nonsense")).__typename).toBe("NotFoundError");
  });

  test("are refused to everyone but the host, and malformed ids find nothing", async () => {
    const { id, code } = await sessionIn("LOBBY");
    const { playerToken, attempt } = await api.join(code, "Cem");
    for (const command of [...COMMANDS, "removePlayer"] as const) {
      const target = command === "removePlayer" ? attempt.id : id;
      const typeFor = async (token?: string, of = target) =>
        (await api.commanded(command, of, token)).__typename;
      expect(await typeFor(stranger), command).toBe("ForbiddenError");
      expect(await typeFor(playerToken), command).toBe("UnauthenticatedError");
      expect(await typeFor(), command).toBe("UnauthenticatedError");
      for (const malformed of ["", "nonsense", quiz.id, "U2Vzc2lvbjp4", "QXR0ZW1wdDp4"]) {
        expect(await typeFor(host, malformed), `${command} ${malformed}`).toBe("NotFoundError");
      }
    }
    expect(await api.session(code)).toMatchObject({ state: "LOBBY", playerCount: 1 });
  });

  test("work with an API key, from the quiz to the end", async () => {
    const key = await api.apiKey(host);
    const { id: quizId } = await api.createQuiz(key);
    const { id, code } = await api.open(key, quizId);
    const { attempt } = await api.join(code, "Dua");
    await api.command("startSession", id, key);
    await api.command("closeQuestion", id, key);
    await api.command("nextQuestion", id, key);
    await api.command("removePlayer", attempt.id, key);
    expect(await api.command("finishSession", id, key)).toMatchObject({ state: "FINISHED", playerCount: 0 });
  });
});

describe("removePlayer", () => {
  test("takes a player off the leaderboard and out of the count, once", async () => {
    const { id, code } = await sessionIn("LOBBY");
    const [ana, ben] = [await api.join(code, "Ana"), await api.join(code, "Ben")];
    await api.command("startSession", id, host);
    const { version, playerCount } = await api.command("removePlayer", ana.attempt.id, host);
    expect(playerCount).toBe(1);
    expect((await api.command("removePlayer", ana.attempt.id, host)).version).toBe(version);
    const { leaderboard } = await api.query<{ leaderboard: object }>(
      "query ($code: String!) { leaderboard(code: $code) { playerCount entries { attemptId } } }",
      { code },
    );
    expect(leaderboard).toEqual({ playerCount: 1, entries: [{ attemptId: ben.attempt.id }] });
    expect(await api.own(ana.playerToken)).toMatchObject({ status: "REMOVED", rank: 0, question: null });
  });

  test("frees the nickname, and does not let the player answer or come back to play", async () => {
    const { id, code } = await sessionIn("LOBBY");
    const { attempt, playerToken } = await api.join(code, "Ana");
    await api.command("startSession", id, host);
    await api.command("removePlayer", attempt.id, host);
    const { id: questionId, choices } = quiz.questions[0]!;
    const answer = { choiceIds: [choices[0]!.id] };
    expect((await api.answered(playerToken, questionId, answer)).__typename).toBe("ForbiddenError");
    expect((await api.joined(code, "Ana", playerToken)).attempt).toMatchObject({
      id: attempt.id,
      status: "REMOVED",
    });
    expect((await api.join(code, "ana")).attempt.status).toBe("ACTIVE");
  });
});
