import type { Page } from "@playwright/test";
import { openSignedIn } from "./support/hostPage.ts";
import { messagesOf, shownKeys } from "./support/messageKeys.ts";
import { openShortQuiz } from "./support/quiz.ts";
import { expect, PHONE, test } from "./support/test.ts";

const LANGUAGES = [
  { code: "es", name: "Español" },
  { code: "vi", name: "Tiếng Việt" },
] as const;

const choose = (page: Page, name: string) =>
  page.getByRole("banner").getByRole("combobox").selectOption({ label: name });

for (const { code, name } of LANGUAGES) {
  test(`${name}: every page speaks it once it is chosen, and after a reload`, async ({
    openDevice,
    product,
  }) => {
    const { session } = await openShortQuiz(product, `Words in ${name}`);
    const words = messagesOf(code);
    const host = await openDevice({ viewport: { width: 1280, height: 800 } });
    const player = await openDevice(PHONE);

    await player.goto("/");
    await expect(player.locator("html")).toHaveAttribute("lang", "en");
    await choose(player, name);
    await expect(player.getByRole("heading", { level: 1 })).toHaveText(words("home.joinHeading"));
    await expect(player.locator("html")).toHaveAttribute("lang", code);
    await player.reload();
    await expect(player.getByRole("heading", { level: 1 })).toHaveText(words("home.joinHeading"));
    await expect(player.locator("html")).toHaveAttribute("lang", code);
    expect(await shownKeys(player)).toEqual([]);

    await player.goto(`/join/${session.code}`);
    await player.getByLabel(words("join.nickname")).fill("Ana");
    expect(await shownKeys(player)).toEqual([]);
    await player.getByRole("button", { name: words("join.submit") }).click();
    await expect(player.getByText(words("play.lobbyWait"))).toBeVisible();
    expect(await shownKeys(player)).toEqual([]);

    await openSignedIn(host, "/host");
    await choose(host, name);
    const title = (key: string) => expect(host).toHaveTitle(new RegExp(words(key)));
    await title("page.library");
    for (const [path, expected] of [
      ["/host?tab=public", words("library.publicQuizzes")],
      ["/edit/new", words("author.details")],
      ["/programs", words("apiKeys.title")],
      [`/host/${session.code}`, words("host.joinAt")],
      [`/host/${session.code}/control`, words("host.playersTitle")],
      [`/results/${session.code}`, words("reports.download")],
      ["/nowhere", words("notFound.text")],
    ] as const) {
      await host.goto(path);
      await expect(host.getByText(expected).first()).toBeVisible();
      await expect(host.locator("html")).toHaveAttribute("lang", code);
      expect(await shownKeys(host), `message keys on ${path}`).toEqual([]);
    }
  });
}
