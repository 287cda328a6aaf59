/** Values for `{name}` in a message; `count` also picks the form of `one thing | {count} things`. */
export type MessageParams = Record<string, string | number>;

const separator = " | ";

/** Keeps what `make` has made. The makers of Intl cost more than a hundred uses of what they make. */
function once<Made>(make: (language: string) => Made): (language: string) => Made {
  const made = new Map<string, Made>();
  return (language) => {
    const known = made.get(language) ?? make(language);
    made.set(language, known);
    return known;
  };
}

/** Writes numbers as the language does. */
export const plainNumber = once((language) => new Intl.NumberFormat(language));
const pluralRules = once((language) => new Intl.PluralRules(language));

/**
 * Fills in a message: `{name}` takes its value, numbers in the reader's own writing. Of several forms, separated by
 * ` | `, `count` picks one as the language asks: one · other, or none · one · other.
 *
 * A message library can do more, for 11 kB that every player would download; catalogues need no more than this.
 */
export function formatMessage(message: string, params: MessageParams, language: string): string {
  const count = params["count"];
  const form = typeof count === "number" ? pickForm(message.split(separator), count, language) : message;
  return form.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = params[name];
    if (value === undefined) return placeholder;
    return typeof value === "number" ? plainNumber(language).format(value) : value;
  });
}

function pickForm(forms: readonly string[], count: number, language: string): string {
  const last = forms.length - 1;
  if (last === 2 && count === 0) return forms[0] ?? "";
  const singular = pluralRules(language).select(count) === "one";
  // A language without a singular may still give one: "1 người".
  return (singular ? forms[Math.max(0, last - 1)] : forms[last]) ?? "";
}
