/** Letter, colour and shape of the n-th choice: three signs, so that none of them has to be seen. */
export interface ChoiceLook {
  letter: string;
  /** 1 to 4: the colour tokens `choice-1` … `choice-4`. */
  colour: 1 | 2 | 3 | 4;
  /** An SVG path in a box of 24 × 24. */
  shape: string;
}

const letters = "ABCDEFGHIJKL";
const colours = [1, 2, 3, 4] as const;
const shapes = [
  "M12 3 22.5 21h-21z",
  "M12 1.5 22.5 12 12 22.5 1.5 12z",
  "M12 2a10 10 0 1 1 0 20 10 10 0 1 1 0-20z",
  "M3 3h18v18h-18z",
  "M12 1.8 22.5 9.5 18.5 22h-13l-4-12.5z",
  "M6.5 2.5h11l5.5 9.5-5.5 9.5h-11l-5.5-9.5z",
  "M12 1.5l3 7.3 7.8.6-6 5 1.9 7.6-6.7-4.1-6.7 4.1 1.9-7.6-6-5 7.8-.6z",
  "M8.5 2h7v6.5h6.5v7h-6.5v6.5h-7v-6.5h-6.5v-7h6.5z",
];

export function choiceLook(index: number): ChoiceLook {
  return {
    letter: letters[index] ?? String(index + 1),
    colour: colours[index % colours.length] ?? 1,
    shape: shapes[index % shapes.length] ?? "",
  };
}

/** The choice that a key stands for: 1 to 9, or A to L. Undefined: none of `count`. */
export function choiceOfKey(key: string, count: number): number | undefined {
  const index = /^[1-9]$/.test(key) ? Number(key) - 1 : letters.indexOf(key.toUpperCase());
  return key.length === 1 && index >= 0 && index < count ? index : undefined;
}
