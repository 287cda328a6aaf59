import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { request } from "../fixtures/apiClient.ts";
import { inspect } from "./support/inspect.ts";
import { expect, PHONE, test } from "./support/test.ts";

const LAPTOP = { viewport: { width: 1280, height: 800 } } as const;

/** A new person's page of programs, come to by the menu, as people do. */
async function openAsNew(page: Page, email: string): Promise<void> {
  await page.goto("/signin?next=%2Fhost");
  await page.locator("label").filter({ hasText: "Sign up" }).click();
  await page.getByLabel("Name").fill("Programmer Pia");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("correct horse");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("button", { name: "Account of Programmer Pia" }).click();
  await page.getByRole("menuitem", { name: "Account and API keys" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Account and programs" })).toBeVisible();
}

test("a key is made, used by a program, and revoked, by keyboard alone", async ({ openDevice, product }) => {
  const page = await openDevice(LAPTOP);
  await openAsNew(page, "pia@example.org");
  await expect(page.getByText("No keys yet")).toBeVisible();
  await inspect(page, { shots: "programs", narrow: true });

  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "New key" }).press("Enter");
  await dialog.getByRole("button", { name: "Make key" }).press("Enter");
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await expect(dialog.getByLabel("Name")).toHaveAccessibleDescription(/Give the key a name\./);
  await expect(dialog.getByText("Choose one thing at least.")).toBeVisible();
  await inspect(page, { shots: "new-key", narrow: true });
  await page.keyboard.type("Gradebook");
  await dialog.getByRole("checkbox", { name: "Read results" }).press("Space");
  await dialog.getByLabel("How long is it good for?").selectOption({ label: "30 days" });
  await dialog.getByRole("button", { name: "Make key" }).press("Enter");

  const shown = dialog.getByLabel("Gradebook");
  await expect(shown).toBeFocused();
  const key = await shown.inputValue();
  expect(key).toMatch(/^vq_[A-Za-z]{64}$/);
  await expect(dialog.getByText(/^curl http/)).toContainText(`authorization: Bearer ${key}`);
  await inspect(page, { shots: "made-key", narrow: true });
  await dialog.getByRole("button", { name: "Done" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByText(`${key.slice(0, 9)}…`)).toBeVisible();
  await expect(page.getByText("never used")).toBeVisible();

  const history = "{ attempts { totalCount } }";
  expect((await request(product.url, history, {}, key)).errors).toBeUndefined();
  const forbidden = await request(product.url, "{ exportMyData { json } }", {}, key);
  expect(forbidden.errors?.[0]?.extensions?.code).toBe("FORBIDDEN");
  await page.reload();
  await expect(page.getByText(/^last used /)).toBeVisible();
  await expect(page.locator("body")).not.toContainText(key);
  await inspect(page, { shots: "keys", narrow: true });

  await page.getByRole("button", { name: "Revoke Gradebook" }).press("Enter");
  const sure = page.getByRole("dialog", { name: "Revoke Gradebook?" });
  await sure.getByRole("button", { name: "Revoke key" }).press("Enter");
  await expect(page.getByText("Gradebook is revoked.")).toBeVisible();
  await expect(page.getByText("No keys yet")).toBeVisible();
  await expect(page.getByRole("heading", { name: "API keys" })).toBeFocused();
  expect((await request(product.url, history, {}, key)).errors?.[0]?.extensions?.code).toBe(
    "UNAUTHENTICATED",
  );
});

test("a person downloads what is known of them, and deletes their account", async ({ openDevice }) => {
  const page = await openDevice(PHONE);
  await openAsNew(page, "pia-leaves@example.org");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my data" }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^my-data-\d{4}-\d\d-\d\d\.json$/);
  const data = JSON.parse(readFileSync(await file.path(), "utf8"));
  expect(data).toMatchObject({
    account: { email: "pia-leaves@example.org", name: "Programmer Pia" },
    attempts: [],
  });

  await page.getByRole("button", { name: "Delete account …" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete your account?" });
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await expect(dialog.getByLabel("Password")).toHaveAccessibleDescription(/Enter your password\./);
  await inspect(page, { shots: "erase-account", narrow: true });
  await dialog.getByLabel("Password").fill("wrong horse");
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await expect(dialog.getByLabel("Password")).toHaveAccessibleDescription(/not the password of your account/);
  await dialog.getByLabel("Password").fill("correct horse");
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await expect(page.getByText("Your account is deleted.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Join a game" })).toBeVisible();
  await page.goto("/programs");
  await expect(page).toHaveURL(/\/signin\?next=/);
});
