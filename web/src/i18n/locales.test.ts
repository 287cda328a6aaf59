import { describe, expect, it } from "vitest";
import { languages } from "./languages.ts";

const catalogues = import.meta.glob<Record<string, string>>("./locales/*/*.json", {
  eager: true,
  import: "default",
});
const read = (language: string, namespace: string) =>
  catalogues[`./locales/${language}/${namespace}.json`] ?? {};
const namespaces = ["player", "host", "author", "programs", "reports"];
const placeholders = (message: string) => [...new Set(message.match(/\{\w+\}/g) ?? [])].sort();

describe.each(languages.filter(({ code }) => code !== "en"))("the catalogues of $name", ({ code }) => {
  it.each(namespaces)("%s: has every key of the English one, and no other", (namespace) => {
    expect(Object.keys(read(code, namespace)).sort()).toEqual(Object.keys(read("en", namespace)).sort());
  });

  it.each(namespaces)("%s: fills in the same values", (namespace) => {
    const translated = read(code, namespace);
    for (const [key, message] of Object.entries(read("en", namespace))) {
      expect(placeholders(translated[key] ?? ""), key).toEqual(placeholders(message));
    }
  });
});

describe("the catalogues", () => {
  it("repeat no key across namespaces", () => {
    const keys = namespaces.flatMap((namespace) => Object.keys(read("en", namespace)));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});
