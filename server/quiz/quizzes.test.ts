import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestUser } from "../../tests/fixtures/accounts.ts";
import { startTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { questions, quizInput } from "../../tests/fixtures/quizInput.ts";
import { opaqueId, sortableId, type UserId } from "../core/ids.ts";
import { ForbiddenError, NotFoundError, ValidationError } from "../core/refusals.ts";
import { createQuizzes, type Question, type Quiz, type QuizInput, type Quizzes } from "./index.ts";

let database: TestDatabase;
let quizzes: Quizzes;
let ana: UserId;
let ben: UserId;
let now = Date.now();

beforeAll(async () => {
  database = await startTestDatabase();
  quizzes = createQuizzes(database.prisma, { now: () => now });
  ana = await createTestUser(database, "Ana");
  ben = await createTestUser(database, "Ben");
});
afterAll(() => database.close());

async function questionsOf(quiz: Quiz): Promise<readonly Question[]> {
  const [found = []] = await quizzes.questionsOf([quiz.versionId]);
  return found;
}

/** The stored questions as an author sends them back. */
const asInput = (stored: readonly Question[]): QuizInput["questions"] =>
  stored.map((question) => ({
    ...question,
    choices: question.choices.map((choice) => ({ ...choice })),
    acceptedAnswers: [...question.acceptedAnswers],
  }));

const idsOf = (stored: readonly Question[]) =>
  stored.flatMap(({ id, choices }) => [id, ...choices.map((choice) => choice.id)]);

async function openSession(quiz: Quiz): Promise<void> {
  await database.prisma.session.create({
    data: {
      ...{ id: sortableId(), code: "123456", hostId: ana, quizId: quiz.id, quizVersionId: quiz.versionId },
      ...{ pacing: "HOST_PACED", scoring: "CLASSIC", closeWhenAllAnswered: false, seed: "s", version: 0 },
      ...{ state: "LOBBY", stateVersion: 0, createdAt: new Date() },
    },
  });
}

describe("a quiz that was made", () => {
  test("is there, with its questions", async () => {
    const quiz = await quizzes.create(quizInput({ level: "B1", description: "Some" }), ana);
    expect(await quizzes.quiz(quiz.id, ana)).toEqual(quiz);
    expect(quiz).toMatchObject({ ownerId: ana, visibility: "PRIVATE", level: "B1", questionCount: 4 });
    expect(await questionsOf(quiz)).toMatchObject([
      {
        kind: "SINGLE_CHOICE",
        choices: [{ text: "tiny", correct: true }, { text: "huge", correct: false }, {}],
      },
      { kind: "MULTIPLE_CHOICE" },
      { kind: "TYPED", acceptedAnswers: ["grey", "gray"], choices: [] },
      { kind: "ORDER", choices: [{ text: "She", correct: true }, { text: "has", correct: true }, {}, {}] },
    ]);
  });

  test("has ids that tell nothing of the order of its choices", async () => {
    const stored = await questionsOf(await quizzes.create(quizInput(), ana));
    for (const id of idsOf(stored)) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(new Set(idsOf(stored)).size).toBe(idsOf(stored).length);
  });

  test("is seen by its owner alone while it is private", async () => {
    const quiz = await quizzes.create(quizInput(), ana);
    expect(await quizzes.quiz(quiz.id, ben)).toBeNull();
    expect(await quizzes.quiz(quiz.id, null)).toBeNull();
  });

  test("is seen by everyone once it is public", async () => {
    const quiz = await quizzes.create(quizInput({ visibility: "PUBLIC" }), ana);
    expect(await quizzes.quiz(quiz.id, ben)).toEqual(quiz);
    expect(await quizzes.quiz(quiz.id, null)).toEqual(quiz);
  });

  test("may hold any text that a person can write", async () => {
    const title = `"'; DROP TABLE quiz; -- \\u0000 \u0000 😀 \ud83d \u202e%_`;
    const quiz = await quizzes.create(
      quizInput({ title, questions: [{ ...questions.typed, prompt: title, acceptedAnswers: [title] }] }),
      ana,
    );
    expect(quiz.title).toBe(`"'; DROP TABLE quiz; -- \\u0000  😀  \u202e%_`);
    expect((await questionsOf(quiz))[0]?.prompt).toBe(quiz.title);
  });

  test("is not made where the input is wrong", async () => {
    await expect(quizzes.create(quizInput({ title: "" }), ana)).rejects.toThrow(ValidationError);
  });
});

describe("an edit", () => {
  test("keeps the ids of questions and choices that it names, wherever they moved", async () => {
    const quiz = await quizzes.create(quizInput(), ana);
    const before = await questionsOf(quiz);
    const [single, ...others] = asInput(before);
    if (!single) throw new Error("no question");
    const moved = [
      ...others.reverse(),
      { ...single, prompt: "New prompt", choices: [...(single.choices ?? [])].reverse() },
    ];
    const after = await quizzes.update(quiz.id, quizInput({ questions: moved }), ana);
    const stored = await questionsOf(after);
    expect(new Set(idsOf(stored))).toEqual(new Set(idsOf(before)));
    expect(stored.at(-1)).toMatchObject({
      id: single.id,
      prompt: "New prompt",
      choices: [{}, {}, { text: "tiny" }],
    });
  });

  test("gives new ids to what names none, somebody else's, or one twice", async () => {
    const other = await questionsOf(await quizzes.create(quizInput(), ben));
    const quiz = await quizzes.create(quizInput(), ana);
    const before = await questionsOf(quiz);
    const [own] = asInput(before);
    const [foreign] = asInput(other);
    if (!own || !foreign) throw new Error("no question");
    const foreignChoices = { ...own, choices: foreign.choices ?? [] };
    const invalid = { ...questions.typed, id: "nonsense" };
    const input = quizInput({ questions: [own, own, foreign, foreignChoices, invalid, questions.typed] });
    const stored = await questionsOf(await quizzes.update(quiz.id, input, ana));

    expect(stored[0]).toEqual(before[0]);
    expect(new Set(idsOf(stored)).size).toBe(idsOf(stored).length);
    const known = [...idsOf(before), ...idsOf(other)];
    expect(idsOf(stored.slice(1)).filter((id) => known.includes(id))).toEqual([]);
  });

  test("leaves the version as it was for the sessions that play it", async () => {
    const quiz = await quizzes.create(quizInput(), ana);
    const played = await quizzes.content.load(quiz.versionId);
    await openSession(quiz);
    now += 60 * 60 * 1000;
    for (const title of ["Second", "Third", "Fourth"]) {
      await quizzes.update(quiz.id, quizInput({ title, questions: [questions.typed] }), ana);
    }
    expect(await quizzes.content.load(quiz.versionId)).toEqual(played);
    expect(await quizzes.content.forNewSession(quiz.id, ana)).toMatchObject({ title: "Fourth" });
  });

  test("of what no session plays makes no new version", async () => {
    const quiz = await quizzes.create(quizInput(), ana);
    const input = quizInput({
      questions: asInput(await questionsOf(quiz)),
      description: "New",
      visibility: "PUBLIC",
    });
    const after = await quizzes.update(quiz.id, input, ana);
    expect(after).toMatchObject({ versionId: quiz.versionId, description: "New", visibility: "PUBLIC" });
    expect(after.updatedAt.getTime()).toBeGreaterThanOrEqual(quiz.updatedAt.getTime());
  });

  test("forgets versions that nobody plays, but not while a session may just be opening", async () => {
    const quiz = await quizzes.create(quizInput(), ana);
    const versions = () => database.prisma.quizVersion.count({ where: { quizId: quiz.id } });
    now = Date.now();
    for (const title of ["2", "3", "4"]) await quizzes.update(quiz.id, quizInput({ title }), ana);
    expect(await versions()).toBe(4);
    now += 11 * 60 * 1000;
    await quizzes.update(quiz.id, quizInput({ title: "5" }), ana);
    expect(await versions()).toBe(2);
  });

  test("after another at the same time leaves one of the two, whole", async () => {
    const quiz = await quizzes.create(quizInput(), ana);
    const titles = ["A", "B", "C", "D"];
    await Promise.all(titles.map((title) => quizzes.update(quiz.id, quizInput({ title }), ana)));
    const after = await quizzes.quiz(quiz.id, ana);
    expect(titles).toContain(after?.title);
    expect(await quizzes.content.forNewSession(quiz.id, ana)).toMatchObject({ title: after?.title });
  });

  test("is refused for others, for what is not there, and for wrong input", async () => {
    const quiz = await quizzes.create(quizInput({ visibility: "PUBLIC" }), ana);
    await expect(quizzes.update(quiz.id, quizInput(), ben)).rejects.toThrow(ForbiddenError);
    await expect(quizzes.update(opaqueId(), quizInput(), ana)).rejects.toThrow(NotFoundError);
    await expect(quizzes.update(quiz.id, quizInput({ questions: [] }), ana)).rejects.toThrow(ValidationError);
    expect(await quizzes.quiz(quiz.id, ana)).toEqual(quiz);
  });
});

describe("a deleted quiz", () => {
  test("is gone for everyone, but not for the sessions that play it", async () => {
    const quiz = await quizzes.create(quizInput({ visibility: "PUBLIC" }), ana);
    await expect(quizzes.remove(quiz.id, ben)).rejects.toThrow(ForbiddenError);
    await quizzes.remove(quiz.id, ana);
    const [first] = await questionsOf(quiz);

    expect(await quizzes.quiz(quiz.id, ana)).toBeNull();
    expect(first && (await quizzes.question(first.id, ana))).toBeNull();
    await expect(quizzes.remove(quiz.id, ana)).rejects.toThrow(NotFoundError);
    await expect(quizzes.update(quiz.id, quizInput(), ana)).rejects.toThrow(NotFoundError);
    await expect(quizzes.copy(quiz.id, ana)).rejects.toThrow(NotFoundError);
    await expect(quizzes.content.forNewSession(quiz.id, ana)).rejects.toThrow(NotFoundError);
    expect(await quizzes.content.load(quiz.versionId)).toMatchObject({ title: "First words" });
  });
});

describe("a copy", () => {
  test("of a public quiz is one's own, private, and has ids of its own", async () => {
    const quiz = await quizzes.create(quizInput({ visibility: "PUBLIC", level: "C1" }), ana);
    const copy = await quizzes.copy(quiz.id, ben);
    expect(copy).toMatchObject({
      ownerId: ben,
      visibility: "PRIVATE",
      level: "C1",
      title: quiz.title,
      questionCount: 4,
    });
    const [before, after] = [await questionsOf(quiz), await questionsOf(copy)];
    expect(after.map(({ prompt }) => prompt)).toEqual(before.map(({ prompt }) => prompt));
    expect(idsOf(after).filter((id) => idsOf(before).includes(id))).toEqual([]);
  });

  test("of a private quiz is for its owner", async () => {
    const quiz = await quizzes.create(quizInput(), ana);
    await expect(quizzes.copy(quiz.id, ben)).rejects.toThrow(ForbiddenError);
    expect(await quizzes.copy(quiz.id, ana)).toMatchObject({ ownerId: ana });
  });
});

describe("the content of a session", () => {
  test("is the quiz as it is now, times in milliseconds", async () => {
    const quiz = await quizzes.create(quizInput({ visibility: "PUBLIC" }), ana);
    const content = await quizzes.content.forNewSession(quiz.id, ben);
    expect(content).toMatchObject({ quizId: quiz.id, quizVersionId: quiz.versionId, title: "First words" });
    expect(content.questions[0]).toMatchObject({
      timeLimitMs: 20_000,
      points: 1000,
      choices: [{ text: "tiny" }, {}, {}],
    });
    expect(await quizzes.content.load(content.quizVersionId)).toEqual(content);
    expect(await quizzes.content.load(opaqueId())).toBeNull();
  });

  test("of a private quiz is for its owner", async () => {
    const quiz = await quizzes.create(quizInput(), ana);
    await expect(quizzes.content.forNewSession(quiz.id, ben)).rejects.toThrow(ForbiddenError);
    await expect(quizzes.content.forNewSession(opaqueId(), ben)).rejects.toThrow(NotFoundError);
  });
});

test("a question is found by its id, by its owner, as it is now", async () => {
  const quiz = await quizzes.create(quizInput(), ana);
  const [first, second] = await questionsOf(quiz);
  if (!first || !second) throw new Error("no question");
  expect(await quizzes.question(first.id, ana)).toEqual(first);
  expect(await quizzes.question(first.id, ben)).toBeNull();
  const [kept] = asInput([{ ...first, prompt: "Edited" }]);
  if (!kept) throw new Error("no question");
  await quizzes.update(quiz.id, quizInput({ questions: [kept] }), ana);
  expect(await quizzes.question(first.id, ana)).toMatchObject({ prompt: "Edited" });
  expect(await quizzes.question(second.id, ana)).toBeNull();
});
