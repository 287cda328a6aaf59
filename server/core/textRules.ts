import { z } from "zod";

// Lone surrogates and control characters but the line break: not shown, and some of them not storable in PostgreSQL.
const UNPRINTABLE = /(?!\n)[\p{Cs}\p{Cc}]/gu;

/** What a person wrote, without what cannot be seen, and without space around it. Line breaks stay. */
export function cleanText(text: string): string {
  return text.replaceAll("\t", " ").replace(UNPRINTABLE, "").trim();
}

/** A text of `min` to `max` characters (code points, so that an emoji is not two), once cleaned. */
export function textOf(what: string, min: number, max: number) {
  return z
    .string()
    .transform(cleanText)
    .superRefine((text, context) => {
      const { length } = [...text];
      if (length < min) context.addIssue({ code: "custom", message: `${what} is missing.` });
      if (length > max)
        context.addIssue({ code: "custom", message: `${what} has at most ${max} characters.` });
    });
}

/** A text that may be left out: empty and null are the same. */
export function optionalTextOf(what: string, max: number) {
  return textOf(what, 0, max)
    .nullish()
    .transform((text) => text || null);
}
