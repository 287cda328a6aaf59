// The documents of players and hosts: all goes through the public API.

const QUESTION = "id kind opensAt closesAt choices { id }";
const ERROR = "__typename ... on Error { message }";

export const JOIN = `mutation ($input: JoinQuizInput!) {
  joinQuiz(input: $input) {
    ${ERROR}
    ... on NicknameTakenError { suggestion }
    ... on JoinQuizSuccess { playerToken attempt { id } }
  }
}`;

export const SESSION_UPDATED = `subscription ($code: String!) {
  sessionUpdated(code: $code) { id version state question { ${QUESTION} } }
}`;

export const LEADERBOARD_UPDATED = `subscription ($code: String!) {
  leaderboardUpdated(code: $code, first: 5) { version }
}`;

export const OWN_QUESTION = `{ viewer { attempt { status question { ${QUESTION} } } } }`;

export const SUBMIT = `mutation ($input: SubmitAnswerInput!) {
  submitAnswer(input: $input) {
    ${ERROR}
    ... on SubmitAnswerSuccess {
      answer { points correct elapsedMs } attempt { score answeredCount } next { ${QUESTION} }
    }
  }
}`;

const SESSION = "session { id code version state question { id } }";
const CHANGED = `${ERROR} ... on SessionSuccess { ${SESSION} }`;

export const CREATE_QUIZ = `mutation ($input: QuizInput!) {
  createQuiz(input: $input) { ${ERROR} ... on CreateQuizSuccess { quiz { id } } }
}`;

export const CREATE_SESSION = `mutation ($input: CreateSessionInput!) {
  createSession(input: $input) { ${ERROR} ... on CreateSessionSuccess { ${SESSION} } }
}`;

export const START = `mutation ($id: ID!) { result: startSession(sessionId: $id) { ${CHANGED} } }`;
export const FINISH = `mutation ($id: ID!) { result: finishSession(sessionId: $id) { ${CHANGED} } }`;
export const NEXT = `mutation ($id: ID!, $after: ID) {
  result: nextQuestion(sessionId: $id, after: $after) { ${CHANGED} }
}`;

export const READ_SESSION = `query ($code: String!) {
  session(code: $code) { id code version state question { id closesAt } }
}`;

export const LEADERBOARD = `query ($code: String!) {
  session(code: $code) { id state leaderboard(first: 1000) { entries { rank attemptId score correctCount } } }
}`;

export const SIGN_UP = `mutation ($input: SignUpInput!) {
  signUp(input: $input) { ${ERROR} ... on SignUpSuccess { token } }
}`;

export interface Question {
  readonly id: string;
  readonly kind: "SINGLE_CHOICE" | "MULTIPLE_CHOICE" | "TYPED" | "ORDER";
  readonly opensAt: string;
  readonly closesAt: string;
  readonly choices: readonly { readonly id: string }[];
}

export interface LiveSession {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly state: "LOBBY" | "QUESTION_OPEN" | "QUESTION_CLOSED" | "RUNNING" | "FINISHED";
  readonly question: { readonly id: string; readonly closesAt?: string } | null;
}

export interface SessionUpdated {
  readonly sessionUpdated: Omit<LiveSession, "code" | "question"> & { readonly question: Question | null };
}

export interface Refusal {
  readonly __typename: string;
  readonly message: string;
}

export interface Submitted {
  readonly __typename: "SubmitAnswerSuccess";
  readonly answer: {
    readonly points: number | null;
    readonly correct: boolean | null;
    readonly elapsedMs: number;
  };
  readonly attempt: { readonly score: number; readonly answeredCount: number };
  readonly next: Question | null;
}
