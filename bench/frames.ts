// npm run bench frames [-- --throttle 6 --players 120]     how smoothly a leaderboard of 100 rows moves on a slow phone
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CDPSession, chromium, type Page } from "@playwright/test";
import { signIn } from "../tests/fixtures/apiClient.ts";
import { freePort, startServer } from "../tests/fixtures/serverProcess.ts";
import { gatherCrowd } from "./frames/crowd.ts";
import { type Frames, watchFrames } from "./frames/watchFrames.ts";
import { readNumbers, readOptions } from "./harness/options.ts";
import { publish } from "./harness/result.ts";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const ROWS = 100;
/** Enough for four leaderboards a second, which is the most that a session sends. */
const ANSWERS_PER_SECOND = 25;
const SECONDS = 10;
const QUIET_SECONDS = 4;
/** For those who have answered to be on the way to their places when the watch begins. */
const LEAD_SECONDS = 3;

export async function run(args: readonly string[]): Promise<void> {
  const own = {
    throttle: { type: "string", default: "6" },
    players: { type: "string", default: "120" },
  } as const;
  const options = readOptions("frames", args, own);
  const [throttle = 6] = readNumbers("throttle", String(options.own["throttle"]));
  const [players = 120] = readNumbers("players", String(options.own["players"]));
  const rounds = options.full ? 5 : 3;

  const dataDir = mkdtempSync(join(tmpdir(), "quiz-frames-"));
  const server = await startServer({ port: await freePort(), dataDir });
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  try {
    const token = await signIn(server.url, "demo@example.org", "vocabulary");
    const crowd = await gatherCrowd(server.url, token, players);
    const page = await (await browser.newContext(PHONE)).newPage();
    const updates = countUpdates(page);
    await openBoard(page, `${server.url}/join/${crowd.code}`);
    const cdp = await page.context().newCDPSession(page);
    // What the thread has worked, not what has passed: a busy machine changes the frames, but not this.
    await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: throttle });

    const quiet = await watchFrames(page, cdp, QUIET_SECONDS, updates);
    const watched: Frames[] = [];
    for (let round = 0; round < rounds; round += 1) watched.push(await watchRound(page, cdp, crowd, updates));
    const middle = watched.toSorted((a, b) => a.p95Ms - b.p95Ms)[Math.floor(rounds / 2)] ?? quiet;
    report(middle, quiet, watched, { throttle, version: browser.version(), options });
  } finally {
    await browser.close();
    await server.stop("SIGTERM");
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Counts the leaderboards that the page is sent. */
function countUpdates(page: Page): () => number {
  let updates = 0;
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      if (payload.includes('"leaderboardUpdated"')) updates += 1;
    });
  });
  return () => updates;
}

/** A player's own page, with the first hundred of the leaderboard in sight. */
async function openBoard(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel("Your nickname").fill("Looker-on");
  await page.getByRole("button", { name: "Join the game" }).click();
  await page.getByRole("button", { name: `Show the first ${ROWS}` }).click();
  const row = page.locator("ol.board > li").nth(ROWS / 2);
  await row.waitFor();
  await row.scrollIntoViewIfNeeded();
}

async function watchRound(
  page: Page,
  cdp: CDPSession,
  crowd: Awaited<ReturnType<typeof gatherCrowd>>,
  updates: () => number,
): Promise<Frames> {
  const stopping = new AbortController();
  const playing = crowd.play(ANSWERS_PER_SECOND, stopping.signal);
  await page.waitForTimeout(1000 * LEAD_SECONDS);
  const frames = await watchFrames(page, cdp, SECONDS, updates);
  stopping.abort();
  await playing;
  return frames;
}

function report(
  middle: Frames,
  quiet: Frames,
  watched: readonly Frames[],
  { throttle, version, options }: Circumstances,
): void {
  const perUpdate = (part: keyof Frames["work"]) => {
    const idle = (quiet.work[part] / quiet.seconds) * middle.seconds;
    return round((middle.work[part] - idle) / Math.max(1, middle.updates));
  };
  const row = (name: string, { updates, seconds, fps, p95Ms, dropped, longTasks }: Frames) => [
    name,
    round(updates / seconds),
    round(fps),
    round(p95Ms),
    dropped,
    longTasks,
  ];
  publish(
    {
      bench: "frames",
      packages: ["vue"],
      engines: { chromium: version },
      tables: [
        {
          title: `A leaderboard of ${ROWS} rows on a phone, processor ${throttle} × slower`,
          columns: ["round", "updates a second", "frames a second", "p95 ms", "dropped", "tasks over 50 ms"],
          rows: [
            row("nobody answers", quiet),
            ...watched.map((frames, index) => row(`${index + 1}`, frames)),
          ],
        },
        {
          title: "Work of the page's main thread for one update, in ms, throttled as above",
          columns: ["", "all", "script", "style", "layout"],
          rows: [["one update", ...(["taskMs", "scriptMs", "styleMs", "layoutMs"] as const).map(perUpdate)]],
        },
      ],
      ratios: {
        p95_ms: round(middle.p95Ms),
        dropped: middle.dropped,
        fps: round(middle.fps),
        task_ms_per_update: perUpdate("taskMs"),
      },
    },
    options,
  );
}

interface Circumstances {
  readonly throttle: number;
  readonly version: string;
  readonly options: ReturnType<typeof readOptions>;
}

const round = (value: number) => Math.round(10 * value) / 10;
