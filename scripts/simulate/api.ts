import { randomUUID } from "node:crypto";
import { type Client, createClient } from "graphql-ws";
import WebSocket from "ws";
import { failureOf, pauseBeforeRetry, RefusedError } from "./retry.ts";

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

const reasonOf = (reply: JoinReply): string => ("message" in reply ? reply.message : reply.__typename);

const isJoined = (reply: JoinReply): reply is { __typename: "JoinQuizSuccess" } & Joined =>
  reply.__typename === "JoinQuizSuccess";

/** How long the server may take to answer a request before it is asked again. */
const PATIENCE_MS = 10_000;

export interface JoinOptions {
  readonly url: string;
  readonly code: string;
  readonly nickname: string;
  /** Aborted: nobody wants to join any more. */
  readonly signal: AbortSignal;
  /** Told of every try that failed and is followed by another one. */
  readonly onRetry: () => void;
}

/**
 * Joins by HTTP, and tries until the server has said yes or no; takes the suggestion where the nickname is taken.
 * @throws RefusedError with what the server says otherwise; another error when it could not be reached for minutes.
 */
export async function join(options: JoinOptions): Promise<Joined> {
  const { url, code, signal, onRetry } = options;
  let { nickname } = options;
  const requestKey = randomUUID();
  let suggested = 0;
  for (let retries = 0; ; ) {
    signal.throwIfAborted();
    const reply = await askToJoin(url, { code, nickname, requestKey }).catch((error: unknown) => {
      if (error instanceof RefusedError || retries === MOST_RETRIES) throw error;
      return null;
    });
    if (reply === null) {
      onRetry();
      await pauseBeforeRetry(retries++);
      continue;
    }
    if (isJoined(reply)) return reply;
    if (!("suggestion" in reply)) throw new RefusedError(reasonOf(reply), reply.__typename);
    if (++suggested === MOST_SUGGESTIONS) throw new RefusedError("No nickname was free.", reply.__typename);
    nickname = reply.suggestion;
  }
}

const MOST_SUGGESTIONS = 5;
/** Two minutes and more: an outage is over by then, a mistyped address is not. */
const MOST_RETRIES = 60;

interface JoinInput {
  readonly code: string;
  readonly nickname: string;
  readonly requestKey: string;
}

async function askToJoin(url: string, input: JoinInput): Promise<JoinReply> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: JOIN, variables: { input } }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  // A balancer's page, or a server that is just going: neither is a word of the game's.
  if (response.status >= 500 || response.status === 429) throw new Error(`HTTP ${response.status}`);
  const { data, errors } = (await response.json()) as {
    data?: { joinQuiz: JoinReply } | null;
    errors?: { message: string; extensions?: Record<string, unknown> }[];
  };
  if (errors?.length) throw failureOf(errors);
  if (!data) throw new Error("The server sent nothing.");
  return data.joinQuiz;
}

export interface ConnectionEvents {
  readonly onDrop: () => void;
  /** Back after a drop. */
  readonly onReturn: () => void;
}

/** A player's connection, which comes back for ever, at random moments so that not all come at once. */
export function connect(url: string, playerToken: string, { onDrop, onReturn }: ConnectionEvents): Client {
  let away = false;
  return createClient({
    url: `${url.replace(/^http/, "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${playerToken}` },
    // Longer than any pause between two operations: the one that follows the session never ends.
    lazyCloseTimeout: 10_000,
    connectionAckWaitTimeout: PATIENCE_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: pauseBeforeRetry,
    on: {
      connected: () => {
        if (away) onReturn();
        away = false;
      },
      closed: (event) => {
        // A try to come back that fails is no further drop.
        if (away || !(event instanceof Object && "code" in event) || event.code === 1000) return;
        away = true;
        onDrop();
      },
    },
  });
}

/**
 * Runs one query or mutation over the connection; a connection that breaks meanwhile runs it again by itself.
 * Rejects with a RefusedError where the server says no, with another error where trying again may help.
 */
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
          if (result.errors) reject(failureOf(result.errors));
          data = result.data;
        },
        error: (reason) =>
          reject(Array.isArray(reason) ? failureOf(reason) : new Error("The connection broke.")),
        complete: () => (data ? resolve(data) : reject(new Error("The server sent nothing."))),
      },
    );
  });
}
