import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareDataFolder, startEmbeddedDatabase } from "../../server/database/embedded.ts";
import { check } from "../faults/checker.ts";
import { startCrowd } from "../faults/crowd.ts";
import { type History, readHistory, readLeaderboards } from "../faults/history.ts";
import { Records } from "../faults/records.ts";
import { freePort, type ServerProcess, startServer } from "../fixtures/serverProcess.ts";

// The real process, killed for good at random moments while two games are played: nothing acknowledged may be lost.

/** Of which each takes some seconds; KILLS asks for more. */
const KILLS = Number(process.env["KILLS"] ?? 7);
const PLAYERS = 16;
const MINUTES = 60_000;

let dataDir: string;
let port: number;
let server: ServerProcess;
const url = () => `http://127.0.0.1:${port}`;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "quiz-kill-"));
  port = await freePort();
  server = await startServer({ port, dataDir });
}, MINUTES);

afterAll(async () => {
  await server?.stop("SIGKILL");
  await rm(dataDir, { recursive: true, force: true });
});

/** Waits until players are in the midst of it again: on a busy machine they need longer to come back. */
async function untilAcknowledged(records: Records, more: number): Promise<void> {
  const wanted = records.acknowledged.length + more;
  const deadline = Date.now() + 15_000;
  while (records.acknowledged.length < wanted && Date.now() < deadline) await sleep(20);
}

/** What the stopped server has left in its folder. */
async function readFolder(): Promise<History> {
  const database = await startEmbeddedDatabase(prepareDataFolder(dataDir), () => {});
  try {
    return await readHistory(database.url);
  } finally {
    await database.stop();
  }
}

test(
  `I1–I5: nothing acknowledged is lost in ${KILLS} kills, and no version goes back`,
  async () => {
    const records = new Records();
    const crowd = await startCrowd({ url: url(), players: PLAYERS, thinkMs: 3000, records });
    for (let kill = 0; kill < KILLS; kill++) {
      await untilAcknowledged(records, 6);
      await sleep(Math.random() * 500);
      await server.stop("SIGKILL");
      server = await startServer({ port, dataDir });
    }
    await untilAcknowledged(records, 6);
    await crowd.finish(MINUTES);

    await server.stop("SIGTERM");
    const { sessions, attempts, answers } = await readFolder();
    server = await startServer({ port, dataDir });
    const played = sessions.filter(({ id }) => attempts.some(({ sessionId }) => sessionId === id));
    const { acknowledged, ...found } = check({
      ...{ acknowledged: records.acknowledged, refused: records.refused, regressions: records.regressions },
      seenClosings: records.closings,
      // The embedded journal is PostgreSQL itself: there is nothing between to look at.
      journal: { closings: [], answers: [], incomplete: new Set() },
      ...{ sessions, attempts, answers, leaderboards: await readLeaderboards([url()], played) },
    });
    console.log(
      `${KILLS} kills, ${played.length} sessions, ${acknowledged} answers acknowledged, ${records.connections} connections`,
    );
    expect(acknowledged).toBeGreaterThan(KILLS * 3);
    expect(found).toMatchObject({ lost: [], duplicated: [], mismatched: [], regressed: [], late: [] });
    expect(records.unexpected).toEqual([]);
    expect(played.every(({ state }) => state === "FINISHED")).toBe(true);
  },
  10 * MINUTES,
);
