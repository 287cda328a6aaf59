import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkNickname, NICKNAME_LIMIT, nicknameAlternatives, nicknameKey } from "./nickname.ts";

function ok(raw: string) {
  const checked = checkNickname(raw);
  if (checked.kind === "invalid") throw new Error(checked.message);
  return checked;
}
const length = (text: string) => [...new Intl.Segmenter("en").segment(text)].length;

describe("A nickname", () => {
  it.each([
    ["  Ana  ", "Ana"],
    ["Ana \t  María", "Ana María"],
    ["A\u200Bn\u202Ea\u0000", "Ana"],
    ["Nguyễn Thị Ánh", "Nguyễn Thị Ánh"],
    ["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"],
    ["👍🏽❤️", "👍🏽❤️"],
    ["🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
    ["ශ්‍රී", "ශ්‍රී"],
    ["1\uFE0F\u20E3", "1\uFE0F\u20E3"],
    ["Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306", "Z\u0300\u0301\u0302\u0303"],
  ])("%j is shown as %j", (raw, nickname) => {
    expect(ok(raw).nickname).toBe(nickname.normalize("NFC"));
  });

  it("has 1 to 20 characters as a reader counts them", () => {
    expect(checkNickname("x".repeat(20)).kind).toBe("ok");
    expect(checkNickname("👩‍👩‍👧‍👦".repeat(18)).kind).toBe("ok");
    expect(checkNickname("x".repeat(21)).kind).toBe("invalid");
  });

  it.each(["", "   ", "\u200B\u200D", "\u2800\u3164", "\u0301"])(
    "%j is refused: nobody could see it",
    (raw) => {
      expect(checkNickname(raw).kind).toBe("invalid");
    },
  );

  it("is not one character built of endless parts", () => {
    expect(checkNickname("👩‍".repeat(400)).kind).toBe("invalid");
  });

  it.each(["fuck you", "ＦＵＣＫ", "f\u200Buck", "sh1t", "4ss", "a55"])(
    "%j is refused: it may offend",
    (raw) => {
      expect(checkNickname(raw).kind).toBe("invalid");
    },
  );

  it.each([
    "Cassandra",
    "Scunthorpe",
    "Hancock",
    "Dickens",
    "Phúc",
    "Analía",
    "ANALÍA",
    "Bích Ngọc",
    "BÍCH",
    "Fagan",
    "Class 4b",
    "Player 455",
    "455",
  ])("%j is welcome", (raw) => {
    expect(checkNickname(raw).kind).toBe("ok");
  });

  it("stands for all that look like it: case, width, spaces, invisible characters", () => {
    const key = ok("Ana Maria").key;
    for (const other of ["ana maria", "ANA  MARIA", "Ａｎａ Ｍａｒｉａ", "Ana\u00AD Maria\uFE0F"]) {
      expect(ok(other).key).toBe(key);
    }
    expect(ok("Ana María").key).not.toBe(key);
  });

  it("is the same when it is checked again, and its key is that of what is shown", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 24 }), (raw) => {
        const checked = checkNickname(raw);
        if (checked.kind === "invalid") return;
        expect(checkNickname(checked.nickname)).toEqual(checked);
        expect(nicknameKey(checked.nickname)).toBe(checked.key);
        expect(length(checked.nickname)).toBeLessThanOrEqual(NICKNAME_LIMIT);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("The alternatives to a nickname", () => {
  it("begin with the plain ones and end with random ones", () => {
    const names = [...nicknameAlternatives("Ana", () => 0.5)].map(({ nickname }) => nickname);
    expect(names.slice(0, 2)).toEqual(["Ana 2", "Ana 3"]);
    expect(names.slice(-2)).toEqual(["Ana 55000", "Player 55000"]);
  });

  it("differ when they are asked for again, so that one is free in any session", () => {
    const taken = new Set([...nicknameAlternatives("Ana")].map(({ key }) => key));
    expect([...nicknameAlternatives("Ana")].some(({ key }) => !taken.has(key))).toBe(true);
  });

  it("are nicknames themselves, none like another or like the one that is taken", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), (raw) => {
        const checked = checkNickname(raw);
        if (checked.kind === "invalid") return;
        const alternatives = [...nicknameAlternatives(checked.nickname)];
        expect(alternatives.length).toBeGreaterThan(0);
        expect(new Set(alternatives.map(({ key }) => key)).size).toBe(alternatives.length);
        for (const { nickname, key } of alternatives) {
          expect(checkNickname(nickname)).toEqual({ kind: "ok", nickname, key });
          expect(key).not.toBe(checked.key);
        }
      }),
      { numRuns: 50 },
    );
  });
});
