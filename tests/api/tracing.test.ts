import { afterAll, beforeAll, expect, test } from "vitest";
import { startTracing } from "../../server/observability/startTracing.ts";
import { connect } from "../fixtures/apiClient.ts";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { startTraceReceiver, type TraceReceiver } from "../fixtures/traceReceiver.ts";
import { answersTo, createQuizApi } from "./quizApi.ts";
import { watchSocket } from "./watching.ts";

let receiver: TraceReceiver;
let tracing: Awaited<ReturnType<typeof startTracing>>;
let app: TestApp;

beforeAll(async () => {
  receiver = await startTraceReceiver();
  tracing = await startTracing({
    endpoint: receiver.url,
    share: 1,
    serviceName: "quiz-server",
    version: "0.0.0",
  });
  app = await startApp({ tracer: tracing.tracer });
});
afterAll(async () => {
  await app?.stop();
  await tracing?.stop();
  await receiver?.stop();
});

test("an answer is followed from its socket into the store, by ids alone", async () => {
  const api = createQuizApi(app.url);
  const host = await api.signUp();
  const quiz = await api.createQuiz(host);
  const { id, code } = await api.open(host, quiz.id);
  const { playerToken } = await api.join(code, "Hyacinth");
  await api.command("startSession", id, host);
  const [question] = quiz.questions;
  const client = connect(app.url, playerToken);
  const input = { questionId: question!.id, answer: answersTo(question!).right };
  const mutation = `mutation ($input: SubmitAnswerInput!) { submitAnswer(input: $input) { __typename } }`;
  await watchSocket(client, mutation, { input }).over;
  await client.dispose();
  await tracing.stop();

  const operation = receiver.spans.find(({ attributes }) =>
    attributes.some(({ value }) => value.stringValue === "submitAnswer"),
  );
  const childOf = (parent: typeof operation) =>
    receiver.spans.find(
      ({ traceId, parentSpanId }) => traceId === parent?.traceId && parentSpanId === parent?.spanId,
    );
  expect(operation).toMatchObject({ name: "graphql.mutation", service: "quiz-server" });
  expect(operation?.parentSpanId).toBeUndefined();
  const useCase = childOf(operation);
  expect(useCase?.name).toBe("submitAnswer");
  expect(childOf(useCase)?.name).toBe("store.submit");
  for (const secret of ["Hyacinth", playerToken, "@example.org", quiz.title])
    expect(receiver.text()).not.toContain(secret);
});
