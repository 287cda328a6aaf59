const SYLLABLES = ["la", "le", "li", "lo", "lu", "ra", "re", "ri", "ro", "ru"];

/** A number as a word, such as "lirele" for 261: a part of nicknames, in which figures may read like letters that offend. */
export const syllables = (number: number): string =>
  [...String(number)].map((digit) => SYLLABLES[Number(digit)]).join("");
