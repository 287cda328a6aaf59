import { type Client, createClient } from "graphql-ws";
import WebSocket from "ws";

// The documents of a player: everything here goes through the public API, as any program's would.

const QUESTION = `fragment Question on LiveQuestion {
  id number kind prompt timeLimitSeconds opensAt closesAt choices { id text }
}`;

const JOIN = `mutation Join($input: JoinQuizInput!) {
  joinQuiz(input: $input) {
    __typename
    ... on JoinQuizSuccess { playerToken session { pacing state questionCount } }
    ... on NicknameTakenError { suggestion }
    ... on Error { message }
  }
}`;

export const SESSION_UPDATED = `subscription Session($code: String!) {
  sessionUpdated(code: $code) { version state question { ...Question } }
} ${QUESTION}`;

export const OWN_QUESTION = `query OwnQuestion { viewer { attempt { status question { ...Question } } } } ${QUESTION}`;

export const SUBMIT = `mutation Submit($input: SubmitAnswerInput!) {
  submitAnswer(input: $input) {
    __typename
    ... on SubmitAnswerSuccess { answer { correct points } attempt { score rank } next { ...Question } }
    ... on Error { message }
  }
} ${QUESTION}`;

export interface Question {
  readonly id: string;
  readonly number: number;
  readonly kind: "SINGLE_CHOICE" | "MULTIPLE_CHOICE" | "TYPED" | "ORDER";
  readonly prompt: string;
  readonly timeLimitSeconds: number;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly choices: readonly { readonly id: string; readonly text: string }[];
}

export interface SessionUpdate {
  readonly sessionUpdated: {
    readonly version: number;
    readonly state: "LOBBY" | "QUESTION_OPEN" | "QUESTION_CLOSED" | "RUNNING" | "FINISHED";
    readonly question: Question | null;
  };
}

export interface OwnQuestion {
  readonly viewer: {
    readonly attempt: { readonly status: string; readonly question: Question | null } | null;
  } | null;
}

export type SubmitResult = {
  readonly submitAnswer:
    | {
        readonly __typename: "SubmitAnswerSuccess";
        readonly answer: { readonly correct: boolean | null; readonly points: number | null };
        readonly attempt: { readonly score: number; readonly rank: number };
        readonly next: Question | null;
      }
    | { readonly __typename: Exclude<string, "SubmitAnswerSuccess">; readonly message: string };
};

interface Joined {
  readonly playerToken: string;
  readonly session: { readonly pacing: "HOST_PACED" | "SELF_PACED"; readonly state: string };
}

type JoinReply =
  | ({ readonly __typename: "JoinQuizSuccess" } & Joined)
  | { readonly __typename: "NicknameTakenError"; readonly suggestion: string }
  | { readonly __typename: string; readonly message: string };

const isJoined = (reply: JoinReply): reply is { __typename: "JoinQuizSuccess" } & Joined =>
  reply.__typename === "JoinQuizSuccess";

/** Joins by HTTP; takes the suggestion where the nickname is taken. Throws what the server says otherwise. */
export async function join(url: string, code: string, nickname: string, tries = 5): Promise<Joined> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: JOIN, variables: { input: { code, nickname } } }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { joinQuiz: JoinReply };
    errors?: { message: string }[];
  };
  const reply = data?.joinQuiz;
  if (!reply) throw new Error(errors?.[0]?.message ?? `The server answered ${response.status}.`);
  if (isJoined(reply)) return reply;
  if ("suggestion" in reply && tries > 1) return join(url, code, reply.suggestion, tries - 1);
  throw new Error("message" in reply ? reply.message : "No nickname was free.");
}

/** A player's connection, which comes back for ever, at random moments so that not all come at once. */
export function connect(url: string, playerToken: string, onDrop: () => void): Client {
  return createClient({
    url: `${url.replace(/^http/, "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${playerToken}` },
    lazy: false,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) =>
      new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(5000, 250 * 2 ** retries))),
    onNonLazyError: () => {},
    on: {
      closed: (event) => {
        if (event instanceof Object && "code" in event && event.code !== 1000) onDrop();
      },
    },
  });
}

/** Runs one query or mutation over the connection. Rejects when the connection breaks or the server errs. */
export function execute<Data>(
  client: Client,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  return new Promise((resolve, reject) => {
    let data: Data | null | undefined;
    client.subscribe<Data>(
      { query, variables },
      {
        next: (result) => {
          if (result.errors?.[0]) reject(new Error(result.errors[0].message));
          data = result.data;
        },
        error: reject,
        complete: () => (data ? resolve(data) : reject(new Error("The server sent nothing."))),
      },
    );
  });
}
