import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "graphql-ws";
import { connect, run, type Variables } from "../fixtures/apiClient.ts";

/** An answer that the server has acknowledged. */
export interface Acknowledged {
  readonly attemptId: string;
  readonly questionId: string;
  readonly points: number;
  readonly elapsedMs: number;
}

/** What the clients of a game have seen; the history is held against it afterwards. */
export interface Records {
  readonly acknowledged: Acknowledged[];
  /** Each time a version was older than one that the same client had seen (I5). */
  readonly regressions: string[];
  /** Refusals that no player should meet here. */
  readonly refusals: string[];
  reconnects: number;
}

interface Question {
  readonly id: string;
  readonly kind: "SINGLE_CHOICE" | "MULTIPLE_CHOICE" | "TYPED" | "ORDER";
  readonly choices: readonly { readonly id: string }[];
}

const QUESTION = "id kind choices { id }";

/** Tries until the server answers: it is being killed all the time. */
export async function insist<Data>(
  url: string,
  query: string,
  variables: Variables,
  token?: string,
): Promise<Data> {
  for (;;) {
    try {
      return await run<Data>(url, query, variables, token);
    } catch (error) {
      // What the server says counts; only its absence is waited out.
      if (!(error instanceof TypeError)) throw error;
      await sleep(50);
    }
  }
}

/** One query or mutation over a WebSocket, tried again until it is answered. */
async function insistOverSocket<Data>(client: Client, query: string, variables: Variables): Promise<Data> {
  for (;;) {
    try {
      for await (const { data, errors } of client.iterate<Data>({ query, variables: { ...variables } })) {
        if (errors?.[0]) throw new Error(errors[0].message);
        if (data) return data;
      }
    } catch {
      // The connection broke before the acknowledgement: the same answer may be sent again (I3).
    }
    await sleep(20);
  }
}

export interface PlayerOptions {
  readonly url: string;
  readonly code: string;
  readonly nickname: string;
  readonly records: Records;
  readonly signal: AbortSignal;
}

interface Joined {
  readonly playerToken: string;
  readonly attempt: { readonly id: string };
  readonly session: { readonly pacing: string };
}

/** Plays a session to its end and writes down what it sees. */
export async function play({ url, code, nickname, records, signal }: PlayerOptions): Promise<void> {
  const { joinQuiz } = await insist<{ joinQuiz: Joined }>(
    url,
    `mutation ($input: JoinQuizInput!) {
      joinQuiz(input: $input) {
        ... on JoinQuizSuccess { playerToken attempt { id } session { pacing } }
      }
    }`,
    { input: { code, nickname } },
  );
  const client = connect(url, joinQuiz.playerToken);
  client.on("connected", () => {
    records.reconnects++;
  });
  const player: Player = { client, attemptId: joinQuiz.attempt.id, records };
  const leaderboard = watchVersions(
    client,
    "subscription ($code: String!) { value: leaderboardUpdated(code: $code) { version } }",
    code,
    `${nickname}: leaderboard`,
    records,
  );
  signal.addEventListener("abort", () => void client.dispose(), { once: true });
  try {
    if (joinQuiz.session.pacing === "SELF_PACED") await ownPace(player, signal);
    else await hostPace(player, code, nickname);
  } finally {
    await client.dispose();
    await leaderboard;
  }
}

interface Player {
  readonly client: Client;
  readonly attemptId: string;
  readonly records: Records;
}

async function watchVersions(client: Client, query: string, code: string, who: string, records: Records) {
  let newest = 0;
  const updates = client.iterate<{ value: { version: number } }>({ query, variables: { code } });
  try {
    for await (const { data } of updates) {
      if (!data) continue;
      if (data.value.version < newest) records.regressions.push(`${who}: ${newest} → ${data.value.version}`);
      newest = Math.max(newest, data.value.version);
    }
  } catch {
    // Disposed of at the end of the game.
  }
}

async function hostPace(player: Player, code: string, nickname: string): Promise<void> {
  const seen = new Set<string>();
  const answers: Promise<unknown>[] = [];
  let newest = 0;
  const updates = player.client.iterate<{
    sessionUpdated: { version: number; state: string; question: Question | null };
  }>({
    query: `subscription ($code: String!) { sessionUpdated(code: $code) { version state question { ${QUESTION} } } }`,
    variables: { code },
  });
  for await (const { data } of updates) {
    const session = data?.sessionUpdated;
    if (!session) continue;
    if (session.version < newest)
      player.records.regressions.push(`${nickname}: ${newest} → ${session.version}`);
    newest = Math.max(newest, session.version);
    if (session.state === "FINISHED") break;
    if (session.state !== "QUESTION_OPEN" || !session.question || seen.has(session.question.id)) continue;
    seen.add(session.question.id);
    answers.push(answer(player, session.question, 1200));
  }
  await Promise.all(answers);
}

async function ownPace(player: Player, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { viewer, session } = await insistOverSocket<{
      viewer: { attempt: { status: string; question: Question | null } };
      session: null;
    }>(player.client, `{ viewer { attempt { status question { ${QUESTION} } } } }`, {});
    void session;
    let question = viewer.attempt.question;
    if (viewer.attempt.status === "FINISHED") return;
    while (question && !signal.aborted) question = await answer(player, question, 2500);
    await sleep(100);
  }
}

type Submitted =
  | {
      readonly __typename: "SubmitAnswerSuccess";
      readonly answer: { readonly points: number; readonly elapsedMs: number };
      readonly next: Question | null;
    }
  | { readonly __typename: "QuestionNotOpenError" | "ForbiddenError" | "NotFoundError" };

async function answer(player: Player, question: Question, thinkMs: number): Promise<Question | null> {
  await sleep(Math.random() * thinkMs);
  const { client, attemptId, records } = player;
  const { submitAnswer } = await insistOverSocket<{ submitAnswer: Submitted }>(
    client,
    `mutation ($input: SubmitAnswerInput!) {
      submitAnswer(input: $input) {
        __typename
        ... on SubmitAnswerSuccess { answer { points elapsedMs } next { ${QUESTION} } }
      }
    }`,
    { input: { questionId: question.id, answer: guess(question) } },
  );
  if (submitAnswer.__typename === "SubmitAnswerSuccess") {
    const { points, elapsedMs } = submitAnswer.answer;
    records.acknowledged.push({ attemptId, questionId: question.id, points, elapsedMs });
    return submitAnswer.next;
  }
  if (submitAnswer.__typename !== "QuestionNotOpenError") records.refusals.push(submitAnswer.__typename);
  return null;
}

function guess({ kind, choices }: Question) {
  const ids = choices.map(({ id }) => id);
  const pick = ids[Math.floor(Math.random() * ids.length)];
  switch (kind) {
    case "TYPED":
      return { text: "borrow" };
    case "ORDER":
      return { order: ids };
    default:
      return { choiceIds: [pick] };
  }
}
