import { ref } from "vue";

export type Theme = "system" | "light" | "dark";

const storageKey = "theme";
const themes: readonly Theme[] = ["system", "light", "dark"];
const theme = ref<Theme>("system");

function apply(next: Theme): void {
  theme.value = next;
  if (next === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
}

/** Called once, before the app is mounted. */
export function applyStoredTheme(): void {
  try {
    const stored = localStorage.getItem(storageKey);
    apply(themes.find((candidate) => candidate === stored) ?? "system");
  } catch {
    apply("system");
  }
}

/** Light, dark, or what the device asks for; remembered on this device. */
export function useTheme() {
  const setTheme = (next: Theme) => {
    apply(next);
    try {
      localStorage.setItem(storageKey, next);
    } catch {
      // Storage may be forbidden: then the choice lasts as long as the page.
    }
  };
  return { theme, themes, setTheme };
}
