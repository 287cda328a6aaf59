import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "graphql-ws";
import type { QuizApi } from "../api/quizApi.ts";
import type { AnswerInput } from "../api/shapes.ts";
import { type Watch, watchSocket } from "../api/watching.ts";
import { connect } from "../fixtures/apiClient.ts";

export interface Board {
  readonly version: number;
  readonly entries: readonly { readonly attemptId: string; readonly score: number }[];
}

export interface SeatedPlayer {
  readonly attemptId: string;
  /** Points of the acknowledged answers. */
  points(): number;
  connections(): number;
  readonly leaderboard: Watch<{ leaderboardUpdated: Board }>;
  /** Over the WebSocket, until it is acknowledged. A refusal rejects. */
  answer(questionId: string, answer: AnswerInput): Promise<void>;
  leave(): Promise<void>;
}

interface Submitted {
  readonly submitAnswer: { readonly message?: string; readonly answer?: { readonly points: number } };
}

const LEADERBOARD =
  "subscription ($code: String!) { leaderboardUpdated(code: $code) { version entries { attemptId score } } }";
const ANSWER = `mutation ($input: SubmitAnswerInput!) {
  submitAnswer(input: $input) { ... on SubmitAnswerSuccess { answer { points } } ... on Error { message } }
}`;

/** Joins a session, and follows its leaderboard on the WebSocket that the answers will go over. */
export async function join(api: QuizApi, url: string, code: string, nickname: string): Promise<SeatedPlayer> {
  const { playerToken, attempt } = await api.join(code, nickname);
  const client = connect(url, playerToken);
  let connections = 0;
  let points = 0;
  client.on("connected", () => {
    connections += 1;
  });
  const leaderboard = watchSocket<{ leaderboardUpdated: Board }>(client, LEADERBOARD, { code });
  await leaderboard.until(() => true);
  return {
    attemptId: attempt.id,
    points: () => points,
    connections: () => connections,
    leaderboard,
    async answer(questionId, answer) {
      const { submitAnswer } = await insist<Submitted>(client, ANSWER, { input: { questionId, answer } });
      if (!submitAnswer.answer) throw new Error(submitAnswer.message);
      points += submitAnswer.answer.points;
    },
    leave: async () => void (await client.dispose()),
  };
}

/** What breaks off, or is unavailable for a while, is asked again: answering is idempotent (I3). */
async function insist<Data>(
  client: Client,
  query: string,
  variables: Record<string, unknown>,
): Promise<Data> {
  for (;;) {
    try {
      for await (const { data, errors } of client.iterate<Data>({ query, variables })) {
        if (errors?.[0] && errors[0].extensions?.["code"] !== "UNAVAILABLE") throw errors[0];
        if (data && !errors) return data;
      }
    } catch (error) {
      if (error instanceof Error && "extensions" in error) throw error;
    }
    await sleep(20);
  }
}
