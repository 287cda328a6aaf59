import { type Ref, readonly, ref, shallowReactive } from "vue";
import { formatMessage, type MessageParams, plainNumber } from "./format.ts";
import { isLanguage, type Language, pickLanguage } from "./languages.ts";
import type author from "./locales/en/author.json";
import type host from "./locales/en/host.json";
import type player from "./locales/en/player.json";
import type programs from "./locales/en/programs.json";
import type reports from "./locales/en/reports.json";

/** Catalogues are split by who reads them, so that a player does not load the host's text. */
export type MessageNamespace = "player" | "host" | "author" | "programs" | "reports";

/** English is the reference: a key that it lacks does not compile. */
export type MessageKey =
  | keyof typeof player
  | keyof typeof host
  | keyof typeof author
  | keyof typeof programs
  | keyof typeof reports;

export interface Translator {
  t: (key: MessageKey, params?: MessageParams) => string;
  /** A number in the reader's own writing: 1,234 or 1.234. */
  n: (value: number, options?: Intl.NumberFormatOptions) => string;
  /** A date in the reader's own writing. */
  d: (value: string | number | Date, options?: Intl.DateTimeFormatOptions) => string;
  language: Readonly<Ref<Language>>;
}

type Messages = Record<string, string>;
const files = import.meta.glob<Messages>("./locales/*/*.json", { import: "default" });
const storageKey = "language";

/** All messages that have been loaded, by language. */
const catalogue = shallowReactive(new Map<Language, Messages>());
const language = ref<Language>("en");
const wanted = new Set<MessageNamespace>(["player"]);
const loaded = new Set<string>();

async function load(into: Language, namespace: MessageNamespace): Promise<void> {
  const path = `./locales/${into}/${namespace}.json`;
  if (loaded.has(path)) return;
  const messages = await files[path]?.();
  if (messages === undefined) return;
  catalogue.set(into, { ...catalogue.get(into), ...messages });
  loaded.add(path);
}

/** Makes the namespace's messages ready in the current language, and in those chosen later. */
export async function loadMessages(namespace: MessageNamespace): Promise<void> {
  wanted.add(namespace);
  await load(language.value, namespace);
}

/** Changes the language of everything on screen, and remembers it on this device. */
export async function setLanguage(next: Language): Promise<void> {
  await show(next);
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Storage may be forbidden: then the choice lasts as long as the page.
  }
}

async function show(next: Language): Promise<void> {
  await Promise.all([...wanted].map((namespace) => load(next, namespace)));
  language.value = next;
  document.documentElement.lang = next;
}

function storedLanguage(): Language | undefined {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored !== null && isLanguage(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

/** Called once, before the app is mounted: the stored language, else the browser's. */
export function startI18n(): Promise<void> {
  return show(storedLanguage() ?? pickLanguage(navigator.languages));
}

/** For the few texts outside of components; these follow the chosen language where they run in an effect. */
export const t: Translator["t"] = (key, params = {}) =>
  formatMessage(catalogue.get(language.value)?.[key] ?? key, params, language.value);
const n: Translator["n"] = (value, options) =>
  (options ? new Intl.NumberFormat(language.value, options) : plainNumber(language.value)).format(value);
const d: Translator["d"] = (value, options) =>
  new Intl.DateTimeFormat(language.value, options ?? { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(value),
  );

const translator: Translator = { t, n, d, language: readonly(language) };

/** Messages and numbers for templates and composables; follows the chosen language. */
export function useT(): Translator {
  return translator;
}
