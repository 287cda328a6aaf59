import { createQuizApi, type QuizApi } from "../../tests/api/quizApi.ts";
import { syllables } from "../harness/syllables.ts";
import type { OpenQuestions, Seat } from "./players.ts";

export interface GameSession {
  readonly id: string;
  readonly code: string;
  readonly seats: readonly Seat[];
}

/** Sessions of one host, with players who have joined, by turns, through each of the servers. */
export interface Games {
  readonly sessions: readonly GameSession[];
  /** Opens the next question of all sessions at once; what is open then, by code. */
  openNext(): Promise<OpenQuestions>;
  close(): Promise<void>;
  /** The version of each leaderboard now, by code. */
  boardVersions(): Promise<Readonly<Record<string, number>>>;
}

export interface GameOptions {
  readonly sessions: number;
  readonly players: number;
  readonly questions: number;
}

const AT_ONCE = 16;
const SECONDS = 300;

/** All of it through the API, over HTTP. */
export async function prepareGames(urls: readonly string[], options: GameOptions): Promise<Games> {
  const apis = urls.map(createQuizApi);
  const apiOf = (index: number): QuizApi => {
    const api = apis[index % apis.length];
    if (!api) throw new Error("There is no server");
    return api;
  };
  const host = await apiOf(0).signUp("Host");
  const { id: quizId, questions } = await apiOf(0).createQuiz(host, {
    title: "Words of the bench",
    questions: Array.from({ length: options.questions }, (_, index) => ({
      kind: "SINGLE_CHOICE" as const,
      prompt: `Which word comes at number ${index + 1}?`,
      choices: ["this", "that", "those", "these"].map((text, choice) => ({ text, correct: choice === 0 })),
      timeLimitSeconds: SECONDS,
    })),
  });
  const sessions = await inParallel(options.sessions, async (index) => {
    const { id, code } = await apiOf(index).open(host, quizId);
    return { id, code, tag: `Group ${syllables(index + 1)}` };
  });
  const seats = await inParallel(options.sessions * options.players, async (index) => {
    const session = sessions[index % sessions.length];
    if (!session) throw new Error("There is no session");
    const { code, tag } = session;
    const nickname = `${tag} ${syllables(Math.floor(index / sessions.length) + 1)}`;
    const server = Math.floor(index / sessions.length);
    const { playerToken: token } = await apiOf(server).join(code, nickname);
    const port = Number(new URL(urls[server % urls.length] ?? "").port);
    return { port, token, code, nickname, tag };
  });
  let asked = 0;

  return {
    sessions: sessions.map(({ id, code }) => ({
      id,
      code,
      seats: seats.filter((seat) => seat.code === code),
    })),
    async openNext() {
      const question = questions[asked];
      if (!question) throw new Error("No question is left");
      await inParallel(sessions.length, (index) =>
        apiOf(index).command(asked === 0 ? "startSession" : "nextQuestion", sessions[index]?.id ?? "", host),
      );
      asked += 1;
      const open = { id: question.id, choiceIds: question.choices.map(({ id }) => id) };
      return Object.fromEntries(sessions.map(({ code }) => [code, open]));
    },
    async close() {
      await inParallel(sessions.length, (index) =>
        apiOf(index).command("closeQuestion", sessions[index]?.id ?? "", host),
      );
    },
    async boardVersions() {
      const versions = await inParallel(sessions.length, async (index) => {
        const code = sessions[index]?.code ?? "";
        const query = "query ($code: String!) { leaderboard(code: $code) { version } }";
        const { leaderboard } = await apiOf(index).query<{ leaderboard: { version: number } }>(query, {
          code,
        });
        return [code, leaderboard.version] as const;
      });
      return Object.fromEntries(versions);
    },
  };
}

/** Does it for 0 to `count` − 1, some at a time; results come in that order. */
async function inParallel<Value>(count: number, work: (index: number) => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  let next = 0;
  const some = async () => {
    for (let index = next++; index < count; index = next++) values[index] = await work(index);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, some));
  return values;
}
