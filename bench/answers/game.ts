import { createQuizApi } from "../../tests/api/quizApi.ts";
import { run } from "../../tests/fixtures/apiClient.ts";
import type { Submission } from "./submitScript.ts";

const SECONDS = 300;
const JOINING_AT_ONCE = 16;
const JOIN = `mutation ($input: JoinQuizInput!) { joinQuiz(input: $input) {
  ... on JoinQuizSuccess { playerToken attempt { id } } ... on Error { message } } }`;

export interface Player {
  readonly token: string;
  readonly attemptId: string;
}

/** A session at the host's pace, with its players in it and nothing asked yet. */
export interface Game {
  /** The plain UUID. */
  readonly sessionId: string;
  readonly players: readonly Player[];
  readonly questions: number;
  /** Asks the next question: its right answer, as the API has it, and as the script wants it. */
  ask(): Promise<Asked>;
  /** Closes the last question, and the session. */
  end(): Promise<void>;
}

export interface Asked {
  /** Of the question, as clients see it. */
  readonly questionId: string;
  readonly choiceId: string;
  submissionOf(player: Player): Submission;
}

/** Opened at `url`: what it costs that server is nobody's answer. */
export async function openGame(url: string, count: number, questions: number): Promise<Game> {
  const api = createQuizApi(url);
  const host = await api.signUp("Host");
  const quiz = await api.createQuiz(host, {
    title: "Words of the bench",
    questions: Array.from({ length: questions }, (_, index) => ({
      kind: "SINGLE_CHOICE" as const,
      prompt: `Which word comes at number ${index + 1}?`,
      choices: ["this", "that", "those", "these"].map((text, choice) => ({ text, correct: choice === 0 })),
      timeLimitSeconds: SECONDS,
    })),
  });
  const session = await api.open(host, quiz.id, { pacing: "HOST_PACED", closeWhenAllAnswered: false });
  const players: Player[] = [];
  const joinSome = async () => {
    while (players.length < count) {
      const index = players.push({ token: "", attemptId: "" }) - 1;
      const input = { code: session.code, nickname: `Player ${index + 1}` };
      const { joinQuiz } = await run<Joined>(url, JOIN, { input });
      if (!joinQuiz.playerToken) throw new Error(joinQuiz.message);
      players[index] = { token: joinQuiz.playerToken, attemptId: plain(joinQuiz.attempt.id) };
    }
  };
  await Promise.all(Array.from({ length: JOINING_AT_ONCE }, joinSome));

  const sessionId = plain(session.id);
  let asked = 0;
  return {
    sessionId,
    players,
    questions,
    async ask() {
      if (asked > 0) await api.command("closeQuestion", session.id, host);
      await api.command(asked === 0 ? "startSession" : "nextQuestion", session.id, host);
      const question = quiz.questions[asked++];
      const [choiceId] = question ? correctChoices(question) : [];
      if (!question || choiceId === undefined) throw new Error("There is no other question");
      return {
        questionId: question.id,
        choiceId,
        submissionOf: ({ attemptId }) => ({ sessionId, attemptId, questionId: plain(question.id), choiceId }),
      };
    },
    async end() {
      await api.command("finishSession", session.id, host);
    },
  };
}

type Question = Awaited<ReturnType<ReturnType<typeof createQuizApi>["createQuiz"]>>["questions"][number];

const correctChoices = ({ choices }: Question) =>
  choices.filter(({ correct }) => correct).map(({ id }) => id);

interface Joined {
  readonly joinQuiz: {
    readonly playerToken?: string;
    readonly attempt: { readonly id: string };
    readonly message?: string;
  };
}

/** The UUID in a global id. */
const plain = (id: string): string => Buffer.from(id, "base64").toString().split(":")[1] ?? "";
