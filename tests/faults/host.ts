import { setTimeout as sleep } from "node:timers/promises";
import type { Variables } from "../fixtures/apiClient.ts";
import { quizInput } from "../fixtures/quizInput.ts";
import { type Asking, insistByHttp } from "./connection.ts";
import {
  CREATE_QUIZ,
  CREATE_SESSION,
  FINISH,
  type LiveSession,
  NEXT,
  READ_SESSION,
  type Refusal,
  SIGN_UP,
  START,
} from "./operations.ts";
import { plainId } from "./records.ts";

export type Pacing = "HOST_PACED" | "SELF_PACED";

/** Short, so that sessions come and go while things break. */
const TIME_LIMIT_SECONDS = 5;
const PACE_MS = [1500, 6500] as const;

/** Opens sessions and leads them, by HTTP, through whichever server takes the request. */
export class Host {
  readonly #url: string;
  readonly #asking: Asking;
  readonly #token: string;
  readonly #quizId: string;

  private constructor(parts: { url: string; asking: Asking; token: string; quizId: string }) {
    this.#url = parts.url;
    this.#asking = parts.asking;
    this.#token = parts.token;
    this.#quizId = parts.quizId;
  }

  /** Signs up somebody new, and writes their quiz: two questions of each kind. */
  static async signUp(url: string, asking: Asking, name: string): Promise<Host> {
    const input = { email: `${name}@example.org`, password: "correct horse battery", name };
    const { signUp } = await asked<{ signUp: { token?: string } & Refusal }>(url, asking, {
      query: SIGN_UP,
      variables: { input },
    });
    if (!signUp.token) throw new Error(`No host: ${signUp.message}`);
    const { questions } = quizInput();
    const quiz = quizInput({
      title: "Faults",
      questions: [...questions, ...structuredClone(questions)].map((question) => ({
        ...question,
        timeLimitSeconds: TIME_LIMIT_SECONDS,
      })),
    });
    const { createQuiz } = await asked<{ createQuiz: { quiz?: { id: string } } & Refusal }>(url, asking, {
      query: CREATE_QUIZ,
      variables: { input: quiz },
      token: signUp.token,
    });
    if (!createQuiz.quiz) throw new Error(`No quiz: ${createQuiz.message}`);
    return new Host({ url, asking, token: signUp.token, quizId: createQuiz.quiz.id });
  }

  /** Opens a lobby; null where `signal` ends the waiting for it. A reply that is lost leaves an empty lobby behind. */
  async open(
    pacing: Pacing,
    closeWhenAllAnswered: boolean,
    signal: AbortSignal,
  ): Promise<LiveSession | null> {
    const input = { quizId: this.#quizId, pacing, closeWhenAllAnswered };
    const reply = await insistByHttp<{ createSession: { session?: LiveSession } & Refusal }>(
      this.#url,
      { query: CREATE_SESSION, variables: { input }, token: this.#token },
      { records: this.#asking.records, signal },
    );
    if (!reply) return null;
    const { session } = reply.createSession;
    if (session) return session;
    throw new Error(`No session: ${reply.createSession.message}`);
  }

  async start({ id }: LiveSession): Promise<void> {
    await this.#ask(START, { id });
  }

  async finish({ id }: LiveSession): Promise<void> {
    await this.#ask(FINISH, { id });
  }

  /** Goes from question to question at its own pace until the session is finished, or `hurry` says to end it. */
  async lead(session: LiveSession, hurry: AbortSignal): Promise<void> {
    const sawVersion = this.#asking.records.follow(`${session.code} host`);
    while (!hurry.aborted && !this.#asking.signal.aborted) {
      const [from, to] = PACE_MS;
      await sleep(from + Math.random() * (to - from), undefined, { signal: hurry }).catch(() => {});
      if (hurry.aborted) return;
      const seen = await this.#ask<{ session: LiveSession }>(READ_SESSION, { code: session.code });
      if (!seen) return;
      sawVersion(seen.session.version);
      this.#sawClosing(seen.session);
      if (seen.session.state === "FINISHED") return;
      const moved = await this.#ask<{ result: { session?: LiveSession } }>(NEXT, {
        id: session.id,
        after: seen.session.question?.id ?? null,
      });
      if (moved?.result.session) sawVersion(moved.result.session.version);
    }
  }

  #sawClosing({ id, question }: LiveSession): void {
    if (!question?.closesAt) return;
    this.#asking.records.sawClosing({
      sessionId: plainId(id),
      attemptId: null,
      questionId: plainId(question.id),
      closesAt: Date.parse(question.closesAt),
    });
  }

  #ask<Data>(query: string, variables: Variables): Promise<Data | null> {
    return insistByHttp<Data>(this.#url, { query, variables, token: this.#token }, this.#asking);
  }
}

async function asked<Data>(
  url: string,
  asking: Asking,
  operation: { readonly query: string; readonly variables: Variables; readonly token?: string },
): Promise<Data> {
  const reply = await insistByHttp<Data>(url, operation, asking);
  if (!reply) throw new Error("It was over before it began");
  return reply;
}
