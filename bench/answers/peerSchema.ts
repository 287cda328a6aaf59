import { openSubmit, submitArguments } from "./submitScript.ts";

/** Of the product's schema, what its players are told of an answer; who answers is taken from the input. */
export const PEER_SCHEMA = `
  type Query { hello: String! }
  type Mutation { submitAnswer(input: SubmitAnswerInput!): SubmitAnswerSuccess! }
  input SubmitAnswerInput { sessionId: ID! attemptId: ID! questionId: ID! answer: AnswerInput! }
  input AnswerInput { choiceIds: [ID!] }
  type SubmitAnswerSuccess { answer: Answer! attempt: Attempt! }
  type Answer { id: ID! questionId: ID! correct: Boolean points: Int elapsedMs: Int! choiceIds: [ID!]! text: String
    breakdown: PointsBreakdown! }
  type PointsBreakdown { base: Int! speed: Float! share: Float! streak: Int! streakBonus: Int! }
  type Attempt { id: ID! nickname: String! status: String! score: Int! rank: Int! answeredCount: Int! correctCount: Int!
    streak: Int! }`;

export const PEER_MUTATION = `mutation SubmitAnswer($input: SubmitAnswerInput!) {
  submitAnswer(input: $input) {
    __typename
    answer { id questionId correct points elapsedMs choiceIds text breakdown { base speed share streak streakBonus } }
    attempt { id nickname status score rank answeredCount correctCount streak }
  }
}`;

interface Given {
  readonly input: {
    readonly sessionId: string;
    readonly attemptId: string;
    readonly questionId: string;
    readonly answer: { readonly choiceIds?: readonly string[] };
  };
}

export async function peerResolvers(redisUrl: string) {
  const submit = await openSubmit(redisUrl);
  return {
    Query: { hello: () => "world" },
    Mutation: {
      async submitAnswer(_root: unknown, { input }: Given) {
        const { sessionId, attemptId, questionId, answer } = input;
        const [choiceId = ""] = answer.choiceIds ?? [];
        const [, recorded, [record, rank]] = await submit(
          submitArguments({ sessionId, attemptId, questionId, choiceId }),
        );
        return { answer: JSON.parse(recorded), attempt: { ...JSON.parse(record), rank } };
      },
    },
    Answer: {
      id: ({ attemptId, questionId }: { attemptId: string; questionId: string }) =>
        `${attemptId}:${questionId}`,
      choiceIds: ({ given }: { given: { choiceIds: string[] } }) => given.choiceIds,
      text: ({ given }: { given: { text: string | null } }) => given.text,
    },
  };
}
