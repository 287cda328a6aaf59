import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChoiceId, QuestionId } from "../../core/ids.ts";
import { checkAnswer, type RawAnswer } from "./answerChecking.ts";
import type { ContentQuestion } from "./content.ts";

function question(change: Partial<ContentQuestion>): ContentQuestion {
  return {
    id: "q" as QuestionId,
    kind: "SINGLE_CHOICE",
    prompt: "?",
    choices: [],
    acceptedAnswers: [],
    timeLimitMs: 20_000,
    points: 1000,
    explanation: null,
    ...change,
  };
}
const choices = (marks: string) =>
  [...marks].map((mark, index) => ({ id: `c${index}` as ChoiceId, text: `${index}`, correct: mark === "+" }));
const single = question({ choices: choices("-+-") });
const multiple = question({ kind: "MULTIPLE_CHOICE", choices: choices("++-+-") });
const typed = question({ kind: "TYPED", acceptedAnswers: ["Don't", "Do not"] });
const order = question({ kind: "ORDER", choices: choices("---") });

function judge(asked: ContentQuestion, raw: RawAnswer) {
  const checked = checkAnswer(asked, raw);
  if (checked.kind === "invalid") throw new Error(JSON.stringify(checked.issues));
  return checked;
}
function pathsOf(asked: ContentQuestion, raw: RawAnswer): string[] {
  const checked = checkAnswer(asked, raw);
  return checked.kind === "invalid" ? checked.issues.map(({ path }) => path.join(".")) : [];
}

describe("An answer is refused", () => {
  it.each<[string, ContentQuestion, RawAnswer, string[]]>([
    ["in the wrong field", single, { text: "c1" }, ["answer.text"]],
    ["in a second field", single, { choiceIds: ["c1"], order: [] }, ["answer.order"]],
    ["without any field", typed, {}, ["answer.text"]],
    ["with no choice", single, { choiceIds: [] }, ["answer.choiceIds"]],
    ["with a choice of another question", multiple, { choiceIds: ["c0", "x"] }, ["answer.choiceIds.1"]],
    ["with a choice twice", multiple, { choiceIds: ["c0", "c0"] }, ["answer.choiceIds.1"]],
    ["with two choices where one is asked for", single, { choiceIds: ["c0", "c1"] }, ["answer.choiceIds"]],
    ["blank", typed, { text: " \u200B\u0000 " }, ["answer.text"]],
    ["over 200 characters", typed, { text: "x".repeat(201) }, ["answer.text"]],
    ["with a part missing", order, { order: ["c0", "c1"] }, ["answer.order"]],
    ["with a part twice", order, { order: ["c0", "c1", "c1"] }, ["answer.order.2"]],
    ["with nothing in order", order, { order: [] }, ["answer.order"]],
  ])("%s", (_, asked, raw, paths) => {
    expect(pathsOf(asked, raw)).toEqual(paths);
  });

  it("without listing everything that is wrong in a very long one", () => {
    const nonsense = Array.from({ length: 10_000 }, (_, index) => `x${index}`);
    expect(pathsOf(multiple, { choiceIds: nonsense }).length).toBeLessThan(10);
  });
});

describe("SINGLE_CHOICE", () => {
  it("is right with the right choice alone", () => {
    expect(judge(single, { choiceIds: ["c1"] })).toMatchObject({ correct: true, share: { num: 1, den: 1 } });
    expect(judge(single, { choiceIds: ["c0"] })).toMatchObject({ correct: false, share: { num: 0 } });
  });
});

describe("MULTIPLE_CHOICE", () => {
  it.each([
    ["all right ones", ["c0", "c1", "c3"], true, 3],
    ["two of three", ["c0", "c1"], false, 2],
    ["two right and one wrong", ["c0", "c1", "c2"], false, 1],
    ["all right ones and a wrong one", ["c0", "c1", "c3", "c4"], false, 2],
    ["more wrong than right", ["c2", "c4", "c0"], false, 0],
    ["everything", ["c0", "c1", "c2", "c3", "c4"], false, 1],
  ])("earns for %s its share", (_, choiceIds, correct, num) => {
    expect(judge(multiple, { choiceIds })).toMatchObject({ correct, share: { num, den: 3 } });
  });

  it("earns a share from 0 to 1, and 1 for the exact set only", () => {
    const asked = fc.tuple(fc.array(fc.boolean(), { minLength: 2, maxLength: 8 }), fc.nat(255));
    fc.assert(
      fc.property(asked, ([marks, picks]) => {
        if (!marks.includes(true)) return;
        const many = question({
          kind: "MULTIPLE_CHOICE",
          choices: choices(marks.map((m) => (m ? "+" : "-")).join("")),
        });
        const choiceIds = many.choices.filter((_, index) => picks & (1 << index)).map(({ id }) => id);
        if (choiceIds.length === 0) return;
        const { share, correct } = judge(many, { choiceIds });
        expect(share.num).toBeGreaterThanOrEqual(0);
        expect(share.num).toBeLessThanOrEqual(share.den);
        expect(correct).toBe(share.num === share.den);
      }),
    );
  });
});

describe("TYPED", () => {
  it("is right in every spelling that is accepted, whatever the phone makes of it", () => {
    for (const text of ["don't", "DON’T", "  do   NOT "]) {
      expect(judge(typed, { text })).toMatchObject({ correct: true, share: { num: 1, den: 1 } });
    }
    expect(judge(typed, { text: "dont" }).correct).toBe(false);
  });

  it("keeps the text as it was given, and counts it as it is compared", () => {
    const { given, tallyKeys } = judge(typed, { text: "  Don’t " });
    expect(given).toEqual({ choiceIds: [], text: "Don’t" });
    expect(tallyKeys).toEqual(["text:don't"]);
  });

  it("takes 200 characters, and counts the first 100", () => {
    const { tallyKeys } = judge(typed, { text: "😀".repeat(200) });
    expect(tallyKeys).toEqual([`text:${"😀".repeat(100)}`]);
  });

  it("keeps nothing that PostgreSQL cannot store", () => {
    expect(judge(typed, { text: "a\u0000\uD83Db" }).given.text).toBe("a \uFFFDb");
  });
});

describe("ORDER", () => {
  it("is right in the exact order only, and is counted under no key", () => {
    expect(judge(order, { order: ["c0", "c1", "c2"] })).toMatchObject({ correct: true, tallyKeys: [] });
    expect(judge(order, { order: ["c0", "c2", "c1"] })).toMatchObject({ correct: false, share: { num: 0 } });
  });

  it("keeps the player's order", () => {
    expect(judge(order, { order: ["c2", "c0", "c1"] }).given.choiceIds).toEqual(["c2", "c0", "c1"]);
  });
});

describe("I3: a retry is known by the fingerprint", () => {
  const picks = fc.uniqueArray(fc.constantFrom("c0", "c1", "c2", "c3", "c4"), { minLength: 1 });

  it("which does not depend on the order of choices", () => {
    fc.assert(
      fc.property(picks, (choiceIds) => {
        const turned = judge(multiple, { choiceIds: [...choiceIds].reverse() });
        expect(turned).toEqual(judge(multiple, { choiceIds }));
      }),
    );
  });

  it("which differs for different choices", () => {
    fc.assert(
      fc.property(picks, picks, (one, other) => {
        const same = [...one].sort().join() === [...other].sort().join();
        const prints = [one, other].map((choiceIds) => judge(multiple, { choiceIds }).fingerprint);
        expect(prints[0] === prints[1]).toBe(same);
      }),
    );
  });

  it("which depends on the order in ORDER", () => {
    const prints = [
      ["c0", "c1", "c2"],
      ["c0", "c2", "c1"],
    ].map((ids) => judge(order, { order: ids }).fingerprint);
    expect(prints[0]).not.toBe(prints[1]);
  });

  it("which is that of the compared text in TYPED", () => {
    expect(judge(typed, { text: "Don’t " }).fingerprint).toBe(judge(typed, { text: "DON'T" }).fingerprint);
  });
});
