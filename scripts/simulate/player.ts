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
import { failureOf, pauseBeforeRetry, RefusedError } from "./retry.ts";

const knowledge = loadKnowledge(new URL("../../prisma/demo/", import.meta.url));

/** Plays one session to its end. Rejects only where the player could not join, or was sent away. */
export async function play(args: SimulateArgs, nickname: string, progress: Progress, signal: AbortSignal) {
  const { playerToken, session } = await join({
    ...args,
    nickname,
    signal,
    onRetry: () => {
      progress.joinRetries++;
    },
  });
  progress.joined++;
  const link = { drops: 0 };
  const client = connect(args.url, playerToken, {
    onDrop: () => {
      link.drops++;
      progress.drops++;
    },
    onReturn: () => {
      progress.returns++;
    },
  });
  const leave = () => void client.dispose();
  signal.addEventListener("abort", leave, { once: true });
  const player = { args, client, link, progress, signal, skill: 0.35 + Math.random() * 0.6 };
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
  /** How often the connection was lost so far. */
  readonly link: { readonly drops: number };
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly skill: number;
}

/** Follows the session's states; a question on screen is answered once, a start begins one's own run. */
async function followSession(player: Player, pacing: "HOST_PACED" | "SELF_PACED"): Promise<void> {
  const { progress } = player;
  const seen = new Set<string>();
  let running = false;
  const work: Promise<void>[] = [];
  for await (const session of sessionStates(player)) {
    progress.state = session.state;
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

/** What the session says of itself, until it is over: asked for again whenever the server ends the subscription. */
async function* sessionStates({
  client,
  args,
  signal,
}: Player): AsyncGenerator<SessionUpdate["sessionUpdated"]> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      const updates = client.iterate<SessionUpdate>({
        query: SESSION_UPDATED,
        variables: { code: args.code },
      });
      for await (const { data, errors } of updates) {
        if (errors) throw failureOf(errors);
        if (!data) continue;
        failures = 0;
        yield data.sessionUpdated;
        if (data.sessionUpdated.state === "FINISHED") return;
      }
    } catch (reason) {
      const error = Array.isArray(reason) ? failureOf(reason) : reason;
      if (error instanceof RefusedError) throw error;
    }
    await pauseBeforeRetry(failures++);
  }
}

async function ownPace(player: Player): Promise<void> {
  for (let failures = 0; !player.signal.aborted; ) {
    try {
      const own = await execute<OwnQuestion>(player.client, OWN_QUESTION);
      let question = own.viewer?.attempt?.question ?? null;
      if (!question) return;
      failures = 0;
      while (question) question = await answer(player, question);
    } catch (error) {
      if (error instanceof RefusedError) return;
    }
    await pauseBeforeRetry(++failures);
  }
}

/**
 * Thinks, answers, and sends the same answer until the server has taken or refused it; it is counted once, whatever it
 * took. Gives the next question, where one was handed out.
 */
async function answer(player: Player, question: Question): Promise<Question | null> {
  const { args, client, link, progress, signal, skill } = player;
  await sleep(thinkingTimeMs(question.timeLimitSeconds, args.speed), undefined, { signal }).catch(() => {});
  const input = { questionId: question.id, answer: think(question, knowledge, skill) };
  const began = performance.now();
  const dropsBefore = link.drops;
  for (let retries = 0; !signal.aborted; retries++) {
    try {
      const { submitAnswer } = await execute<SubmitResult>(client, SUBMIT, { input });
      if (retries > 0 || link.drops > dropsBefore) progress.answerRetries++;
      if (!("answer" in submitAnswer)) {
        progress.refuse(submitAnswer.__typename);
        return null;
      }
      progress.accept(performance.now() - began, submitAnswer.answer.correct === true);
      return submitAnswer.next;
    } catch (error) {
      if (error instanceof RefusedError) {
        progress.refuse(error.code);
        return null;
      }
      await pauseBeforeRetry(retries);
    }
  }
  return null;
}
