import { startWebhookReceiver, verified } from "../fixtures/webhookReceiver.ts";
import { inspect } from "./support/inspect.ts";
import { expect, test } from "./support/test.ts";

const LAPTOP = { viewport: { width: 1280, height: 800 } } as const;

test("a webhook is made, tested, mended, switched off, and deleted, by keyboard alone", async ({
  openDevice,
}) => {
  const receiver = await startWebhookReceiver();
  const page = await openDevice(LAPTOP);
  await page.goto("/signin?next=%2Fprograms");
  await page.locator("label").filter({ hasText: "Sign up" }).click();
  await page.getByLabel("Name").fill("Hooker Hal");
  await page.getByLabel("Email").fill("hal@example.org");
  await page.getByLabel("Password", { exact: true }).fill("correct horse");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("No webhooks yet")).toBeVisible();

  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "New webhook" }).press("Enter");
  await dialog.getByRole("button", { name: "Make webhook" }).press("Enter");
  await expect(dialog.getByLabel("Address")).toBeFocused();
  await expect(dialog.getByLabel("Address")).toHaveAccessibleDescription(/Enter the address\./);
  await expect(dialog.getByText("Choose one thing at least.")).toBeVisible();
  await dialog.getByRole("checkbox", { name: "Game finished" }).press("Space");
  await dialog.getByLabel("Address").fill("https://hal:secret@example.org/");
  await dialog.getByRole("button", { name: "Make webhook" }).press("Enter");
  await expect(dialog.getByLabel("Address")).toHaveAccessibleDescription(
    /must not carry a name or a password/,
  );
  await inspect(page, { shots: "new-webhook", narrow: true });
  await dialog.getByLabel("Address").fill(receiver.url);
  await dialog.getByRole("button", { name: "Make webhook" }).press("Enter");

  const shown = dialog.getByLabel("Secret");
  await expect(shown).toBeFocused();
  const secret = await shown.inputValue();
  expect(secret).toMatch(/^whsec_/);
  await inspect(page, { narrow: true });
  await dialog.getByRole("button", { name: "Done" }).press("Enter");
  await expect(dialog).toBeHidden();

  receiver.answer((_message, response) => response.writeHead(500).end("out of ink"));
  const sendTest = page.getByRole("button", { name: `Send test to ${receiver.url}` });
  await sendTest.press("Enter");
  const messages = page.getByRole("list", { name: "Messages" });
  await expect(messages.getByText("Given up")).toBeVisible();
  await expect(messages.getByText("answered 500")).toBeVisible();
  await messages.getByText("What was sent").press("Enter");
  await expect(messages.getByText("out of ink")).toBeVisible();
  await expect(messages.getByText('"type": "webhook.test"')).toBeVisible();
  await inspect(page, { shots: "webhooks", narrow: true });

  receiver.answer((_message, response) => response.writeHead(204).end());
  await messages.getByRole("button", { name: /^Send webhook\.test of .* again$/ }).press("Enter");
  await expect(messages.getByText("Delivered")).toBeVisible();
  await expect(messages.getByText("2 tries")).toBeVisible();
  expect(receiver.received.map((message) => verified(message, secret).type)).toEqual([
    "webhook.test",
    "webhook.test",
  ]);

  const more = page.getByRole("button", { name: `More for ${receiver.url}` });
  await more.press("Enter");
  await page.getByRole("menuitem", { name: "New secret" }).press("Enter");
  await page
    .getByRole("dialog", { name: "Make a new secret?" })
    .getByRole("button", { name: "New secret" })
    .press("Enter");
  await expect(dialog.getByLabel("Secret")).not.toHaveValue(secret);
  await dialog.getByRole("button", { name: "Done" }).press("Enter");
  await more.press("Enter");
  await page.getByRole("menuitem", { name: "Switch off" }).press("Enter");
  await expect(page.getByText("Switched off")).toBeVisible();
  await expect(sendTest).toBeHidden();
  await more.press("Enter");
  await page.getByRole("menuitem", { name: "Delete" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Delete webhook" }).press("Enter");
  await expect(page.getByText("No webhooks yet")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Webhooks", exact: true })).toBeFocused();
  await receiver.stop();
});
