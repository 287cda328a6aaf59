import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from "obscenity";
import { folded, storable, withCollapsedSpaces } from "./folding.ts";

/** In visible characters, as a reader counts them: a flag or a family is one. */
export const NICKNAME_LIMIT = 20;

/** Against characters that are built of endless parts; the longest emoji has fewer than 30 units. */
const UNIT_LIMIT = 600;
const NUMBERED_ALTERNATIVES = 14;
const RANDOM_ALTERNATIVES = 3;

type CheckedNickname =
  /** `key` is equal for nicknames that may not stand beside each other. */
  | { readonly kind: "ok"; readonly nickname: string; readonly key: string }
  | { readonly kind: "invalid"; readonly message: string };

interface Nickname {
  readonly nickname: string;
  readonly key: string;
}

/** Names of people that the English word list takes for something else. */
const NAMES =
  "analí analia analis annali bích fagan fukuda fukui cumali cummin semenov dickson dickinson".split(" ");

const { blacklistedTerms, whitelistedTerms } = englishDataset.build();
const profanity = new RegExpMatcher({
  blacklistedTerms,
  whitelistedTerms: [...(whitelistedTerms ?? []), ...NAMES],
  ...englishRecommendedTransformers,
});
const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Digits read as letters within a word only: a number that stands by itself, as in "Player 455", is a number. */
const NUMBERS = /(?<![\p{L}\p{N}\p{P}\p{S}])\p{N}+(?![\p{L}\p{N}\p{P}\p{S}])/gu;

/** A nickname as it will be shown, or why it cannot be one. */
export function checkNickname(raw: string): CheckedNickname {
  const nickname = shown(raw);
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(nickname)) {
    return { kind: "invalid", message: "Choose a nickname with at least one visible character." };
  }
  if (nickname.length > UNIT_LIMIT || split(nickname).length > NICKNAME_LIMIT) {
    return { kind: "invalid", message: `A nickname has at most ${NICKNAME_LIMIT} characters.` };
  }
  const key = nicknameKey(nickname);
  if (profanity.hasMatch(key.replace(NUMBERS, " "))) {
    return { kind: "invalid", message: "Choose another nickname: this one may offend." };
  }
  return { kind: "ok", nickname, key };
}

/** Equal for nicknames that differ in case, width, spacing or invisible characters only. */
export function nicknameKey(nickname: string): string {
  return folded(nickname);
}

/**
 * What to suggest where a nickname is taken, best first: "Ana 2", "Ana 3", …; the last ones are random, so that one
 * is free in any session. Each is made when it is asked for, because checking it takes time and few are needed.
 * `random` gives numbers from 0 up to 1.
 */
export function nicknameAlternatives(
  nickname: string,
  random: () => number = Math.random,
): Iterable<Nickname> {
  return { [Symbol.iterator]: () => alternatives(nickname, random) };
}

function* alternatives(nickname: string, random: () => number): Generator<Nickname> {
  const given = new Set<string>();
  for (const [name, suffix] of candidates(nickname, random)) {
    const kept = split(shown(name)).slice(0, NICKNAME_LIMIT - suffix.length - 1);
    const checked = checkNickname(`${kept.join("")} ${suffix}`);
    if (checked.kind === "invalid" || given.has(checked.key)) continue;
    given.add(checked.key);
    yield { nickname: checked.nickname, key: checked.key };
  }
}

function* candidates(nickname: string, random: () => number): Generator<readonly [string, string]> {
  const digits = () => String(Math.floor(10_000 + random() * 90_000));
  for (let number = 2; number <= NUMBERED_ALTERNATIVES + 1; number++) yield [nickname, String(number)];
  for (let left = RANDOM_ALTERNATIVES; left > 0; left--) yield [nickname, digits()];
  // Some names can be offensive with anything after them; this one is not.
  for (let left = RANDOM_ALTERNATIVES; left > 0; left--) yield ["Player", digits()];
}

function shown(raw: string): string {
  return withCollapsedSpaces(
    withoutInvisible(withCollapsedSpaces(storable(raw).replaceAll(BLANK_BRAILLE, " ")))
      .normalize("NFC")
      // Marks piled up over the neighbours' lines; no writing needs more than four on one character.
      .replace(/(\p{M}{4})\p{M}+/gu, "$1"),
  );
}

/** Counted as a symbol, drawn as nothing. */
const BLANK_BRAILLE = "\u2800";

/**
 * Takes out what draws nothing or turns the writing around, except where it shapes what is drawn: joiners inside an
 * emoji and after an Indic virama, the variation selector after an emoji, and the tags of a flag.
 */
function withoutInvisible(text: string): string {
  return text.replace(
    /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Noncharacter_Code_Point}]+/gu,
    (run, offset: number) => {
      const before = text.slice(0, offset);
      const after = text.slice(offset + run.length);
      if (/\p{Emoji}$/u.test(before)) {
        if (/^\uFE0F?\u200D$/u.test(run) && /^\p{Extended_Pictographic}/u.test(after)) return run;
        if (/^[\uFE0E\uFE0F]/u.test(run)) return run.slice(0, 1);
        if (/\u{1F3F4}$/u.test(before) && /^[\u{E0061}-\u{E007A}]{1,6}\u{E007F}$/u.test(run)) return run;
      }
      const joiner = /^[\u200C\u200D]$/u.test(run);
      return joiner && /[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA]$/u.test(before)
        ? run
        : "";
    },
  );
}

function split(text: string): string[] {
  return Array.from(characters.segment(text), ({ segment }) => segment);
}
