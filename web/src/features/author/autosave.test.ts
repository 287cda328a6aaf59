import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AuthorQuizFragment, QuizInput } from "../../graphql/generated/graphql.ts";
import { type AutosaveOptions, createAutosave, type SaveResult, type SaveState } from "./autosave.ts";
import type { QuizDraft } from "./draft.ts";
import { draftForTest, questionForTest } from "./draftForTest.ts";
import type { Problem } from "./validateDraft.ts";

/** A server that answers what it is told to, when it is told to. */
function startServer(options: Partial<AutosaveOptions> = {}) {
  const calls: { quizId: string | null; input: QuizInput; answer: (result: SaveResult) => void }[] = [];
  const states: SaveState["kind"][] = [];
  const kept: (QuizDraft | null)[] = [];
  const problems: Problem[] = [];
  const draft = draftForTest(questionForTest("q"));
  const autosave = createAutosave({
    quizId: "Z",
    draft,
    ids: {},
    saved: true,
    isOnline: () => true,
    save: (quizId, input) => new Promise((answer) => calls.push({ quizId, input, answer })),
    keep: (unsaved) => kept.push(unsaved?.draft ?? null),
    onState: ({ kind }) => states.push(kind),
    onSaved: () => undefined,
    onProblems: (found) => problems.push(...found),
    ...options,
  });
  return { autosave, calls, states, kept, problems, draft };
}

const titled = (draft: QuizDraft, title: string): QuizDraft => ({ ...draft, title });

function savedAs(input: QuizInput, id = "Z"): SaveResult {
  const quiz: AuthorQuizFragment = {
    id,
    visibility: "PRIVATE",
    title: input.title,
    description: null,
    level: null,
    mine: true,
    updatedAt: "2026-01-01T00:00:00Z",
    questions: input.questions.map((question, at) => ({
      id: `Q${at}`,
      kind: question.kind,
      prompt: question.prompt,
      acceptedAnswers: [],
      timeLimitSeconds: 20,
      points: 1000,
      explanation: null,
      choices: (question.choices ?? []).map(({ text }, index) => ({
        id: `Q${at}C${index}`,
        text,
        correct: false,
      })),
    })),
  };
  return { kind: "saved", quiz };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe("saving by itself", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("keeps every keystroke on the device at once, and saves after a pause", async () => {
    const { autosave, calls, states, kept, draft } = startServer();
    autosave.edited(titled(draft, "C"));
    await vi.advanceTimersByTimeAsync(500);
    autosave.edited(titled(draft, "Co"));
    expect(kept.map((one) => one?.title)).toEqual(["C", "Co"]);
    await vi.advanceTimersByTimeAsync(799);
    expect(calls).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls.map(({ input }) => input.title)).toEqual(["Co"]);
    calls[0]?.answer(savedAs(calls[0].input));
    await settle();
    expect(states.at(-1)).toBe("saved");
    expect(kept.at(-1)).toBeNull();
    expect(autosave.isSaved()).toBe(true);
  });

  it("does not wait for ever for somebody who never pauses", async () => {
    const { autosave, calls, draft } = startServer();
    for (let key = 0; key < 12; key += 1) {
      autosave.edited(titled(draft, `T${key}`));
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(calls).toHaveLength(1);
  });

  it("keeps what was typed during a save, and saves it next, with the new ids", async () => {
    const { autosave, calls, states, kept, draft } = startServer({ quizId: null, saved: false });
    autosave.edited(titled(draft, "First"));
    await vi.advanceTimersByTimeAsync(800);
    autosave.edited(titled(draft, "Second"));
    calls[0]?.answer(savedAs(calls[0].input, "NEW"));
    await settle();
    expect(kept.at(-1)?.title).toBe("Second");
    expect(states.at(-1)).toBe("pending");
    await vi.advanceTimersByTimeAsync(800);
    expect(calls[1]).toMatchObject({ quizId: "NEW", input: { title: "Second", questions: [{ id: "Q0" }] } });
    expect(calls[1]?.input.questions[0]?.choices?.map(({ id }) => id)).toEqual(["Q0C0", "Q0C1", "Q0C2"]);
  });

  it("has one save under way at a time", async () => {
    const { autosave, calls, draft } = startServer();
    autosave.edited(titled(draft, "A"));
    await vi.advanceTimersByTimeAsync(800);
    autosave.edited(titled(draft, "B"));
    void autosave.flush();
    await vi.advanceTimersByTimeAsync(5000);
    expect(calls).toHaveLength(1);
  });

  it("repeats a save that did not arrive, less and less often, and loses nothing", async () => {
    const { autosave, calls, states, kept, draft } = startServer({
      save: (quizId, input) => {
        calls.push({ quizId, input, answer: () => undefined });
        return calls.length < 4
          ? Promise.reject(new Error("connection lost"))
          : Promise.resolve(savedAs(input));
      },
    });
    autosave.edited(titled(draft, "A"));
    await vi.advanceTimersByTimeAsync(800);
    expect(states.at(-1)).toBe("retrying");
    autosave.edited(titled(draft, "AB"));
    expect(kept.at(-1)?.title).toBe("AB");
    expect(autosave.isSaved()).toBe(false);
    await vi.advanceTimersByTimeAsync(1000 + 2000 + 4000);
    expect(calls.map(({ input }) => input.title)).toEqual(["A", "AB", "AB", "AB"]);
    expect(states.at(-1)).toBe("saved");
    autosave.edited(titled(draft, "ABC"));
    await vi.advanceTimersByTimeAsync(800);
    expect(calls).toHaveLength(5);
  });

  it("keeps an invalid draft on the device and sends it once it is valid", async () => {
    const { autosave, calls, states, kept, draft } = startServer();
    autosave.edited(titled(draft, ""));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(calls).toHaveLength(0);
    expect(states.at(-1)).toBe("invalid");
    expect(kept.at(-1)?.title).toBe("");
    autosave.edited(titled(draft, "Titled"));
    await vi.advanceTimersByTimeAsync(800);
    expect(calls).toHaveLength(1);
  });

  it("tries again after a failure even when the draft was invalid in between", async () => {
    const { autosave, calls, draft } = startServer();
    autosave.edited(titled(draft, "A"));
    await vi.advanceTimersByTimeAsync(800);
    autosave.edited(titled(draft, ""));
    calls[0]?.answer({ kind: "unreachable" });
    await vi.advanceTimersByTimeAsync(5000);
    autosave.edited(titled(draft, "B"));
    await vi.advanceTimersByTimeAsync(800);
    expect(calls.map(({ input }) => input.title)).toEqual(["A", "B"]);
  });

  it("shows the server's objections and does not repeat what it refused", async () => {
    const { autosave, calls, states, problems, draft } = startServer();
    autosave.edited(titled(draft, "Bad"));
    await vi.advanceTimersByTimeAsync(800);
    calls[0]?.answer({ kind: "invalid", issues: [{ path: ["input", "title"], message: "Not this." }] });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(1);
    expect(states.at(-1)).toBe("invalid");
    expect(problems).toMatchObject([{ field: "title", text: { message: "Not this." } }]);
  });

  it("waits while the device is offline, and saves when it is asked to", async () => {
    let online = false;
    const { autosave, calls, states, draft } = startServer({ isOnline: () => online });
    autosave.edited(titled(draft, "A"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states.at(-1)).toBe("offline");
    expect(calls).toHaveLength(0);
    online = true;
    const flushed = autosave.flush();
    calls[0]?.answer(savedAs(calls[0].input));
    expect(await flushed).toBe(true);
  });

  it("flushes what was typed after the save under way began", async () => {
    const { autosave, calls, draft } = startServer();
    autosave.edited(titled(draft, "A"));
    await vi.advanceTimersByTimeAsync(800);
    autosave.edited(titled(draft, "B"));
    const flushed = autosave.flush();
    calls[0]?.answer(savedAs(calls[0].input));
    await settle();
    calls[1]?.answer(savedAs(calls[1].input));
    expect(await flushed).toBe(true);
    expect(calls.map(({ input }) => input.title)).toEqual(["A", "B"]);
  });

  it("says so when the server refuses, and keeps the draft", async () => {
    const { autosave, calls, states, kept, draft } = startServer();
    autosave.edited(titled(draft, "A"));
    const flushed = autosave.flush();
    calls[0]?.answer({ kind: "refused", reason: "signedOut" });
    expect(await flushed).toBe(false);
    expect(states.at(-1)).toBe("refused");
    expect(kept.at(-1)?.title).toBe("A");
  });

  it("is saved again when undo brings back what the server has", async () => {
    const { autosave, calls, states, kept, draft } = startServer();
    autosave.edited(titled(draft, "A"));
    autosave.edited(draft);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(calls).toHaveLength(0);
    expect(states.at(-1)).toBe("saved");
    expect(kept.at(-1)).toBeNull();
  });
});
