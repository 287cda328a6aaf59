import { request, run, type Variables } from "../fixtures/apiClient.ts";
import { quizInput } from "../fixtures/quizInput.ts";
import type {
  Answer,
  AnswerInput,
  Attempt,
  Joined,
  Quiz,
  Refusal,
  Session,
  SessionOptions,
  Submitted,
} from "./shapes.ts";

const LIVE_QUESTION = `id number kind prompt choices { id text } timeLimitSeconds points opensAt closesAt answerCount
  solution { choiceIds acceptedAnswers explanation }
  results { answerCount correctCount choices { choiceId count } texts { text count correct } }`;
const SESSION = `id code version state pacing scoring closeWhenAllAnswered quizTitle questionCount playerCount
  serverTime createdAt finishedAt question { ${LIVE_QUESTION} }`;
const ANSWER = `id questionId correct points elapsedMs answeredAt choiceIds text
  breakdown { base speed share streak streakBonus }`;
const ATTEMPT = `id nickname status score rank answeredCount correctCount streak joinedAt finishedAt`;
const REVIEWED = "question { id number solution { choiceIds acceptedAnswers } } answer { id points }";
const REFUSAL = "__typename ... on Error { message }";
const INVALID = "... on ValidationError { issues { path message } }";
export const FIELDS = { LIVE_QUESTION, SESSION, ANSWER, ATTEMPT, REVIEWED, REFUSAL, INVALID } as const;

type Commands = "startSession" | "nextQuestion" | "closeQuestion" | "finishSession" | "removePlayer";
type Created = "createQuiz" | "updateQuiz" | "copyQuiz";

let people = 0;

/** What outside programs do with the API, over HTTP. What ends in `ed` resolves to refusals too; the rest throws. */
export function createQuizApi(url: string) {
  const mutate = async <Result>(
    field: string,
    args: string,
    body: string,
    values: Variables,
    token?: string,
  ) => {
    const [declared, passed] = [
      args && `(${args})`,
      args && `(${args.replace(/\$(\w+): [^,]+/g, "$1: $$$1")})`,
    ];
    const query = `mutation ${declared} { result: ${field}${passed} { ${REFUSAL} ${body} } }`;
    return (await run<{ result: Result }>(url, query, values, token)).result;
  };

  const api = {
    /** A new user's bearer token. */
    async signUp(name = "Ana"): Promise<string> {
      people += 1;
      const input = { email: `person${people}@example.org`, password: "correct horse", name };
      const body = "... on SignUpSuccess { token }";
      return granted(await mutate<{ token: string }>("signUp", "$input: SignUpInput!", body, { input }))
        .token;
    },

    async apiKey(token: string): Promise<string> {
      const body = "... on CreateApiKeySuccess { key }";
      const values = { input: { name: "a program" } };
      return granted(
        await mutate<{ key: string }>("createApiKey", "$input: CreateApiKeyInput!", body, values, token),
      ).key;
    },

    /** `createQuiz` and the like, with its refusals. */
    quizChanged(field: Created, values: { id?: string; input?: unknown }, token?: string) {
      const success = {
        createQuiz: "CreateQuizSuccess",
        updateQuiz: "UpdateQuizSuccess",
        copyQuiz: "CopyQuizSuccess",
      };
      const args = [values.id && "$id: ID!", values.input !== undefined && "$input: QuizInput!"].filter(
        Boolean,
      );
      const invalid = field === "copyQuiz" ? "" : INVALID;
      const body = `${invalid} ... on ${success[field]} { quiz { id title description level visibility questionCount mine
        questions { id kind prompt choices { id text correct } acceptedAnswers timeLimitSeconds points explanation } } }`;
      return mutate<{ quiz: Quiz } & Refusal>(field, args.join(", "), body, values, token);
    },
    async createQuiz(token: string, changes: Parameters<typeof quizInput>[0] = {}): Promise<Quiz> {
      return granted(await api.quizChanged("createQuiz", { input: quizInput(changes) }, token)).quiz;
    },

    sessionCreated(quizId: string, options: SessionOptions = {}, token?: string) {
      const body = `${INVALID} ... on CreateSessionSuccess { session { ${SESSION} } }`;
      const values = { input: { quizId, ...options } };
      return mutate<{ session: Session } & Refusal>(
        "createSession",
        "$input: CreateSessionInput!",
        body,
        values,
        token,
      );
    },
    async open(token: string, quizId: string, options: SessionOptions = {}): Promise<Session> {
      return granted(await api.sessionCreated(quizId, options, token)).session;
    },

    /** A command of the host, with its refusals. */
    commanded(field: Commands, id: string, token?: string, after?: string) {
      const name = field === "removePlayer" ? "attemptId" : "sessionId";
      const args = `$${name}: ID!${after === undefined ? "" : ", $after: ID"}`;
      const body = `... on SessionSuccess { session { ${SESSION} } } ... on SessionStateError { state }`;
      const values = { [name]: id, ...(after !== undefined && { after }) };
      return mutate<{ session: Session } & Refusal>(field, args, body, values, token);
    },
    async command(field: Commands, id: string, token: string, after?: string): Promise<Session> {
      return granted(await api.commanded(field, id, token, after)).session;
    },

    joined(code: string, nickname: string, token?: string) {
      const body = `${INVALID} ... on NicknameTakenError { suggestion }
        ... on JoinQuizSuccess { playerToken attempt { ${ATTEMPT} question { ${LIVE_QUESTION} } } session { ${SESSION} } }`;
      const values = { input: { code, nickname } };
      return mutate<Joined & Refusal>("joinQuiz", "$input: JoinQuizInput!", body, values, token);
    },
    async join(code: string, nickname: string, token?: string): Promise<Joined> {
      return granted(await api.joined(code, nickname, token));
    },

    answered(token: string | undefined, questionId: string, answer: AnswerInput) {
      const body = `${INVALID} ... on AlreadyAnsweredError { answer { ${ANSWER} } }
        ... on SubmitAnswerSuccess { answer { ${ANSWER} } attempt { ${ATTEMPT} } next { ${LIVE_QUESTION} } }`;
      const values = { input: { questionId, answer } };
      return mutate<Submitted & Refusal>("submitAnswer", "$input: SubmitAnswerInput!", body, values, token);
    },
    async answer(token: string, questionId: string, answer: AnswerInput): Promise<Submitted> {
      return granted(await api.answered(token, questionId, answer));
    },

    async session(code: string, token?: string): Promise<Session> {
      const query = `query ($code: String!) { session(code: $code) { ${SESSION} } }`;
      return (await run<{ session: Session }>(url, query, { code }, token)).session;
    },

    /** The player's own attempt, all of it. */
    async own(token: string): Promise<Attempt> {
      const query = `{ viewer { attempt { ${ATTEMPT} question { ${LIVE_QUESTION} } review { ${REVIEWED} }
        answers { edges { node { ${ANSWER} } } } } } }`;
      return (await run<{ viewer: { attempt: Attempt } }>(url, query, {}, token)).viewer.attempt;
    },
    async answersOf(token: string): Promise<Answer[]> {
      return (await api.own(token)).answers.edges.map(({ node }) => node);
    },

    /** The codes of the errors that an operation meets. */
    async codes(query: string, values: Variables = {}, token?: string): Promise<(string | undefined)[]> {
      const { errors } = await request(url, query, values, token);
      return (errors ?? []).map(({ extensions }) => extensions?.code);
    },
    query: <Data>(query: string, values: Variables = {}, token?: string) =>
      run<Data>(url, query, values, token),
  };
  return api;
}

export type QuizApi = ReturnType<typeof createQuizApi>;

/** The success; what was refused fails the test, saying why. */
function granted<Result extends object>(result: Result): Result {
  if ("message" in result) throw new Error(JSON.stringify(result));
  return result;
}

/** Tries until the condition holds; the test's own time limit ends it otherwise. */
export async function until<Value>(
  read: () => Promise<Value>,
  holds: (value: Value) => boolean,
): Promise<Value> {
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The answer that is right, and one that is wrong, by the author's own view of the question. */
export function answersTo({ kind, choices, acceptedAnswers }: Quiz["questions"][number]): {
  right: AnswerInput;
  wrong: AnswerInput;
} {
  const ids = choices.map(({ id }) => id);
  const pick = (correct: boolean) =>
    choices.filter((choice) => choice.correct === correct).map(({ id }) => id);
  switch (kind) {
    case "TYPED":
      return { right: { text: acceptedAnswers[0]! }, wrong: { text: "quite wrong" } };
    case "ORDER":
      return { right: { order: ids }, wrong: { order: [...ids].reverse() } };
    case "MULTIPLE_CHOICE":
      return { right: { choiceIds: pick(true) }, wrong: { choiceIds: pick(false) } };
    default:
      return { right: { choiceIds: pick(true) }, wrong: { choiceIds: pick(false).slice(0, 1) } };
  }
}
