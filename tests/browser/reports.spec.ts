import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { answersTo } from "../api/quizApi.ts";
import { openSignedIn } from "./support/hostPage.ts";
import { inspect } from "./support/inspect.ts";
import { createShortQuiz, openShortQuiz, PROMPTS } from "./support/quiz.ts";
import { expect, type Product, test } from "./support/test.ts";

const LAPTOP = { viewport: { width: 1280, height: 900 } } as const;
const TITLE = "Words to report on";
const [SINGLE = ""] = PROMPTS;
const PLAYERS = 12;

/** A game in which all take the same wrong choice at the first question, and half know the others; one has an account. */
async function playGame(product: Product): Promise<{ quizId: string; sessionId: string }> {
  const { api, hostToken } = product;
  const { quiz, session } = await openShortQuiz(product, TITLE, { pacing: "SELF_PACED" });
  const learner = await api.signUp("Minh Khai");
  const joined = await Promise.all(
    Array.from({ length: PLAYERS }, (_, index) =>
      index === 0
        ? api.join(session.code, "Minh Khai", learner)
        : api.join(session.code, `Player ${index + 1}`),
    ),
  );
  await api.command("startSession", session.id, hostToken);
  await Promise.all(
    joined.map(async ({ playerToken }, player) => {
      await api.own(playerToken);
      for (const [number, question] of quiz.questions.entries()) {
        const { right, wrong } = answersTo(question);
        await api.answer(playerToken, question.id, number > 0 && player % 2 === 0 ? right : wrong);
      }
    }),
  );
  await api.command("finishSession", session.id, hostToken);
  return { quizId: quiz.id, sessionId: session.id };
}

/** Whether anything has been drawn on the chart whose name begins so. */
const inked = (page: Page, name: string) =>
  page.evaluate<boolean>(`[...document.querySelectorAll("canvas[aria-label^='${name}']")].some((canvas) =>
    canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value !== 0))`);

/** The first question has no place on the map: all answered it alike. */
const CHARTS = ["Histogram of the scores", "Map of 3 questions", "Bars: how often", "Times by question"];

test("a host reads the report of a game and of its quiz, and takes the figures away", async ({
  openDevice,
  product,
}) => {
  const { quizId, sessionId } = await playGame(product);
  const page = await openDevice(LAPTOP);

  await test.step("from the past games to the report, with a drawn chart for each question that it answers", async () => {
    await openSignedIn(page, "/host");
    await page.getByRole("link", { name: `Report of ${TITLE}` }).click();
    await expect(page.getByRole("heading", { level: 1, name: TITLE })).toBeVisible();
    for (const name of CHARTS) await expect.poll(() => inked(page, name), name).toBe(true);
    await expect(page.getByText("Only 12 attempts: take all figures here as hints.")).toBeVisible();
  });

  await test.step("what to revise and what is wrong with a question are said in words", async () => {
    const revise = page.getByRole("region", { name: "What to revise next" }).getByRole("listitem").first();
    await expect(revise).toContainText(SINGLE);
    await expect(revise).toContainText("0 of 12 got it right. 12 answered “huge” instead.");
    const problems = page.getByRole("region", { name: "Questions to look at" });
    await expect(problems).toContainText("Of the best learners, 6 chose “huge” and only 0 the right “tiny”");
    await problems.getByRole("button", { name: SINGLE }).click();
    await expect(page.getByRole("combobox", { name: "Question" })).toBeFocused();
  });

  await test.step("each chart has its table", async () => {
    for (const summary of await page.getByText("The figures as a table").all()) await summary.click();
    await expect(page.getByRole("table")).toHaveCount(CHARTS.length);
    const row = page
      .getByRole("table", { name: "Difficulty and discrimination" })
      .getByRole("row", { name: SINGLE });
    await expect(row).toContainText("0%");
    await expect(row).toContainText("the best prefer a wrong choice");
    await inspect(page, { shots: "session-report", narrow: true });
  });

  await test.step("the figures come as a file, by the browser's own sign-in", async () => {
    await page.getByRole("button", { name: "Download" }).click();
    await inspect(page);
    const arriving = page.waitForEvent("download");
    await page.getByRole("link", { name: "Questions as CSV" }).click();
    const file = await arriving;
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    const text = readFileSync(await file.path(), "utf8");
    expect(text.trim().split("\n")).toHaveLength(1 + PROMPTS.length);
    expect(text).toContain(SINGLE);
    await page.keyboard.press("Escape");
  });

  await test.step("the quiz over all its games, and one learner over time", async () => {
    await page.getByRole("link", { name: "All games of this quiz" }).click();
    await expect(page).toHaveURL(new RegExp(`/reports/quiz/${quizId}$`));
    await page.getByRole("group", { name: "Which attempts count?" }).locator("label").last().click();
    await expect.poll(() => inked(page, "Line through 1 game")).toBe(true);
    await inspect(page, { narrow: true });
    await page.getByRole("button", { name: "Progress of Minh Khai" }).click();
    await expect.poll(() => inked(page, "Line of Minh Khai")).toBe(true);
    await inspect(page);
  });

  await test.step("nobody else sees it", async () => {
    const stranger = await openDevice(LAPTOP);
    await stranger.goto(`/reports/session/${sessionId}`);
    await expect(stranger.getByText("Sign in to see the report")).toBeVisible();
    await inspect(stranger, { narrow: true });
  });
});

test("a report says that there is nothing to report yet", async ({ openDevice, product }) => {
  const quiz = await createShortQuiz(product, "Words that nobody has played");
  const page = await openDevice(LAPTOP);
  await openSignedIn(page, `/reports/quiz/${quiz.id}`);
  await expect(page.getByText("No finished attempts yet")).toBeVisible();
  await inspect(page, { narrow: true });
});
