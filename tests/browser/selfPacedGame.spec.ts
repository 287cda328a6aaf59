import { finishGame, openLobby, openSignedIn, press, readResults } from "./support/hostPage.ts";
import {
  arrange,
  awayBanner,
  expectQuestion,
  joinByLink,
  ownScore,
  pick,
  pickSeveral,
  typeAnswer,
} from "./support/playerPage.ts";
import { createShortQuiz, PROMPTS, RIGHT } from "./support/quiz.ts";
import { expect, PHONE, PROJECTOR, test } from "./support/test.ts";

const [SINGLE = "", MULTIPLE = "", TYPED = "", ORDER = ""] = PROMPTS;

test("three players go through a quiz at their own pace, through a reload and a dropped connection", async ({
  openDevice,
  product,
}) => {
  const title = "Words for homework";
  await createShortQuiz(product, title);
  const host = await openDevice(PROJECTOR);
  const ana = await openDevice(PHONE);
  const bo = await openDevice(PHONE);
  const cy = await openDevice(PHONE);
  const players = [ana, bo, cy];

  const code = await test.step("the lobby, and the start", async () => {
    await openSignedIn(host, "/host");
    const opened = await openLobby(host, title, { pacing: "Each player" });
    await joinByLink(ana, opened, "Ana");
    await joinByLink(bo, opened, "Bo");
    await joinByLink(cy, opened, "Cy");
    await press(host, "Start");
    await expect(host.getByRole("heading", { name: "Everyone at their own pace" })).toBeVisible();
    return opened;
  });

  await test.step("Ana goes from question to question, with the last result above the next one", async () => {
    await ana.getByRole("button", { name: "Begin" }).click();
    await expectQuestion(ana, SINGLE);
    await pick(ana, RIGHT.single);
    await expectQuestion(ana, MULTIPLE);
    await expect(ana.locator("details").getByText("Right", { exact: false }).first()).toBeVisible();
    await pickSeveral(ana, RIGHT.multiple);
    await expectQuestion(ana, TYPED);
    await typeAnswer(ana, RIGHT.typed);
    await expectQuestion(ana, ORDER);
    await arrange(ana, RIGHT.order);
    await expect(ana.getByRole("heading", { name: "You’re through" })).toBeVisible();
    await expect(ana.getByRole("heading", { level: 3, name: SINGLE })).toBeVisible();
  });

  await test.step("Bo reloads the page in the middle of a question", async () => {
    await bo.getByRole("button", { name: "Begin" }).click();
    await expectQuestion(bo, SINGLE);
    await pick(bo, "huge");
    await expectQuestion(bo, MULTIPLE);
    await bo.reload();
    await expectQuestion(bo, MULTIPLE);
    await pickSeveral(bo, RIGHT.multiple);
    await expectQuestion(bo, TYPED);
  });

  await test.step("Cy answers without a connection, and the answer arrives when it is back", async () => {
    await cy.getByRole("button", { name: "Begin" }).click();
    await expectQuestion(cy, SINGLE);
    await cy.context().setOffline(true);
    await expect(awayBanner(cy)).toBeVisible();
    await pick(cy, RIGHT.single);
    await expect(cy.getByRole("article").getByText(/^Sending…/)).toBeVisible();
    await cy.context().setOffline(false);
    await expectQuestion(cy, MULTIPLE);
    await expect(awayBanner(cy)).toBeHidden();
    expect(await ownScore(cy)).toBeGreaterThan(0);
  });

  await test.step("the host sees how far everyone has come", async () => {
    for (const [name, done] of [
      ["Ana", 4],
      ["Bo", 2],
      ["Cy", 1],
    ] as const) {
      const row = host.getByRole("listitem").filter({ hasText: name });
      await expect(row.getByText(`${done} of 4 answered`)).toBeAttached();
    }
    await expect(host.getByText("1 / 3")).toBeVisible();
  });

  await test.step("the host ends the game: podium, review, and the same scores in the table", async () => {
    await finishGame(host);
    await expect(host.getByRole("heading", { name: "The podium" })).toBeVisible();
    for (const page of players) {
      await expect(page.getByRole("heading", { name: "The game is over" })).toBeVisible();
    }
    await expect(ana.getByText("4/4")).toBeVisible();
    await press(host, "Results table");
    await expect(host).toHaveURL(new RegExp(`/results/${code}$`));
    const rows = await readResults(host);
    for (const [name, page] of [["Ana", ana] as const, ["Bo", bo] as const, ["Cy", cy] as const]) {
      expect(Number(rows.get(name)?.[1]?.replace(/\D/g, ""))).toBe(await ownScore(page));
    }
  });
});
