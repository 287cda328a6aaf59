import { openSignedIn, press } from "./support/hostPage.ts";
import {
  arrange,
  awayBanner,
  expectQuestion,
  joinByLink,
  ownScore,
  pick,
  pickSeveral,
  received,
  typeAnswer,
  verdict,
} from "./support/playerPage.ts";
import { openShortQuiz, PROMPTS, RIGHT } from "./support/quiz.ts";
import { expect, PHONE, PROJECTOR, test } from "./support/test.ts";

const [SINGLE = "", MULTIPLE = "", TYPED = "", ORDER = ""] = PROMPTS;

test("the server dies and comes back in the middle of a game: pages go on by themselves (I2, I4)", async ({
  openDevice,
  product,
}) => {
  const { session } = await openShortQuiz(product, "Words that survive", { closeWhenAllAnswered: true });
  const host = await openDevice(PROJECTOR);
  const ana = await openDevice(PHONE);
  const bo = await openDevice(PHONE);
  await openSignedIn(host, `/host/${session.code}`);
  await joinByLink(ana, session.code, "Ana");
  await joinByLink(bo, session.code, "Bo");

  await press(host, "Start");
  await expectQuestion(ana, SINGLE);
  await pick(ana, RIGHT.single);
  await expectQuestion(bo, SINGLE);
  await pick(bo, RIGHT.single);
  await verdict(ana, "Right");
  const before = await ownScore(ana);
  await press(host, "Leaderboard");
  await press(host, "Next question");
  await expectQuestion(ana, MULTIPLE);
  await expectQuestion(bo, MULTIPLE);
  await pickSeveral(bo, RIGHT.multiple);
  await received(bo);

  await product.kill();
  await expect(awayBanner(ana)).toBeVisible();
  await expect(host.getByText("Connection lost. It comes back by itself …")).toBeVisible();
  await pickSeveral(ana, RIGHT.multiple);
  await expect(ana.getByRole("article").getByText(/^Sending…/)).toBeVisible();

  await product.startAgain();
  await verdict(ana, "Right");
  await verdict(bo, "Right");
  await expect(awayBanner(ana)).toBeHidden();
  await expect(host.getByText("Connection lost. It comes back by itself …")).toBeHidden();
  await expect(host.getByText("got it right")).toBeVisible();
  expect(await ownScore(ana)).toBeGreaterThan(before + 500);

  await test.step("the game goes on to its end", async () => {
    await press(host, "Leaderboard");
    await press(host, "Next question");
    for (const page of [ana, bo]) {
      await expectQuestion(page, TYPED);
      await typeAnswer(page, RIGHT.typed);
    }
    await press(host, "Leaderboard");
    await press(host, "Next question");
    for (const page of [ana, bo]) {
      await expectQuestion(page, ORDER);
      await arrange(page, RIGHT.order);
    }
    await press(host, "Show the podium");
    for (const page of [ana, bo]) await expect(page.getByText("4/4")).toBeVisible();
    const leaderboard = `query ($code: String!) { leaderboard(code: $code) { entries { nickname score } } }`;
    const read = await product.api.query<{ leaderboard: { entries: { nickname: string; score: number }[] } }>(
      leaderboard,
      { code: session.code },
    );
    const scores = new Map(read.leaderboard.entries.map(({ nickname, score }) => [nickname, score]));
    expect(scores.get("Ana")).toBe(await ownScore(ana));
    expect(scores.get("Bo")).toBe(await ownScore(bo));
  });
});
