/** The languages of the web app. A new one is a folder in `locales/` and a line here. */
export const languages = [
  { code: "en", name: "English" },
  { code: "es", name: "Español" },
  { code: "vi", name: "Tiếng Việt" },
] as const;

export type Language = (typeof languages)[number]["code"];

export function isLanguage(code: string): code is Language {
  return languages.some((language) => language.code === code);
}

/** The first language of the wanted ones (BCP 47 tags, best first) that there is; else English. */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const code = tag.toLowerCase().split("-")[0] ?? "";
    if (isLanguage(code)) return code;
  }
  return "en";
}
