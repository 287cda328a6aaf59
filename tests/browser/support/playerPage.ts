import { expect, type Locator, type Page } from "@playwright/test";

/** Types the code on the start page. */
export async function enterCode(page: Page, code: string): Promise<void> {
  await page.goto("/");
  await page.getByLabel("Game code").fill(code);
  await page.getByRole("button", { name: "Join", exact: true }).click();
}

/** Fills in the form that asks who one is; says nothing about how it ends. */
export async function enterNickname(page: Page, nickname: string): Promise<void> {
  await page.getByLabel("Your nickname").fill(nickname);
  await page.getByRole("button", { name: "Join the game" }).click();
}

/** Joins by the link that the QR code holds. */
export async function joinByLink(page: Page, code: string, nickname: string): Promise<void> {
  await page.goto(`/join/${code}`);
  await enterNickname(page, nickname);
  await expectLobby(page, nickname);
}

export async function expectLobby(page: Page, nickname: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: nickname })).toBeVisible();
  await expect(page.getByText("Waiting for the host to begin.")).toBeVisible();
}

export async function expectQuestion(page: Page, prompt: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: prompt })).toBeVisible();
}

export const pick = (page: Page, text: string): Promise<void> =>
  page.getByRole("button", { name: text, exact: true }).click();

export async function pickSeveral(page: Page, texts: readonly string[]): Promise<void> {
  for (const text of texts) await page.getByRole("checkbox", { name: text, exact: true }).click();
  await page.getByRole("button", { name: /^Send \d pick/ }).click();
}

export async function typeAnswer(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Your answer" }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

const handleOf = (page: Page, part: string): Locator =>
  page.getByRole("button", { name: new RegExp(`^${part.replace(".", "\\.")}, number \\d`) });

/** Puts the parts into this order, each with the arrow keys, and sends it. */
export async function arrange(page: Page, parts: readonly string[]): Promise<void> {
  for (const [index, part] of parts.entries()) {
    const handle = handleOf(page, part);
    await handle.focus();
    for (;;) {
      const place = Number(/number (\d+)/.exec((await handle.getAttribute("aria-label")) ?? "")?.[1]);
      if (place <= index + 1) break;
      await page.keyboard.press("ArrowUp");
      await expect(handle).toHaveAttribute("aria-label", new RegExp(`number ${place - 1} of`));
    }
  }
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** The key that picks the choice with this text, one word long: its place among the choices. */
export async function keyOf(page: Page, text: string): Promise<string> {
  const tiles = await page.getByRole("article").getByRole("listitem").allInnerTexts();
  return String(tiles.findIndex((tile) => tile.split(/\s+/).includes(text)) + 1);
}

/** Goes on with the Tab key until this has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await target.evaluate((element) => element.matches(":focus"))) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

/** Waits until the server has the answer. */
export const received = (page: Page): Promise<void> =>
  expect(page.getByRole("article").getByText("Answer received")).toBeVisible();

/** How the answer to the question that has just closed turned out. */
export const verdict = (
  page: Page,
  text: "Right" | "Partly right" | "Not right" | "No answer",
): Promise<void> => expect(page.locator(".stamp").filter({ hasText: new RegExp(`${text}$`) })).toBeVisible();

/** The banner that says that the connection is gone. */
export const awayBanner = (page: Page): Locator => page.getByText("Connection lost. Getting you back…");

/** The points that stand at the top of the page. */
export async function ownScore(page: Page): Promise<number> {
  const text = await page
    .locator("dl")
    .first()
    .getByText(/ pts?$/)
    .innerText();
  return Number(text.replace(/\D/g, ""));
}

/** What the ledger of an answer says, and what its factors come to. */
export async function readLedger(page: Page): Promise<{ total: number; computed: number }> {
  const ledger = page.locator("dl[aria-label='How your points came about']");
  const labels = await ledger.locator("dt").allInnerTexts();
  const values = await ledger.locator("dd").allInnerTexts();
  const factor = (label: RegExp, otherwise: number) => {
    const index = labels.findIndex((text) => label.test(text));
    return index < 0 ? otherwise : Number((values[index] ?? "").replace(/[^\d.]/g, ""));
  };
  return {
    total: factor(/^Points/, 0),
    computed: factor(/^Question/, 0) * factor(/^Speed/, 1) * factor(/^Share/, 1) + factor(/in a row$/, 0),
  };
}
