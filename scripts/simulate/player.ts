import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "graphql-ws";
import {
  connect,
  execute,
  join,
  OWN_QUESTION,
  type OwnQuestion,
  type Question,
  SESSION_UPDATED,
  type SessionUpdate,
  SUBMIT,
  type SubmitResult,
} from "./api.ts";
import type { SimulateArgs } from "./args.ts";
import { loadKnowledge, think, thinkingTimeMs } from "./brain.ts";
import type { Progress } from "./progress.ts";

const knowledge = loadKnowledge(new URL("../../prisma/demo/", import.meta.url));

/** Plays one session to its end. Rejects only where the player could not join. */
export async function play(args: SimulateArgs, nickname: string, progress: Progress, signal: AbortSignal) {
  const { playerToken, session } = await join(args.url, args.code, nickname);
  progress.joined++;
  const client = connect(args.url, playerToken, () => {
    progress.drops++;
  });
  const leave = () => void client.dispose();
  signal.addEventListener("abort", leave, { once: true });
  const player = { args, client, progress, signal, skill: 0.35 + Math.random() * 0.6 };
  try {
    await followSession(player, session.pacing);
  } finally {
    signal.removeEventListener("abort", leave);
    await client.dispose();
  }
}

interface Player {
  readonly args: SimulateArgs;
  readonly client: Client;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly skill: number;
}

/** Follows the session's states; a question on screen is answered, a start begins one's own run. */
async function followSession(player: Player, pacing: "HOST_PACED" | "SELF_PACED"): Promise<void> {
  const { client, args, progress } = player;
  const seen = new Set<string>();
  let running = false;
  const work: Promise<void>[] = [];
  const updates = client.iterate<SessionUpdate>({ query: SESSION_UPDATED, variables: { code: args.code } });
  for await (const { data } of updates) {
    const session = data?.sessionUpdated;
    if (!session) continue;
    progress.state = session.state;
    if (session.state === "FINISHED") break;
    if (pacing === "SELF_PACED" && session.state === "RUNNING" && !running) {
      running = true;
      work.push(ownPace(player));
    }
    const question = session.state === "QUESTION_OPEN" ? session.question : null;
    if (!question || seen.has(question.id)) continue;
    seen.add(question.id);
    progress.question = question.number;
    work.push(answer(player, question).then(() => undefined));
  }
  await Promise.all(work);
}

async function ownPace(player: Player): Promise<void> {
  while (!player.signal.aborted) {
    const own = await execute<OwnQuestion>(player.client, OWN_QUESTION).catch(() => undefined);
    const attempt = own?.viewer?.attempt;
    let question = attempt?.question ?? null;
    if (own && !question) return;
    while (question) question = await answer(player, question);
    await sleep(200);
  }
}

/** Thinks, answers, and tries again while the connection is away. Gives the next question, where one was handed out. */
async function answer(player: Player, question: Question): Promise<Question | null> {
  const { args, client, progress, signal, skill } = player;
  await sleep(thinkingTimeMs(question.timeLimitSeconds, args.speed), undefined, { signal }).catch(() => {});
  const input = { questionId: question.id, answer: think(question, knowledge, skill) };
  while (!signal.aborted) {
    const began = performance.now();
    try {
      const { submitAnswer } = await execute<SubmitResult>(client, SUBMIT, { input });
      if (!("answer" in submitAnswer)) {
        progress.refuse(submitAnswer.__typename);
        return null;
      }
      progress.accept(performance.now() - began, submitAnswer.answer.correct === true);
      return submitAnswer.next;
    } catch {
      progress.retries++;
      await sleep(Math.random() * 500);
    }
  }
  return null;
}
