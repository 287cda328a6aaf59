import { openSignedIn } from "./support/hostPage.ts";
import { inspect } from "./support/inspect.ts";
import { createShortQuiz } from "./support/quiz.ts";
import { expect, test } from "./support/test.ts";

const PHONE_SIZED = { viewport: { width: 360, height: 740 } } as const;
const LAPTOP = { viewport: { width: 1440, height: 900 } } as const;

test("pages before a game are accessible, complete, and fit their screens", async ({ openDevice }) => {
  const page = await openDevice(PHONE_SIZED);
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Join a game" })).toBeVisible();
  await inspect(page, { shots: "home", narrow: true });
  await page.getByLabel("Game code").fill("123");
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await expect(page.getByText("A code has six digits.")).toBeVisible();
  await inspect(page, { narrow: true });

  await page.goto("/join/000001");
  await expect(page.getByText(/^There is no game with the code/)).toBeVisible();
  await inspect(page, { narrow: true });
  await page.goto("/host/000001");
  await expect(page.getByText("There is no such game")).toBeVisible();
  await inspect(page, { narrow: true });
  await page.goto("/nowhere/at/all");
  await expect(page.getByText("There is no page at this address.")).toBeVisible();
  await inspect(page, { narrow: true });
});

test("the pages of an account are accessible, complete, and fit their screens", async ({
  openDevice,
  product,
}) => {
  const quiz = await createShortQuiz(product, "Words to look at");
  const page = await openDevice(LAPTOP);
  await page.goto("/signin");
  await page.locator("form").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Enter your email.")).toBeVisible();
  await inspect(page, { shots: "sign-in" });
  await page.locator("label").filter({ hasText: "Sign up" }).click();
  await expect(page.getByRole("button", { name: "Create account" })).toBeVisible();
  await inspect(page);

  await openSignedIn(page, "/host?tab=public");
  await expect(page.getByRole("button", { name: /^Start / }).first()).toBeVisible();
  await inspect(page);
  await page.getByRole("tab", { name: "My quizzes" }).click();
  await expect(page.getByRole("button", { name: `Start ${quiz.title}` })).toBeVisible();
  await inspect(page, { shots: "library" });
  await page.getByRole("button", { name: `Start ${quiz.title}` }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await inspect(page);
  await page.keyboard.press("Escape");

  await page.goto(`/edit/${quiz.id}`);
  await expect(page.getByRole("textbox", { name: "Choice A", exact: true })).toBeVisible();
  await inspect(page, { shots: "editor" });
  for (const [number, field] of [
    [3, "Answer 1"],
    [4, "Part 1"],
  ] as const) {
    await page.getByRole("button", { name: new RegExp(`^${number} `) }).click();
    await page.getByRole("textbox", { name: field, exact: true }).fill("");
    await page.getByRole("textbox", { name: "Question", exact: true }).focus();
    await inspect(page);
  }
  await page.getByRole("button", { name: "Quiz details" }).click();
  await expect(page.getByLabel("Title")).toBeVisible();
  await inspect(page);
});
