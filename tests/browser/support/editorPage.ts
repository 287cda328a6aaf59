import { expect, type Page } from "@playwright/test";

/** What one question is to be; choices that end in `*` are marked right. */
export interface WrittenQuestion {
  readonly kind: "One right choice" | "Several right choices" | "Typed answer" | "Put in order";
  readonly prompt: string;
  readonly rows: readonly string[];
}

/** What a row of each kind is called. */
const rowName = (kind: WrittenQuestion["kind"], index: number): string => {
  if (kind === "Typed answer") return `Answer ${index + 1}`;
  if (kind === "Put in order") return `Part ${index + 1}`;
  return `Choice ${String.fromCharCode(65 + index)}`;
};

const row = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

/** Adds a question of this kind after the current one. */
export async function addQuestion(page: Page, kind: WrittenQuestion["kind"]): Promise<void> {
  await page.getByRole("button", { name: "Add a question" }).click();
  await page.getByRole("menuitem", { name: kind }).click();
  await expect(page.getByRole("combobox", { name: "Kind of question" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Question", exact: true })).toBeFocused();
}

/** Fills in the question that is open. */
export async function writeQuestion(page: Page, { kind, prompt, rows }: WrittenQuestion): Promise<void> {
  await page.getByRole("textbox", { name: "Question", exact: true }).fill(prompt);
  for (const [index, text] of rows.entries()) {
    const name = rowName(kind, index);
    if (!(await row(page, name).isVisible())) {
      await page.getByRole("button", { name: /^\+?\s*Add (choice|part|answer)$/ }).click();
    }
    await row(page, name).fill(text.replace(/\*$/, ""));
    if (text.endsWith("*")) await page.getByLabel(`${name} is right`).check();
  }
}

/** The questions in the outline, in their order. */
export async function outline(page: Page): Promise<string[]> {
  const items = page.getByRole("navigation", { name: "Questions" }).getByRole("listitem");
  return Promise.all(
    (await items.all()).map((item) => item.locator("button:not([aria-label]) .truncate").first().innerText()),
  );
}

/** Waits until the server has everything. */
export const saved = (page: Page): Promise<void> =>
  expect(page.getByRole("status").filter({ hasText: /^Saved$/ })).toBeAttached();
