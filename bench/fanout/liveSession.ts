import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { answersTo, createQuizApi } from "../../tests/api/quizApi.ts";
import { sharedClock } from "../harness/inside.ts";
import { syllables } from "../harness/syllables.ts";

const SUBMIT = `mutation ($input: SubmitAnswerInput!) { submitAnswer(input: $input) {
  __typename ... on SubmitAnswerSuccess { next { id } } ... on Error { message } } }`;
const HAND_OUT = "{ viewer { attempt { question { id } } } }";
const SECONDS = 600;

/** A running session at the players' own pace, with players who answer when they are told to. */
export interface LiveSession {
  readonly code: string;
  /**
   * The next answer, of the player whose turn it is, or who is free first: always the right one. Gives how long it took from
   * this call to the acknowledgement, in ms.
   */
  answer(): Promise<number>;
  /** How many answers are left. */
  readonly left: number;
  close(): Promise<void>;
}

export interface LiveSessionOptions {
  readonly players: number;
  readonly questions: number;
}

interface Player {
  readonly client: Client;
  question: string;
}

/** Made through the API as any program would; players answer over WebSockets of the official client. */
export async function openLiveSession(url: string, options: LiveSessionOptions): Promise<LiveSession> {
  const api = createQuizApi(url);
  const host = await api.signUp("Host");
  const quiz = await api.createQuiz(host, {
    title: "Words of the bench",
    questions: Array.from({ length: options.questions }, (_, index) => ({
      kind: "SINGLE_CHOICE" as const,
      prompt: `Which word comes at number ${index + 1}?`,
      choices: ["this", "that", "those", "these"].map((text, choice) => ({ text, correct: choice === 0 })),
      timeLimitSeconds: SECONDS,
    })),
  });
  const right = new Map(quiz.questions.map((question) => [question.id, answersTo(question).right]));
  const session = await api.open(host, quiz.id, { pacing: "SELF_PACED" });
  await api.command("startSession", session.id, host);
  const waiting: Player[] = [];
  const clients: Client[] = [];
  for (let index = 0; index < options.players; index++) {
    const { playerToken } = await api.join(session.code, `Player ${syllables(index + 1)}`);
    const client = createClient({
      url: `${url.replace(/^http/, "ws")}/graphql`,
      webSocketImpl: WebSocket,
      lazy: false,
      retryAttempts: 0,
      connectionParams: { Authorization: `Bearer ${playerToken}` },
    });
    clients.push(client);
    const { viewer } = await ask<HandedOut>(client, HAND_OUT);
    waiting.push({ client, question: viewer.attempt.question?.id ?? "" });
  }
  const wanting: ((player: Player) => void)[] = [];
  const free = (player: Player) => {
    const want = wanting.shift();
    if (want) want(player);
    else waiting.push(player);
  };
  let left = options.players * options.questions;

  return {
    code: session.code,
    get left() {
      return left;
    },
    async answer() {
      if (left === 0) throw new Error("No player has anything left to answer");
      left -= 1;
      const began = sharedClock();
      const player = waiting.shift() ?? (await new Promise<Player>((resolve) => wanting.push(resolve)));
      const input = { questionId: player.question, answer: right.get(player.question) };
      const { submitAnswer } = await ask<Submitted>(player.client, SUBMIT, { input });
      const took = sharedClock() - began;
      if (submitAnswer.message !== undefined) throw new Error(submitAnswer.message);
      if (submitAnswer.next) free(Object.assign(player, { question: submitAnswer.next.id }));
      return took;
    },
    async close() {
      await Promise.all(clients.map((client) => client.dispose()));
    },
  };
}

interface HandedOut {
  readonly viewer: { readonly attempt: { readonly question: { readonly id: string } | null } };
}

interface Submitted {
  readonly submitAnswer: { readonly message?: string; readonly next?: { readonly id: string } | null };
}

async function ask<Data>(
  client: Client,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  for await (const { data, errors } of client.iterate<Data>({ query, variables })) {
    if (errors || !data) throw new Error(JSON.stringify(errors ?? "no data"));
    return data;
  }
  throw new Error("The operation ended without a result");
}
