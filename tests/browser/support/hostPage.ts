import { expect, type Page } from "@playwright/test";

export const DEMO_HOST = { email: "demo@example.org", password: "vocabulary" } as const;

/** Signs in through the form that the page shows. */
export async function signInHere(page: Page, { email, password } = DEMO_HOST): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.locator("form").getByRole("button", { name: "Sign in" }).click();
}

/** Comes to a page that asks for an account first. */
export async function openSignedIn(page: Page, path: string): Promise<void> {
  await page.goto(`/signin?next=${encodeURIComponent(path)}`);
  await signInHere(page);
  await expect(page).toHaveURL((url) => url.pathname + url.search === path);
}

/** From the library to the lobby; resolves to the code. */
export async function openLobby(
  page: Page,
  title: string,
  { pacing = "You" }: { pacing?: "You" | "Each player" } = {},
): Promise<string> {
  await page.getByRole("button", { name: `Start ${title}` }).click();
  const dialog = page.getByRole("dialog", { name: "Start a game" });
  await dialog.getByRole("radio", { name: pacing, exact: true }).check();
  await dialog.getByRole("button", { name: "Open the lobby" }).click();
  await expect(page).toHaveURL(/\/host\/\d{6}$/);
  return new URL(page.url()).pathname.slice("/host/".length);
}

/**
 * Presses the host's main button. A press just after the screen has changed was meant for what was there before and
 * does nothing, so it is pressed until its name is another one.
 */
export async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name, exact: true });
  await expect(button).toBeEnabled();
  await expect(async () => {
    if (await button.isVisible()) await button.click({ timeout: 2_000 });
    await expect(button).toBeHidden({ timeout: 2_000 });
  }).toPass();
}

/** Ends the game by the main button, and says yes to the question that follows. */
export async function finishGame(page: Page): Promise<void> {
  const name = "Finish the game";
  const sure = page.getByRole("dialog").getByRole("button", { name });
  await expect(async () => {
    if (!(await sure.isVisible())) await page.getByRole("button", { name }).click({ timeout: 2_000 });
    await expect(sure).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await sure.click();
}

/** The results table: for each player, what stands in the cells after the name. */
export async function readResults(page: Page): Promise<Map<string, string[]>> {
  const rows = page.getByRole("table").locator("tbody tr");
  await expect(rows.first()).toBeVisible();
  const read = new Map<string, string[]>();
  for (const row of await rows.all()) {
    const name = await row.getByRole("rowheader").innerText();
    read.set(
      name.trim(),
      (await row.getByRole("cell").allInnerTexts()).map((text) => text.trim()),
    );
  }
  return read;
}
