import { answersTo } from "../api/quizApi.ts";
import { openSignedIn, press } from "./support/hostPage.ts";
import { inspect } from "./support/inspect.ts";
import {
  arrange,
  expectQuestion,
  joinByLink,
  pick,
  pickSeveral,
  received,
  typeAnswer,
  verdict,
} from "./support/playerPage.ts";
import { openShortQuiz, PROMPTS, RIGHT } from "./support/quiz.ts";
import { expect, PROJECTOR, test } from "./support/test.ts";

const PHONE_SIZED = { viewport: { width: 360, height: 740 } } as const;
const [SINGLE = "", MULTIPLE = "", TYPED = "", ORDER = ""] = PROMPTS;

test("every stage of a game led by the host is accessible, complete, and fits its screens", async ({
  openDevice,
  product,
}) => {
  test.slow();
  const { api, hostToken } = product;
  const { quiz, session } = await openShortQuiz(product, "English words of every day");
  const host = await openDevice(PROJECTOR);
  const remote = await openDevice(PHONE_SIZED);
  const player = await openDevice(PHONE_SIZED);
  const others = await Promise.all(
    ["Nguyễn Thị Minh Khai", "Bo", "María José", "Zoë", "W".repeat(20)].map((name) =>
      api.join(session.code, name),
    ),
  );
  /** The others answer, half of them right. */
  const answerAll = async (number: number) => {
    const question = quiz.questions[number];
    if (question === undefined) throw new Error("There is no such question");
    const { right, wrong } = answersTo(question);
    for (const [index, { playerToken }] of others.entries()) {
      await api.answer(playerToken, question.id, index % 2 === 0 ? right : wrong);
    }
  };

  await openSignedIn(host, `/host/${session.code}`);
  await expect(host.getByRole("button", { name: "Player Bo", exact: true })).toBeVisible();
  await inspect(host, { shots: "host-lobby" });
  await openSignedIn(remote, `/host/${session.code}/control`);
  await player.goto(`/join/${session.code}`);
  await expect(player.getByRole("heading", { name: "Who are you?" })).toBeVisible();
  await inspect(player, { narrow: true });
  await joinByLink(player, session.code, "Ana");
  await inspect(player, { shots: "lobby", narrow: true });

  await press(host, "Start");
  await expectQuestion(player, SINGLE);
  await expectQuestion(host, SINGLE);
  await inspect(player, { shots: "question-single", narrow: true });
  await inspect(host, { shots: "host-question" });
  await expectQuestion(remote, SINGLE);
  await inspect(remote, { shots: "control", narrow: true });
  await answerAll(0);
  await pick(player, RIGHT.single);
  await received(player);
  await inspect(player, { narrow: true });

  await press(host, "Close now");
  await verdict(player, "Right");
  await inspect(player, { shots: "result", narrow: true });
  await expect(host.getByText("got it right")).toBeVisible();
  await inspect(host, { shots: "host-results" });
  await inspect(remote, { narrow: true });
  await press(host, "Leaderboard");
  await expect(host.getByRole("heading", { name: "Leaderboard" })).toBeVisible();
  await inspect(host, { shots: "host-leaderboard" });

  for (const [number, prompt] of [
    [1, MULTIPLE],
    [2, TYPED],
    [3, ORDER],
  ] as const) {
    await press(host, "Next question");
    await expectQuestion(player, prompt);
    await expectQuestion(host, prompt);
    await inspect(player, { ...(number === 3 && { shots: "question-order" }), narrow: true });
    await inspect(host, { ...(number === 3 && { shots: "host-question-order" }) });
    await answerAll(number);
    await press(host, "Close now");
    await verdict(player, "No answer");
    await inspect(player, { narrow: true });
    await inspect(host);
    if (number < 3) await press(host, "Leaderboard");
  }

  await press(host, "Show the podium");
  await expect(host.getByRole("heading", { name: "The podium" })).toBeVisible();
  await inspect(host, { shots: "host-podium" });
  await expect(player.getByRole("heading", { level: 3, name: ORDER })).toBeVisible();
  await inspect(player, { shots: "finished", narrow: true });
  await inspect(remote, { narrow: true });
  await press(host, "Results table");
  await expect(host.getByRole("table")).toBeVisible();
  await inspect(host, { shots: "results" });
  expect((await api.session(session.code, hostToken)).state).toBe("FINISHED");
});

test("every stage of a game at one's own pace is accessible, complete, and fits its screens", async ({
  openDevice,
  product,
}) => {
  const { api, hostToken } = product;
  const { session } = await openShortQuiz(product, "Words for the way home", { pacing: "SELF_PACED" });
  const attemptOf = async (nickname: string): Promise<string> => {
    const query = `query ($code: String!) { leaderboard(code: $code) { entries { attemptId nickname } } }`;
    const { leaderboard } = await api.query<{
      leaderboard: { entries: { attemptId: string; nickname: string }[] };
    }>(query, { code: session.code });
    return leaderboard.entries.find((entry) => entry.nickname === nickname)?.attemptId ?? "";
  };
  const host = await openDevice(PROJECTOR);
  const player = await openDevice(PHONE_SIZED);
  const removed = await openDevice(PHONE_SIZED);
  await api.join(session.code, "Bo");
  await openSignedIn(host, `/host/${session.code}`);
  await joinByLink(player, session.code, "Ana");
  await joinByLink(removed, session.code, "Cy");
  await press(host, "Start");

  await expect(player.getByRole("heading", { name: "Ready when you are" })).toBeVisible();
  await inspect(player, { narrow: true });
  await player.getByRole("button", { name: "Begin" }).click();
  await expectQuestion(player, SINGLE);
  await pick(player, RIGHT.single);
  await expectQuestion(player, MULTIPLE);
  await inspect(player, { shots: "own-pace-question", narrow: true });
  await expect(host.getByText("1 of 4 answered")).toBeAttached();
  await inspect(host, { shots: "host-running" });

  await api.command("removePlayer", await attemptOf("Cy"), hostToken);
  await expect(removed.getByRole("heading", { name: "You were removed from this game" })).toBeVisible();
  await inspect(removed, { narrow: true });

  await pickSeveral(player, RIGHT.multiple);
  await typeAnswer(player, RIGHT.typed);
  await arrange(player, RIGHT.order);
  await expect(player.getByRole("heading", { name: "You’re through" })).toBeVisible();
  await expect(player.getByRole("heading", { level: 3, name: ORDER })).toBeVisible();
  await inspect(player, { shots: "own-pace-done", narrow: true });
});
