import { setTimeout as sleep } from "node:timers/promises";
import { type Asking, type Connection, connectForEver, follow, insist, insistByHttp } from "./connection.ts";
import {
  JOIN,
  LEADERBOARD_UPDATED,
  OWN_QUESTION,
  type Question,
  type Refusal,
  SESSION_UPDATED,
  type SessionUpdated,
  SUBMIT,
  type Submitted,
} from "./operations.ts";
import { plainId, type Records } from "./records.ts";

export interface PlayerOptions {
  readonly url: string;
  readonly code: string;
  readonly nickname: string;
  readonly pacing: "HOST_PACED" | "SELF_PACED";
  /** Follows the leaderboard too. */
  readonly watchesLeaderboard: boolean;
  /** The longest time that this one thinks. */
  readonly thinkMs: number;
  readonly records: Records;
  /** Ends the game for this player, wherever they are. */
  readonly signal: AbortSignal;
}

interface Joined {
  readonly __typename: "JoinQuizSuccess";
  readonly playerToken: string;
  readonly attempt: { readonly id: string };
}

interface Seat {
  readonly token: string;
  readonly attemptId: string;
}

/** How many send an acknowledged answer once more, to see that they are given the same result (I3). */
const REPEATED = 0.05;

/** Joins a session, plays it to its end, and writes down what it sees. */
export async function play(options: PlayerOptions): Promise<void> {
  const seat = await join(options);
  if (seat) await new Player(options, seat).play();
}

/** Where the reply to a join is lost, its nickname is taken: by nobody, who will never answer. */
async function join({ url, code, nickname, records, signal }: PlayerOptions): Promise<Seat | null> {
  let wanted = nickname;
  while (!signal.aborted) {
    const variables = { input: { code, nickname: wanted } };
    const reply = await insistByHttp<{ joinQuiz: Joined | (Refusal & { suggestion?: string }) }>(
      url,
      { query: JOIN, variables },
      { records, signal },
    );
    if (!reply) return null;
    const { joinQuiz } = reply;
    if ("playerToken" in joinQuiz)
      return { token: joinQuiz.playerToken, attemptId: plainId(joinQuiz.attempt.id) };
    if (joinQuiz.__typename === "SessionFinishedError") return null;
    if (!joinQuiz.suggestion) {
      records.unexpected.push(`${nickname} could not join: ${joinQuiz.__typename}: ${joinQuiz.message}`);
      return null;
    }
    wanted = joinQuiz.suggestion;
  }
  return null;
}

class Player {
  readonly #options: PlayerOptions;
  readonly #attemptId: string;
  readonly #connection: Connection;
  readonly #asking: Asking;
  readonly #sawScore: (score: number) => void;
  readonly #over = new AbortController();
  #sessionId = "";
  #finished = false;

  constructor(options: PlayerOptions, seat: Seat) {
    const { records, url, signal, nickname, code } = options;
    this.#options = options;
    this.#attemptId = seat.attemptId;
    this.#connection = connectForEver(url, seat.token, records);
    this.#asking = { records, signal: AbortSignal.any([signal, this.#over.signal]) };
    this.#sawScore = records.follow(`${code} ${nickname}: score`);
  }

  async play(): Promise<void> {
    const { signal, code, nickname, records, watchesLeaderboard } = this.#options;
    const leave = () => void this.#connection.client.dispose();
    signal.addEventListener("abort", leave, { once: true });
    const leaderboard = watchesLeaderboard ? this.#followLeaderboard() : Promise.resolve();
    try {
      await this.#followSession();
    } catch (error) {
      records.unexpected.push(
        `${code} ${nickname}: ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      signal.removeEventListener("abort", leave);
      this.#over.abort();
      await this.#connection.client.dispose();
      await leaderboard;
    }
  }

  async #followLeaderboard(): Promise<void> {
    const { code, nickname, records } = this.#options;
    const sawVersion = records.follow(`${code} ${nickname}: leaderboard`);
    await follow<{ leaderboardUpdated: { version: number } }>(
      this.#connection.client,
      { query: LEADERBOARD_UPDATED, variables: { code } },
      ({ leaderboardUpdated }) => {
        sawVersion(leaderboardUpdated.version);
        return "go on";
      },
      this.#asking,
    ).catch((error: unknown) =>
      records.unexpected.push(`${code} ${nickname}: leaderboard: ${String(error)}`),
    );
  }

  async #followSession(): Promise<void> {
    const { code, nickname, records, pacing, signal } = this.#options;
    const sawVersion = records.follow(`${code} ${nickname}: session`);
    const answering = new Map<string, Promise<unknown>>();
    await follow<SessionUpdated>(
      this.#connection.client,
      { query: SESSION_UPDATED, variables: { code } },
      ({ sessionUpdated: session }) => {
        this.#sessionId = plainId(session.id);
        sawVersion(session.version);
        this.#finished = session.state === "FINISHED";
        if (this.#finished) return "done";
        const { question, state } = session;
        if (question) this.#sawClosing(question);
        const key = pacing === "SELF_PACED" && state === "RUNNING" ? "own" : question?.id;
        if (key === undefined || answering.has(key)) return "go on";
        if (key === "own") answering.set(key, this.#ownPace());
        else if (state === "QUESTION_OPEN" && question) answering.set(key, this.#answer(question));
        return "go on";
      },
      { records, signal },
    );
    await Promise.all(answering.values());
  }

  async #ownPace(): Promise<void> {
    while (!this.#asking.signal.aborted && !this.#finished) {
      const own = await insist<{ viewer: { attempt: { status: string; question: Question | null } } }>(
        this.#connection,
        OWN_QUESTION,
        {},
        this.#asking,
      );
      if (own?.viewer.attempt.status !== "ACTIVE") return;
      let { question } = own.viewer.attempt;
      while (question) question = await this.#answer(question);
      await sleep(300);
    }
  }

  /** Thinks, and answers until there is a reply. Gives the next question, where one was handed out. */
  async #answer(question: Question): Promise<Question | null> {
    this.#sawClosing(question);
    await sleep(Math.random() * this.#options.thinkMs, undefined, { signal: this.#asking.signal }).catch(
      () => {},
    );
    const input = { questionId: question.id, answer: guess(question) };
    const next = await this.#submit(input);
    if (next !== "refused" && Math.random() < REPEATED) await this.#submit(input);
    return next === "refused" ? null : next;
  }

  async #submit(input: { readonly questionId: string; readonly answer: object }) {
    const reply = await insist<{ submitAnswer: Submitted | Refusal }>(
      this.#connection,
      SUBMIT,
      { input },
      this.#asking,
    );
    if (!reply) return "refused";
    const { records } = this.#options;
    const which = { attemptId: this.#attemptId, questionId: plainId(input.questionId) };
    const { submitAnswer: result } = reply;
    if ("answer" in result) {
      records.acknowledged.push({ ...which, ...result.answer });
      this.#sawScore(result.attempt.score);
      if (result.next) this.#sawClosing(result.next);
      return result.next;
    }
    records.refused.push({ ...which, kind: result.__typename });
    return "refused";
  }

  #sawClosing({ id, closesAt }: Question): void {
    const { records, pacing } = this.#options;
    records.sawClosing({
      sessionId: this.#sessionId,
      attemptId: pacing === "SELF_PACED" ? this.#attemptId : null,
      questionId: plainId(id),
      closesAt: Date.parse(closesAt),
    });
  }
}

const WORDS = ["grey", "gray", "green", "Grey ", "blue"];

/** Any answer that fits the question: right or wrong does not matter here, only that it counts once. */
function guess({ kind, choices }: Question): object {
  const ids = choices.map(({ id }) => id);
  const any = <Value>(values: readonly Value[]) => values[Math.floor(Math.random() * values.length)];
  switch (kind) {
    case "TYPED":
      return { text: any(WORDS) };
    case "ORDER":
      return { order: ids };
    case "SINGLE_CHOICE":
      return { choiceIds: [any(ids)] };
    case "MULTIPLE_CHOICE":
      return { choiceIds: ids.slice(0, 1 + Math.floor(Math.random() * 2)) };
  }
}
