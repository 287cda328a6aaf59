/**
 * A list as PostgreSQL reads an array of this type. The driver's own way asks of each value what it is, and searches it
 * twice for what must be escaped: that took as long as everything else that is done with an entry before it is sent. What
 * is no text here (ids, numbers, truth values, times in ISO 8601) has nothing to escape.
 */
export function arrayText(type: string, values: readonly unknown[]): string {
  const isText = type === "text";
  let text = "";
  for (const value of values) {
    if (text !== "") text += ",";
    if (value === null || value === undefined) text += "NULL";
    else text += isText ? quoted(String(value)) : String(value);
  }
  return `{${text}}`;
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;
