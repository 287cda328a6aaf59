/** What phones and word processors put in place of the ASCII signs that an author typed. */
const TYPOGRAPHIC: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201A\u201B\u02BC\u02B9\u2032\u00B4\u0060\uFF07]/gu, "'"],
  [/[\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB\uFF02]/gu, '"'],
  [/[\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE58\uFE63\uFF0D]/gu, "-"],
];

/** Characters that draw nothing: zero-width, bidirectional and soft-hyphen marks, variation selectors, fillers. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * The form in which texts are compared: compatibility forms and case folded, without invisible characters,
 * typographic apostrophes, quotes and hyphens as the ASCII ones, spaces trimmed and collapsed.
 */
export function folded(text: string): string {
  // Signs before NFKC, which would make a space and a combining accent of ´, and after it, which makes some of ŉ.
  const signs = withAsciiSigns(text.replace(INVISIBLE, "").replace(/\p{Cc}/gu, " "));
  return withCollapsedSpaces(withAsciiSigns(caseFolded(signs.normalize("NFKC"))));
}

/**
 * Down, up and down again makes equal what one way would not: ẞ and ß, ß and ss, ſ and s, ς and σ. The final sigma is
 * undone by hand, because going down puts it at the ends of words; normalised again, because case can take apart
 * what was composed.
 */
function caseFolded(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFKC");
}

function withAsciiSigns(text: string): string {
  return TYPOGRAPHIC.reduce((plain, [signs, ascii]) => plain.replace(signs, ascii), text);
}

export function withCollapsedSpaces(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** Text that PostgreSQL and JSON can keep: without control characters (spaces in their place) or half characters. */
export function storable(text: string): string {
  return text.replace(/\p{Cc}/gu, " ").replace(/\p{Cs}/gu, "\uFFFD");
}

/** The first `count` code points, so that no character outside the basic plane is cut in half. */
export function firstCodePoints(text: string, count: number): string {
  return text.length <= count ? text : [...text].slice(0, count).join("");
}
