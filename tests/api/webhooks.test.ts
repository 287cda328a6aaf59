import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { startWebhookReceiver, verified, type WebhookReceiver } from "../fixtures/webhookReceiver.ts";
import { answersTo, createQuizApi, type QuizApi, until } from "./quizApi.ts";

const DELIVERIES = `deliveries(first: 10) { pageInfo { hasNextPage endCursor } edges { cursor node {
  id messageId type status attempts nextTryAt responseStatus error payload deliveredAt } } }`;
const WEBHOOK = "id url events description enabled disabledReason failingSince oldSecretUntil createdAt";
const REFUSAL = "__typename ... on Error { message }";
const INVALID = "... on ValidationError { issues { path message } }";

interface Delivery {
  readonly id: string;
  readonly messageId: string;
  readonly type: string;
  readonly status: string;
  readonly attempts: number;
  readonly nextTryAt: string | null;
  readonly payload: string | null;
}
interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly enabled: boolean;
  readonly deliveries: { readonly edges: readonly { readonly node: Delivery }[] };
}
interface Result {
  readonly __typename: string;
  readonly message?: string;
  readonly issues?: readonly { readonly path: readonly string[]; readonly message: string }[];
  readonly webhook: Webhook;
  readonly secret: string;
  readonly delivery: Delivery;
  readonly id: string;
}

let app: TestApp;
let api: QuizApi;
let receiver: WebhookReceiver;
let host: string;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  app = await startApp({ webhooks: { allowPrivate: true, times: { pollMs: 30 } } });
  api = createQuizApi(app.url);
  host = await api.signUp("Zacharias");
});
afterAll(async () => {
  await app?.stop();
  await receiver?.stop();
});

async function change(call: string, success: string, token: string | undefined = host): Promise<Result> {
  const invalid = /^(rotate|delete)/.test(call) ? "" : INVALID;
  const mutation = `mutation { result: ${call} { ${REFUSAL} ${invalid} ... on ${success} } }`;
  return (await api.query<{ result: Result }>(mutation, {}, token)).result;
}
const create = (url = receiver.url, events = "[SESSION_FINISHED, ATTEMPT_FINISHED]", token = host) =>
  change(
    `createWebhook(input: { url: "${url}", events: ${events}, description: " For the tests " })`,
    `CreateWebhookSuccess { secret webhook { ${WEBHOOK} } }`,
    token,
  );
const webhooksOf = async (token = host) =>
  (
    await api.query<{ viewer: { webhooks: Webhook[] } }>(
      `{ viewer { webhooks { ${WEBHOOK} ${DELIVERIES} } } }`,
      {},
      token,
    )
  ).viewer.webhooks;
const remove = (id: string, token = host) =>
  change(`deleteWebhook(id: "${id}")`, "DeleteWebhookSuccess { id }", token);

describe("a host's program", () => {
  test("is told of a game that is played, and reads what it was told of, and has it sent again", async () => {
    const { webhook, secret, __typename } = await create();
    expect(__typename).toBe("CreateWebhookSuccess");
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(webhook).toMatchObject({ enabled: true, description: "For the tests", disabledReason: null });

    const quiz = await api.createQuiz(host);
    const session = await api.open(host, quiz.id);
    const ana = await api.join(session.code, "Ana");
    await api.join(session.code, "Ben");
    await api.command("startSession", session.id, host);
    const [question] = quiz.questions;
    if (!question) throw new Error("The quiz has questions");
    const { answer } = await api.answer(ana.playerToken, question.id, answersTo(question).right);
    await api.command("finishSession", session.id, host);

    await until(
      async () => receiver.received.length,
      (count) => count === 3,
    );
    const told = receiver.received.map((message) => verified(message, secret));
    const over = told.find(({ type }) => type === "session.finished");
    expect(over?.data).toMatchObject({
      ...{ sessionId: session.id, code: session.code, quizId: quiz.id, playerCount: 2 },
      leaderboard: [
        { rank: 1, attemptId: ana.attempt.id, nickname: "Ana", score: answer.points },
        { rank: 2, nickname: "Ben" },
      ],
    });
    // The ids are those of the API, which tells more.
    const { node } = await api.query<{ node: { finishedAt: string } }>(
      `query ($id: ID!) { node(id: $id) { ... on Session { finishedAt } } }`,
      { id: over?.data["sessionId"] },
      host,
    );
    expect(node.finishedAt).toBe(over?.data["finishedAt"]);

    const [listed] = await until(
      webhooksOf,
      ([first]) => first?.deliveries.edges.every(({ node }) => node.status === "DELIVERED") ?? false,
    );
    expect(listed?.deliveries.edges).toHaveLength(3);
    const delivery = listed?.deliveries.edges.find(({ node }) => node.type === "session.finished")?.node;
    expect(delivery).toMatchObject({ attempts: 1, nextTryAt: null, responseStatus: 204, error: null });
    const first = receiver.received.find(({ headers }) => headers["webhook-id"] === delivery?.messageId);
    expect(delivery?.payload).toBe(first?.body);

    const again = await change(
      `resendWebhookDelivery(id: "${delivery?.id}")`,
      "ResendWebhookDeliverySuccess { delivery { status messageId } }",
    );
    expect(again.delivery).toEqual({ status: "WAITING", messageId: delivery?.messageId });
    await until(
      async () => receiver.received.length,
      (count) => count === 4,
    );
    expect(receiver.received.at(-1)?.body).toBe(delivery?.payload);
    await remove(webhook.id);
  });

  test("is tested, given a new secret, moved, switched off, and deleted", async () => {
    const { webhook } = await create(`${receiver.url}/two`, "[SESSION_FINISHED]");
    const { secret, webhook: rotated } = await change(
      `rotateWebhookSecret(id: "${webhook.id}")`,
      `RotateWebhookSecretSuccess { secret webhook { ${WEBHOOK} } }`,
    );
    expect(rotated).toMatchObject({ id: webhook.id, oldSecretUntil: expect.any(String) });
    const test = `sendTestEvent(webhookId: "${webhook.id}")`;
    const SENT = "SendTestEventSuccess { delivery { id type status attempts } }";
    expect((await change(test, SENT)).delivery).toMatchObject({ type: "webhook.test", status: "WAITING" });
    const came = await until(
      async () => receiver.received.find(({ path }) => path === "/hook/two"),
      (message) => message !== undefined,
    );
    expect(came && verified(came, secret)).toMatchObject({
      type: "webhook.test",
      data: { apiUrl: `${app.url}/graphql` },
    });

    const update = (input: string) =>
      change(
        `updateWebhook(id: "${webhook.id}", input: ${input})`,
        `UpdateWebhookSuccess { webhook { ${WEBHOOK} } }`,
      );
    expect((await update(`{ enabled: false }`)).webhook).toMatchObject({
      enabled: false,
      url: webhook.url,
      description: "For the tests",
    });
    expect((await change(test, SENT)).message).toContain("switched off");
    const moved = await update(
      `{ enabled: true, description: "", events: [ATTEMPT_FINISHED], url: "${receiver.url}/three" }`,
    );
    expect(moved.webhook).toMatchObject({ enabled: true, description: null, events: ["ATTEMPT_FINISHED"] });
    expect((await remove(webhook.id)).id).toBe(webhook.id);
    expect(await webhooksOf()).toEqual([]);
    expect((await remove(webhook.id)).__typename).toBe("NotFoundError");
  });
});

describe("webhooks are refused", () => {
  test("for addresses and events that cannot be", async () => {
    const refused = await create("http://ana:secret@example.org/", "[]");
    expect(refused).toMatchObject({ __typename: "ValidationError", issues: [{ path: ["events"] }] });
    expect((await create("http://ana:secret@example.org/")).issues).toEqual([
      { path: ["url"], message: expect.stringContaining("password") },
    ]);
    expect((await create("nonsense")).issues?.[0]?.path).toEqual(["url"]);
  });

  test("past ten of one user, also where they are made at once", async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => create()));
    expect(made.filter(({ __typename }) => __typename === "CreateWebhookSuccess")).toHaveLength(10);
    expect(made.find(({ message }) => message)?.issues?.[0]?.message).toContain("You have 10 webhooks");
    for (const { id } of await webhooksOf()) await remove(id);
  });

  test("to everyone but their owner, and to API keys", async () => {
    const { webhook } = await create();
    await change(`sendTestEvent(webhookId: "${webhook.id}")`, "SendTestEventSuccess { delivery { id } }");
    const [mine] = await webhooksOf();
    const delivery = mine?.deliveries.edges[0]?.node.id;
    const [stranger, key] = [await api.signUp("Eve"), await api.apiKey(host)];
    expect(await webhooksOf(stranger)).toEqual([]);
    for (const [call, success] of [
      [`deleteWebhook(id: "${webhook.id}")`, "DeleteWebhookSuccess { id }"],
      [`rotateWebhookSecret(id: "${webhook.id}")`, "RotateWebhookSecretSuccess { secret }"],
      [`sendTestEvent(webhookId: "${webhook.id}")`, "SendTestEventSuccess { delivery { id } }"],
      [
        `updateWebhook(id: "${webhook.id}", input: { enabled: false })`,
        "UpdateWebhookSuccess { webhook { id } }",
      ],
      [`resendWebhookDelivery(id: "${delivery}")`, "ResendWebhookDeliverySuccess { delivery { id } }"],
    ] as const) {
      expect((await change(call, success, stranger)).__typename).toBe("NotFoundError");
      expect((await change(call, success, key)).__typename).toBe("ForbiddenError");
    }
    const nodes = `query ($webhook: ID!, $delivery: ID!) { webhook: node(id: $webhook) { id } delivery: node(id: $delivery) { id } }`;
    const ids = { webhook: webhook.id, delivery };
    expect(await api.query(nodes, ids, host)).toEqual({
      webhook: { id: webhook.id },
      delivery: { id: delivery },
    });
    for (const token of [stranger, key, undefined])
      expect(await api.query(nodes, ids, token)).toEqual({ webhook: null, delivery: null });
    expect(
      (await change(`deleteWebhook(id: "${webhook.id}")`, "DeleteWebhookSuccess { id }", "")).__typename,
    ).toBe("UnauthenticatedError");
  });
});

test("the pages of deliveries follow each other", async () => {
  const { webhook } = await create(`${receiver.url}/pages`);
  for (let count = 0; count < 3; count++)
    await change(`sendTestEvent(webhookId: "${webhook.id}")`, "SendTestEventSuccess { delivery { id } }");
  const page = async (after: string | null) => {
    const { node } = await api.query<{
      node: {
        deliveries: {
          edges: { node: { id: string } }[];
          pageInfo: { endCursor: string; hasNextPage: boolean };
        };
      };
    }>(
      `query ($id: ID!, $after: String) { node(id: $id) { ... on Webhook {
        deliveries(first: 2, after: $after) { edges { node { id } } pageInfo { endCursor hasNextPage } } } } }`,
      { id: webhook.id, after },
      host,
    );
    return node.deliveries;
  };
  const first = await page(null);
  const second = await page(first.pageInfo.endCursor);
  expect([first.edges.length, second.edges.length]).toEqual([2, 1]);
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  expect(new Set([...first.edges, ...second.edges].map(({ node }) => node.id)).size).toBe(3);
});
