import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run, signIn } from "../fixtures/apiClient.ts";
import { freePort, type ServerProcess, startServer } from "../fixtures/serverProcess.ts";
import { insist, play, type Records } from "./game.ts";

// The real process, killed for good at random moments while two games are played: nothing acknowledged may be lost.

const KILLS = 20;
const PLAYERS = 8;
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

const SESSION = "mutation ($id: ID!) { value: startSession(sessionId: $id) { __typename } }";

interface Opened {
  readonly id: string;
  readonly code: string;
}

async function open(token: string, quizId: string, pacing: "HOST_PACED" | "SELF_PACED"): Promise<Opened> {
  const { createSession } = await run<{ createSession: { session: Opened } }>(
    url(),
    `mutation ($input: CreateSessionInput!) {
      createSession(input: $input) { ... on CreateSessionSuccess { session { id code } } }
    }`,
    { input: { quizId, pacing } },
    token,
  );
  return createSession.session;
}

async function nextUntilFinished(
  id: string,
  code: string,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(1200 + Math.random() * 1500, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const { session } = await insist<{ session: { state: string; question: { id: string } | null } }>(
      url(),
      "query ($code: String!) { session(code: $code) { state question { id } } }",
      { code },
    );
    if (session.state === "FINISHED") return;
    await insist(
      url(),
      "mutation ($id: ID!, $after: ID) { nextQuestion(sessionId: $id, after: $after) { __typename } }",
      { id, after: session.question?.id },
      token,
    );
  }
}

interface History {
  readonly session: {
    readonly state: string;
    readonly leaderboard: { readonly entries: readonly { attemptId: string; score: number; rank: number }[] };
    readonly attempts: {
      readonly edges: readonly {
        readonly node: {
          readonly id: string;
          readonly score: number;
          readonly answers: {
            readonly edges: readonly {
              readonly node: { questionId: string; points: number; elapsedMs: number };
            }[];
          };
        };
      }[];
    };
  };
}

const HISTORY = `query ($code: String!) {
  session(code: $code) {
    state
    leaderboard(first: 1000) { entries { attemptId score rank } }
    attempts(first: 100) { edges { node {
      id score answers(first: 50) { edges { node { questionId points elapsedMs } } }
    } } }
  }
}`;

/** Every difference between what clients were told and what the history holds (I1, I2, I4). */
function differences(records: Records, histories: readonly History[]): string[] {
  const found: string[] = [];
  const kept = new Map<string, { points: number; elapsedMs: number }>();
  for (const { session } of histories) {
    const entries = new Map(session.leaderboard.entries.map((entry) => [entry.attemptId, entry.score]));
    for (const { node: attempt } of session.attempts.edges) {
      let sum = 0;
      for (const { node: answer } of attempt.answers.edges) {
        const key = `${attempt.id} ${answer.questionId}`;
        if (kept.has(key)) found.push(`twice: ${key}`);
        kept.set(key, answer);
        sum += answer.points;
      }
      if (sum !== attempt.score) found.push(`${attempt.id}: points ${sum}, score ${attempt.score}`);
      if (entries.get(attempt.id) !== attempt.score) found.push(`${attempt.id}: not so on the leaderboard`);
    }
  }
  for (const { attemptId, questionId, points, elapsedMs } of records.acknowledged) {
    const answer = kept.get(`${attemptId} ${questionId}`);
    if (!answer) found.push(`lost: ${attemptId} ${questionId}`);
    else if (answer.points !== points || answer.elapsedMs !== elapsedMs)
      found.push(`changed: ${attemptId} ${questionId}`);
  }
  return found;
}

test(
  `I2, I4, I5: nothing acknowledged is lost in ${KILLS} kills, and no version goes back`,
  async () => {
    const token = await signIn(url(), "demo@example.org", "vocabulary");
    const { quizzes } = await run<{ quizzes: { edges: { node: { id: string } }[] } }>(
      url(),
      "{ quizzes(first: 50) { edges { node { id } } } }",
      {},
      token,
    );
    const quizIds = quizzes.edges.map(({ node }) => node.id);
    const records: Records = { acknowledged: [], regressions: [], refusals: [], reconnects: 0 };
    const over = new AbortController();
    const codes: string[] = [];

    async function games(pacing: "HOST_PACED" | "SELF_PACED"): Promise<void> {
      for (let round = 0; !over.signal.aborted; round++) {
        const quizId = quizIds[round % quizIds.length];
        if (quizId === undefined) throw new Error("There is no demo quiz");
        const { id, code } = await insistOpen(token, quizId, pacing);
        codes.push(code);
        const ended = new AbortController();
        const players = Array.from({ length: PLAYERS }, (_, n) =>
          play({ url: url(), code, nickname: `${pacing} ${n}`, records, signal: ended.signal }),
        );
        await sleep(300);
        await insist(url(), SESSION, { id }, token);
        if (pacing === "HOST_PACED") await nextUntilFinished(id, code, token, over.signal);
        else await Promise.race([Promise.all(players), untilAborted(over.signal)]);
        ended.abort();
        await insist(
          url(),
          "mutation ($id: ID!) { finishSession(sessionId: $id) { __typename } }",
          { id },
          token,
        );
        await Promise.all(players);
      }
    }

    const playing = Promise.all([games("HOST_PACED"), games("SELF_PACED")]);
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(200 + Math.random() * 1800);
      await server.stop("SIGKILL");
      server = await startServer({ port, dataDir });
    }
    await sleep(1500);
    over.abort();
    await playing;

    const histories: History[] = [];
    for (const code of codes) histories.push(await run<History>(url(), HISTORY, { code }, token));
    console.log(
      `${KILLS} kills, ${codes.length} sessions, ${records.acknowledged.length} answers acknowledged, ${records.reconnects} connections`,
    );
    expect(records.acknowledged.length).toBeGreaterThan(100);
    expect(differences(records, histories)).toEqual([]);
    expect(records.regressions).toEqual([]);
    expect(records.refusals).toEqual([]);
    expect(histories.every(({ session }) => session.state === "FINISHED")).toBe(true);
  },
  10 * MINUTES,
);

async function insistOpen(
  token: string,
  quizId: string,
  pacing: "HOST_PACED" | "SELF_PACED",
): Promise<Opened> {
  for (;;) {
    try {
      return await open(token, quizId, pacing);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      await sleep(50);
    }
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
