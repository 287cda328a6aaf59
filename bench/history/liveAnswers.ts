import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "graphql-ws";
import { createQuizApi, type QuizApi } from "../../tests/api/quizApi.ts";
import { connect } from "../../tests/fixtures/apiClient.ts";

const PLAYERS = 40;
const QUESTIONS = 30;
/** Answers a second of all players together. */
const RATE = 80;
/** At first, connections and compiled code settle. */
const WARM_ANSWERS = 160;

const SUBMIT = `mutation ($input: SubmitAnswerInput!) { submitAnswer(input: $input) {
  ... on SubmitAnswerSuccess { answer { points } attempt { score rank } next { id choices { id } } } ... on Error { message } } }`;

interface Question {
  readonly id: string;
  readonly choices: readonly { readonly id: string }[];
}

interface Submitted {
  readonly submitAnswer: { readonly next?: Question | null; readonly message?: string };
}

const QUIZ = {
  title: "Live",
  questions: Array.from({ length: QUESTIONS }, (_, number) => ({
    kind: "SINGLE_CHOICE" as const,
    prompt: `Word ${number + 1}`,
    timeLimitSeconds: 300,
    choices: ["a", "b", "c", "d"].map((text, index) => ({ text, correct: index === 0 })),
  })),
};

/** A host who opens self-paced sessions, and players who answer in them over WebSockets. */
export async function openLiveSide(url: string, token: string) {
  const api = createQuizApi(url);
  const quiz = await api.createQuiz(token, QUIZ);
  return {
    /** How long each answer of a new session took from when it was due, in milliseconds. */
    play: () => playOnce(api, url, token, quiz.id),
  };
}

async function playOnce(
  api: QuizApi,
  url: string,
  token: string,
  quizId: string,
): Promise<readonly number[]> {
  const session = await api.open(token, quizId, { pacing: "SELF_PACED" });
  await api.command("startSession", session.id, token);
  const players = await Promise.all(
    Array.from({ length: PLAYERS }, async (_, number) => {
      const { playerToken } = await api.join(session.code, `Player ${number + 1}`);
      const client = connect(url, playerToken);
      const { question } = await api.own(playerToken);
      return { client, question: question as Question | null };
    }),
  );
  const times: number[] = [];
  const answers: Promise<void>[] = [];
  const began = performance.now();
  for (let number = 0; number < PLAYERS * QUESTIONS; number++) {
    const due = began + (number * 1000) / RATE;
    const early = due - performance.now();
    if (early > 1) await pause(early);
    const player = players[number % PLAYERS];
    if (!player) continue;
    const answered = async () => {
      const { question } = player;
      if (!question) throw new Error("A player has no question although some are left.");
      const { submitAnswer } = await submit(player.client, question);
      if (number >= WARM_ANSWERS) times.push(performance.now() - due);
      if (submitAnswer.message !== undefined) throw new Error(submitAnswer.message);
      player.question = submitAnswer.next ?? null;
    };
    answers.push(answered());
  }
  await Promise.all(answers);
  await Promise.all(players.map(({ client }) => client.dispose()));
  await api.command("finishSession", session.id, token);
  return times;
}

function submit(client: Client, { id, choices }: Question): Promise<Submitted> {
  const answer = { choiceIds: [choices[0]?.id] };
  return new Promise((resolve, reject) => {
    client.subscribe<Submitted>(
      { query: SUBMIT, variables: { input: { questionId: id, answer } } },
      {
        next: ({ data, errors }) => (data ? resolve(data) : reject(new Error(JSON.stringify(errors)))),
        error: reject,
        complete: () => {},
      },
    );
  });
}
