import { addQuestion, outline, saved, type WrittenQuestion, writeQuestion } from "./support/editorPage.ts";
import { openSignedIn } from "./support/hostPage.ts";
import { createShortQuiz } from "./support/quiz.ts";
import { expect, test } from "./support/test.ts";

const LAPTOP = { viewport: { width: 1280, height: 800 } } as const;

const QUESTIONS: readonly [WrittenQuestion, WrittenQuestion, WrittenQuestion, WrittenQuestion] = [
  { kind: "One right choice", prompt: "Which word means very cold?", rows: ["freezing*", "boiling", "mild"] },
  {
    kind: "Several right choices",
    prompt: "Which go with “make”?",
    rows: ["a mistake*", "progress*", "homework"],
  },
  { kind: "Typed answer", prompt: "Spell the room where you cook.", rows: ["kitchen", "the kitchen"] },
  { kind: "Put in order", prompt: "Put the words in order.", rows: ["We", "have", "never", "met."] },
];

test("a quiz of all four kinds is written, saved by itself, and there after a reload", async ({
  openDevice,
}) => {
  const page = await openDevice(LAPTOP);
  const undo = page.getByRole("button", { name: "Undo" });
  await openSignedIn(page, "/host");
  await page.getByRole("link", { name: "New quiz" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Not saved yet" })).toBeAttached();

  await test.step("what is missing is said beside its field", async () => {
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await expect(page.getByText("Something is missing. See what is marked.")).toBeVisible();
    const title = page.getByLabel("Title");
    await expect(title).toBeFocused();
    await expect(title).toHaveAttribute("aria-invalid", "true");
    await expect(title).toHaveAccessibleDescription(/The quiz needs a title\./);
    await title.fill("Cold words");
    await expect(title).not.toHaveAttribute("aria-invalid");
    await page.getByRole("button", { name: /^1 No question yet/ }).click();
    await expect(page.getByRole("textbox", { name: "Question", exact: true })).toHaveAccessibleDescription(
      /What is the question\?/,
    );
    await expect(page.getByText("Write at least 2 choices.")).toBeVisible();
    await page.getByLabel("Time in seconds").fill("0");
    await expect(page.getByLabel("Time in seconds")).toHaveAccessibleDescription(
      /A whole number from 1 to 600\./,
    );
    await page.getByLabel("Time in seconds").fill("45");
  });

  await test.step("all four kinds", async () => {
    await writeQuestion(page, QUESTIONS[0]);
    for (const question of QUESTIONS.slice(1)) {
      await addQuestion(page, question.kind);
      await writeQuestion(page, question);
    }
    await saved(page);
    await expect(page).toHaveURL(/\/edit\/(?!new)[^/]+$/);
    expect(await outline(page)).toEqual(QUESTIONS.map(({ prompt }) => prompt));
  });

  await test.step("undo and redo", async () => {
    const prompt = page.getByRole("textbox", { name: "Question", exact: true });
    await prompt.fill("Something else altogether");
    await undo.click();
    await expect(prompt).toHaveValue(QUESTIONS[3].prompt);
    await page.getByRole("button", { name: "Redo" }).click();
    await expect(prompt).toHaveValue("Something else altogether");
    await page.keyboard.press("Control+z");
    await expect(prompt).toHaveValue(QUESTIONS[3].prompt);
  });

  const reordered = [QUESTIONS[1], QUESTIONS[0], QUESTIONS[2], QUESTIONS[3]].map(({ prompt }) => prompt);
  await test.step("questions change places by keyboard, and come back in that order", async () => {
    await page.getByRole("button", { name: /^Move question 2:/ }).focus();
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => outline(page)).toEqual(reordered);
    await saved(page);
    await page.reload();
    await expect.poll(() => outline(page)).toEqual(reordered);
    await page.getByRole("button", { name: /^2 Which word means very cold/ }).click();
    await expect(page.getByLabel("Time in seconds")).toHaveValue("45");
    await expect(page.getByLabel("Choice A is right")).toBeChecked();
    await expect(page.getByRole("textbox", { name: "Choice A", exact: true })).toHaveValue("freezing");
  });
});

test("a save that fails loses no text: it is kept, comes back after a reload, and is saved later", async ({
  openDevice,
  product,
}) => {
  const quiz = await createShortQuiz(product, "Words that are kept");
  const page = await openDevice(LAPTOP);
  await openSignedIn(page, `/edit/${quiz.id}`);
  const prompt = page.getByRole("textbox", { name: "Question", exact: true });
  await expect(prompt).toHaveValue("Which word means very small?");

  await page.route("**/graphql", (route) =>
    route.request().postData()?.includes("very, very small") ? route.abort() : route.continue(),
  );
  await prompt.fill("Which word means very, very small?");
  await expect(page.getByRole("status").filter({ hasText: "Not saved, trying again" })).toBeAttached();
  await page.reload();
  await expect(page.getByText(/^Your unsaved changes of .* are here again\.$/)).toBeVisible();
  await expect(prompt).toHaveValue("Which word means very, very small?");

  await page.unroute("**/graphql");
  await saved(page);
  await page.reload();
  await expect(prompt).toHaveValue("Which word means very, very small?");
  await expect(page.getByText(/are here again/)).toBeHidden();
});

test("a new account copies a public quiz and edits the copy", async ({ openDevice }) => {
  const page = await openDevice(LAPTOP);
  await page.goto("/host");
  await page.locator("label").filter({ hasText: "Sign up" }).click();
  await page.getByLabel("Name").fill("Maestra Luz");
  await page.getByLabel("Email").fill("luz@example.org");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(
    /needs 8 to 128 characters/,
  );
  await page.getByLabel("Password", { exact: true }).fill("correct horse");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("Nothing here yet")).toBeVisible();

  await page.getByRole("tab", { name: "Public quizzes" }).click();
  const copy = page.getByRole("button", { name: /^Copy .+ to my quizzes$/ }).first();
  const title = ((await copy.getAttribute("aria-label")) ?? "").replace(/^Copy (.+) to my quizzes$/, "$1");
  await copy.click();
  await expect(page.getByText(`A copy of ${title} is among your quizzes.`)).toBeVisible();
  await page.getByRole("link", { name: /^Edit / }).click();
  await expect(
    page.getByRole("navigation", { name: "Questions" }).getByRole("listitem").nth(11),
  ).toBeVisible();

  await page.getByRole("button", { name: "Quiz details" }).click();
  await page.getByLabel("Title").fill("My own words");
  await saved(page);
  await page.getByRole("link", { name: "Back to your quizzes" }).click();
  await expect(page.getByRole("heading", { name: "My own words" })).toBeVisible();
  await page.getByRole("tab", { name: "Public quizzes" }).click();
  await expect(page.getByRole("heading", { name: title })).toBeVisible();
});
