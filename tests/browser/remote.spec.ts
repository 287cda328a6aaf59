import type { Locator } from "@playwright/test";
import { openSignedIn, press } from "./support/hostPage.ts";
import { expectQuestion, joinByLink, pick, received, verdict } from "./support/playerPage.ts";
import { openShortQuiz, PROMPTS, RIGHT } from "./support/quiz.ts";
import { expect, PHONE, PROJECTOR, test } from "./support/test.ts";

const [SINGLE = "", MULTIPLE = ""] = PROMPTS;

test("the host's phone drives the projector, and takes a player out", async ({ openDevice, product }) => {
  const { session } = await openShortQuiz(product, "Words by remote");
  const projector = await openDevice(PROJECTOR);
  const remote = await openDevice(PHONE);
  const ana = await openDevice(PHONE);
  const bo = await openDevice(PHONE);

  await openSignedIn(projector, `/host/${session.code}`);
  await remote.goto(`/host/${session.code}/control`);
  await expect(remote.getByText("These controls belong to the host")).toBeVisible();
  await openSignedIn(remote, `/host/${session.code}/control`);
  await joinByLink(ana, session.code, "Ana");
  await joinByLink(bo, session.code, "Bo");

  await press(remote, "Start");
  await expectQuestion(projector, SINGLE);
  await expectQuestion(remote, SINGLE);
  await expectQuestion(ana, SINGLE);
  await pick(ana, RIGHT.single);
  await received(ana);
  await expect(remote.getByText("1 of 2 answered")).toBeVisible();

  await press(remote, "Close now");
  await expect(projector.getByText("got it right")).toBeVisible();
  await verdict(bo, "No answer");

  await test.step("a removed player sees it, and is on no leaderboard", async () => {
    await remote.getByRole("button", { name: "Remove Bo" }).click();
    const sure = remote.getByRole("dialog", { name: "Remove Bo from the game?" });
    await sure.getByRole("button", { name: "Remove", exact: true }).click();
    await expect(bo.getByRole("heading", { name: "You were removed from this game" })).toBeVisible();
    await expect(remote.getByRole("button", { name: "Remove Bo" })).toBeHidden();
    await press(projector, "Leaderboard");
    await expect(projector.getByRole("listitem").filter({ hasText: "Ana" })).toBeVisible();
    await expect(projector.getByRole("listitem").filter({ hasText: "Bo" })).toHaveCount(0);
    await bo.goto("/");
    await expect(bo.getByRole("link", { name: /^Back to game/ })).toHaveCount(0);
  });

  await press(remote, "Next question");
  await expectQuestion(projector, MULTIPLE);
  await expectQuestion(ana, MULTIPLE);
});

test("the keys of the projector's page drive the game", async ({ openDevice, product }) => {
  const { session } = await openShortQuiz(product, "Words by keys");
  await product.api.join(session.code, "Ana");
  const projector = await openDevice(PROJECTOR);
  await openSignedIn(projector, `/host/${session.code}`);
  await expect(projector.getByRole("button", { name: "Start", exact: true })).toBeEnabled();

  /** A press just after the screen has changed was meant for what was there before, and does nothing. */
  const settleMs = 700;
  const pressKey = async (key: string, then: Locator) => {
    await projector.waitForTimeout(settleMs);
    await projector.keyboard.press(key);
    await expect(then).toBeVisible();
  };
  await projector.locator("main").focus();
  await pressKey("Space", projector.getByRole("heading", { name: SINGLE }));
  await pressKey("c", projector.getByText("Nobody answered"));
  await pressKey("l", projector.getByRole("heading", { name: "Leaderboard" }));
  await pressKey("PageDown", projector.getByRole("heading", { name: MULTIPLE }));
  await pressKey("?", projector.getByRole("dialog", { name: "Keyboard shortcuts" }));
  await projector.keyboard.press("Escape");
  await expect(projector.getByRole("dialog")).toBeHidden();
});
