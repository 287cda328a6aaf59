import { openLobby, openSignedIn, press, readResults } from "./support/hostPage.ts";
import {
  arrange,
  awayBanner,
  enterCode,
  enterNickname,
  expectLobby,
  expectQuestion,
  keyOf,
  ownScore,
  pick,
  pickSeveral,
  readLedger,
  received,
  tabTo,
  typeAnswer,
  verdict,
} from "./support/playerPage.ts";
import { createShortQuiz, PROMPTS, RIGHT } from "./support/quiz.ts";
import { expect, PHONE, PHONE_WITH_KEYS, PROJECTOR, test } from "./support/test.ts";

const [SINGLE = "", MULTIPLE = "", TYPED = "", ORDER = ""] = PROMPTS;

test("a host and three players play a whole game, through a dropped connection and a reload", async ({
  openDevice,
  product,
}) => {
  const title = "Words of the day";
  await createShortQuiz(product, title);
  const host = await openDevice(PROJECTOR);
  const ana = await openDevice(PHONE);
  const bo = await openDevice(PHONE);
  const keys = await openDevice(PHONE_WITH_KEYS);
  const players = [ana, bo, keys];

  const code = await test.step("the host opens a lobby", async () => {
    await openSignedIn(host, "/host");
    const opened = await openLobby(host, title);
    await expect(host.getByText(`Join code ${opened.split("").join(" ")}`)).toBeAttached();
    await expect(host.getByText("Waiting for the first player …")).toBeVisible();
    await expect(host.getByRole("button", { name: "Start", exact: true })).toBeDisabled();
    return opened;
  });

  await test.step("players join by the code, by the link, and by keys alone", async () => {
    await enterCode(ana, code);
    await enterNickname(ana, "Ana");
    await expectLobby(ana, "Ana");

    await bo.goto(`/join/${code}`);
    await enterNickname(bo, "ana");
    await expect(bo.getByText("Somebody here has that nickname already.")).toBeVisible();
    await bo.getByRole("button", { name: /^Use “/ }).click();
    await expect(bo.getByText("Waiting for the host to begin.")).toBeVisible();

    await keys.goto("/");
    await expect(keys.getByLabel("Game code")).toBeFocused();
    await keys.keyboard.type(code);
    await keys.keyboard.press("Enter");
    await expect(keys.getByLabel("Your nickname")).toBeFocused();
    await keys.keyboard.type("Keys");
    await keys.keyboard.press("Enter");
    await expectLobby(keys, "Keys");

    await expect(host.getByRole("button", { name: "Player Ana", exact: true })).toBeVisible();
    await expect(host.getByRole("button", { name: "Player Keys" })).toBeVisible();
    await expect(ana.getByText("3 players in the lobby")).toBeVisible();
  });
  const second = await bo.getByRole("heading", { level: 1 }).innerText();

  await test.step("one choice: everyone has it, and each sees where the points come from", async () => {
    await press(host, "Start");
    for (const page of players) await expectQuestion(page, SINGLE);
    await expect(host.getByText("0 of 3 answered")).toBeAttached();
    await pick(ana, RIGHT.single);
    await received(ana);
    await expect(host.getByText("1 of 3 answered")).toBeAttached();
    await keys.keyboard.press(await keyOf(keys, RIGHT.single));
    await received(keys);
    await pick(bo, "heavy");

    await expect(host.getByText("got it right")).toBeVisible();
    await verdict(bo, "Not right");
    for (const page of [ana, keys]) {
      await verdict(page, "Right");
      await expect(page.getByText("Tiny is smaller than small.")).toBeVisible();
      const { total, computed } = await readLedger(page);
      expect(total).toBeGreaterThan(500);
      // The speed is shown with two decimals.
      expect(Math.abs(total - computed)).toBeLessThanOrEqual(6);
      expect(await ownScore(page)).toBe(total);
      await expect(page.getByRole("listitem").filter({ hasText: "you" })).toBeVisible();
    }
  });

  await test.step("several choices: who is offline answers later, on the same seat", async () => {
    await press(host, "Leaderboard");
    await expect(host.getByRole("heading", { name: "Leaderboard" })).toBeVisible();
    await press(host, "Next question");
    for (const page of players) await expectQuestion(page, MULTIPLE);

    await ana.context().setOffline(true);
    await expect(awayBanner(ana)).toBeVisible();
    await pickSeveral(ana, RIGHT.multiple);
    await expect(ana.getByRole("article").getByText(/^Sending…/)).toBeVisible();
    await pickSeveral(bo, ["plum"]);
    await received(bo);
    await ana.context().setOffline(false);
    await received(ana);
    await expect(awayBanner(ana)).toBeHidden();

    for (const text of RIGHT.multiple) await keys.keyboard.press(await keyOf(keys, text));
    await tabTo(keys, keys.getByRole("button", { name: "Send 2 picks" }));
    await keys.keyboard.press("Enter");
    await expect(ana.getByText("2 in a row", { exact: true })).toBeVisible();
    await verdict(bo, "Partly right");
  });

  await test.step("typing: who reloads the page in the middle goes on", async () => {
    await press(host, "Leaderboard");
    await press(host, "Next question");
    await expectQuestion(bo, TYPED);
    await bo.reload();
    await expectQuestion(bo, TYPED);
    await typeAnswer(bo, " GREY ");
    await received(bo);
    await bo.reload();
    await received(bo);
    await expect(bo.getByRole("textbox", { name: "Your answer" })).toHaveValue("GREY");

    await typeAnswer(ana, "green");
    await tabTo(keys, keys.getByRole("textbox", { name: "Your answer" }));
    await keys.keyboard.type(RIGHT.typed);
    await keys.keyboard.press("Enter");
    await verdict(bo, "Right");
    await expect(ana.getByText("green", { exact: true })).toBeVisible();
  });

  await test.step("ordering by keyboard", async () => {
    await press(host, "Leaderboard");
    await press(host, "Next question");
    for (const page of players) await expectQuestion(page, ORDER);
    await arrange(bo, RIGHT.order);
    await arrange(ana, [...RIGHT.order].reverse());
    await received(ana);
    await arrange(keys, RIGHT.order);
    await expect(keys.getByText("4 in a row", { exact: true })).toBeVisible();
    await expect(bo.getByText("2 in a row", { exact: true })).toBeVisible();
    await expect(ana.getByText("Your order")).toBeVisible();
  });

  await test.step("the podium, and the review of every question", async () => {
    await press(host, "Show the podium");
    await expect(host.getByRole("heading", { name: "The podium" })).toBeVisible();
    for (const page of players) {
      await expect(page.getByRole("heading", { name: "The game is over" })).toBeVisible();
      for (const prompt of PROMPTS) {
        await expect(page.getByRole("heading", { level: 3, name: prompt })).toBeVisible();
      }
    }
    await expect(keys.getByText("4/4")).toBeVisible();
    await expect(ana.getByText("Tiny is smaller than small.")).toBeVisible();
  });

  await test.step("the results table has the same scores", async () => {
    await press(host, "Results table");
    const rows = await readResults(host);
    expect([...rows.keys()].sort()).toEqual(["Ana", "Keys", second].sort());
    for (const [name, page] of [["Ana", ana] as const, [second, bo] as const, ["Keys", keys] as const]) {
      const [rank, score, right, ...cells] = rows.get(name) ?? [];
      expect(Number(score?.replace(/\D/g, ""))).toBe(await ownScore(page));
      expect(cells).toHaveLength(PROMPTS.length);
      expect({ name, rank, right }).toEqual(
        name === "Keys" ? { name, rank: "1", right: "4" } : { name, rank: expect.any(String), right: "2" },
      );
    }
    await host
      .getByRole("button", { name: /^Wrong, 0 points/ })
      .first()
      .click();
    await expect(host.getByRole("dialog").getByText("Answer given")).toBeVisible();
  });
});
