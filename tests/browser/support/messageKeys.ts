import { readdirSync, readFileSync } from "node:fs";
import type { Page } from "@playwright/test";

const locales = new URL("../../../web/src/i18n/locales/", import.meta.url);

function readMessages(language: string): Map<string, string> {
  const folder = new URL(`${language}/`, locales);
  const catalogues = readdirSync(folder).map(
    (file): Record<string, string> => JSON.parse(readFileSync(new URL(file, folder), "utf8")),
  );
  return new Map(catalogues.flatMap((catalogue) => Object.entries(catalogue)));
}

/** The messages of a language by their keys. */
export function messagesOf(language: string): (key: string) => string {
  const messages = readMessages(language);
  return (key) => {
    const message = messages.get(key);
    if (message === undefined) throw new Error(`${language} has no message ${key}`);
    return message;
  };
}

const keys = [...readMessages("en").keys()];

/** Everything that the page says, also to screen readers alone. */
const SAID = `[
  document.title,
  document.body.textContent,
  ...[...document.querySelectorAll("[aria-label], [title], [placeholder]")].flatMap((element) => [
    element.getAttribute("aria-label"), element.getAttribute("title"), element.getAttribute("placeholder"),
  ]),
].filter(Boolean).join("\\n")`;

/** The keys of messages that stand on the page instead of their texts: none, where all is well. */
export async function shownKeys(page: Page): Promise<string[]> {
  const said = await page.evaluate<string>(SAID);
  return keys.filter((key) => said.includes(key));
}
