import { mkdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { shownKeys } from "./messageKeys.ts";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** What the colours can change. */
const RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"];
const WIDTHS = { 360: 740, 768: 1024, 1440: 900, 1920: 1080 } as const;
const NARROWEST = { width: 320, height: 640 };

const folder = new URL("../../../test-results/screens/", import.meta.url);

export interface Inspection {
  /** The screenshots' name; without, none are taken. */
  readonly shots?: string;
  /** Whether the page has to fit a width of 320 pixels. */
  readonly narrow?: boolean;
}

/**
 * Holds a page, as it stands, to what every page has to be: no breach of WCAG 2.2 AA that axe finds, by day and by
 * night, no raw message keys, no scrolling sideways. Keeps its screenshots.
 */
export async function inspect(page: Page, { shots, narrow = false }: Inspection = {}): Promise<void> {
  const size = page.viewportSize();
  await showIn(page, "light");
  await expectAccessible(page, "light");
  await showIn(page, "dark");
  await expectAccessible(page, "dark", RULES_OF_COLOUR);
  expect(await shownKeys(page)).toEqual([]);
  if (narrow) {
    await page.setViewportSize(NARROWEST);
    await expectNoSidewaysScroll(page);
  }
  if (shots !== undefined) await keepScreens(page, shots);
  if (size !== null) await page.setViewportSize(size);
}

type ColourScheme = "light" | "dark";

/** Resolves when the colours have changed, and nothing moves any more. */
async function showIn(page: Page, colorScheme: ColourScheme): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    .then(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
    .then(() => undefined)`);
}

async function expectAccessible(page: Page, theme: ColourScheme, rules?: string[]): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(WCAG)).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
  );
  expect(found, `${theme}, ${page.url()}`).toEqual([]);
}

/** Names that move to new places may stick out while they do; what stays out is wrong. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const tooWide = () =>
    page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  const message = `width of ${page.url()} at ${page.viewportSize()?.width} px`;
  await expect.poll(tooWide, { message }).toBeLessThanOrEqual(0);
}

async function keepScreens(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [width, height] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width: Number(width), height });
    await expectNoSidewaysScroll(page);
    for (const colorScheme of ["dark", "light"] as const) {
      await showIn(page, colorScheme);
      const path = new URL(`${name}-${width}-${colorScheme}.jpg`, folder).pathname;
      await page.screenshot({ path, quality: 80, type: "jpeg", animations: "disabled" });
    }
  }
}
