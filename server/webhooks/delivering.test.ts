import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { startNameServer } from "../../tests/fixtures/nameServer.ts";
import {
  createWebhookOwner,
  startTestDispatcher,
  type WebhookOwner,
} from "../../tests/fixtures/webhookOwner.ts";
import {
  startWebhookReceiver,
  verified,
  type WebhookReceiver,
} from "../../tests/fixtures/webhookReceiver.ts";
import { ValidationError } from "../core/refusals.ts";
import { globalId } from "../graphql/globalIds.ts";
import type { WebhookId } from "./index.ts";
import { createQueue } from "./queue.ts";

/** The test's own time limit ends it otherwise. */
const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 20_000 });
const SESSIONS: "session.finished"[] = ["session.finished"];

let database: TestDatabase;
let receiver: WebhookReceiver;
let owner: WebhookOwner;
const ends: (() => Promise<void>)[] = [];
const tried: string[] = [];

beforeAll(async () => {
  database = await startTestDatabase();
});
beforeEach(async () => {
  owner = await createWebhookOwner(database);
  receiver = await startWebhookReceiver();
  ends.push(() => receiver.stop());
  tried.length = 0;
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await database.pool.query("DELETE FROM webhook");
});
afterAll(() => database.close());

function dispatch(options: Parameters<typeof startTestDispatcher>[1] = {}): { stop(): Promise<void> } {
  const dispatcher = startTestDispatcher(database, { tried: (outcome) => tried.push(outcome), ...options });
  ends.push(() => dispatcher.stop());
  return dispatcher;
}

const untilReceived = (count: number) => eventually(() => receiver.received.length).toBe(count);
const untilIs = (id: WebhookId, status: string) =>
  eventually(async () => (await owner.theOnly(id)).status).toBe(status);
const stateOf = (id: WebhookId) => owner.webhooks.webhook(id, owner.hostId);

describe("what finishes", () => {
  test("is told of once, signed, with the result, though the journal is written twice", async () => {
    const { webhook, secret } = await owner.create(receiver.url);
    const session = owner.finishedSession();
    await owner.write(session);
    await owner.write(session);
    await owner.write(session, 3);
    dispatch();
    await untilReceived(3);
    await eventually(() => tried).toEqual(["delivered", "delivered", "delivered"]);
    const told = receiver.received.map((message) => verified(message, secret));
    expect(told.map(({ type }) => type).sort()).toEqual([
      "attempt.finished",
      "attempt.finished",
      "session.finished",
    ]);
    const { id, code } = session.setup;
    const [best, other] = session.attempts;
    expect(told.find(({ type }) => type === "session.finished")?.data).toMatchObject({
      ...{
        sessionId: globalId("Session", id),
        code,
        quizId: globalId("Quiz", owner.quizId),
        quizTitle: "Words",
      },
      ...{ questionCount: 2, playerCount: 2, apiUrl: "https://quiz.example.org/graphql" },
      leaderboard: [
        { rank: 1, attemptId: best && globalId("Attempt", best.id), nickname: "Player 0", score: 700 },
        { rank: 2, attemptId: other && globalId("Attempt", other.id), nickname: "Player 1", score: 0 },
      ],
    });
    expect(told.find(({ data }) => data["nickname"] === "Player 0")?.data).toMatchObject({
      ...{ attemptId: best && globalId("Attempt", best.id), sessionId: globalId("Session", id) },
      ...{
        score: 700,
        finalRank: 1,
        answeredCount: 0,
        userId: owner.learner && globalId("User", owner.learner),
      },
    });
    expect((await owner.deliveries(webhook.id)).every(({ status }) => status === "DELIVERED")).toBe(true);
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(3);
  });

  test("is told alike to each of several webhooks", async () => {
    await owner.create(receiver.url, SESSIONS);
    await owner.create(receiver.url, SESSIONS);
    await owner.write();
    dispatch();
    await untilReceived(2);
    const boards = receiver.received.map(
      ({ body }) => (JSON.parse(body) as { data: { leaderboard: unknown[] } }).data.leaderboard,
    );
    expect(boards.map((board) => board.length)).toEqual([2, 2]);
  });

  test("is told of to who asked for it before, and to nobody else", async () => {
    const only = await owner.create(receiver.url, SESSIONS);
    const stranger = await createWebhookOwner(database);
    await stranger.create(receiver.url);
    const off = await owner.create(receiver.url);
    await owner.webhooks.update(off.webhook.id, { enabled: false }, owner.hostId);
    await owner.write(owner.finishedSession(Date.now() - 10 * 60_000));
    expect(await owner.deliveries(only.webhook.id)).toEqual([]);
    await owner.write();
    expect((await owner.theOnly(only.webhook.id)).type).toBe("session.finished");
    const { rows } = await database.pool.query("SELECT FROM webhook_delivery");
    expect(rows).toHaveLength(1);
  });

  test("is not told of where its transaction does not commit", async () => {
    const { webhook } = await owner.create(receiver.url);
    const failing = owner.write(owner.finishedSession(), 0, () =>
      Promise.reject(new Error("the process dies")),
    );
    await expect(failing).rejects.toThrow("dies");
    expect(await owner.deliveries(webhook.id)).toEqual([]);
  });
});

describe("a message", () => {
  test("that was leased to a process which died is sent by another one", async () => {
    const { webhook } = await owner.create(receiver.url, SESSIONS);
    await owner.write();
    const queue = createQueue(database.pool);
    expect(await queue.take(new Map(), 10, 300)).toHaveLength(1);
    expect(await queue.take(new Map(), 10, 300)).toHaveLength(0);
    dispatch();
    await untilIs(webhook.id, "DELIVERED");
    expect(await owner.theOnly(webhook.id)).toMatchObject({ tries: 2, responseStatus: 204 });
  });

  test("that fails is tried again, the same, until it is taken, and sent again by hand", async () => {
    const { webhook, secret } = await owner.create(receiver.url, SESSIONS);
    receiver.answer((_message, response) =>
      response.writeHead(503, { "retry-after": "60" }).end("not\0now".repeat(500)),
    );
    await owner.write();
    dispatch();
    await untilReceived(1);
    await eventually(async () => (await owner.theOnly(webhook.id)).responseStatus).toBe(503);
    const waiting = await owner.theOnly(webhook.id);
    expect(waiting).toMatchObject({ status: "WAITING", tries: 1, error: "It answered 503." });
    expect(waiting.responseBody).toMatch(/^notnow/);
    expect(waiting.responseBody?.length).toBeLessThanOrEqual(1024);
    expect(waiting.nextTryAt?.getTime()).toBeGreaterThan(Date.now() + 50_000);
    expect((await stateOf(webhook.id))?.failingSince).not.toBeNull();

    receiver.answer((_message, response) => response.writeHead(200).end("thank you"));
    await owner.hurry();
    await untilIs(webhook.id, "DELIVERED");
    expect((await stateOf(webhook.id))?.failingSince).toBeNull();
    await owner.webhooks.resend(waiting.id, owner.hostId);
    await untilReceived(3);
    await untilIs(webhook.id, "DELIVERED");
    const [first, ...others] = receiver.received;
    for (const other of others) {
      expect(other.body).toBe(first?.body);
      expect(other.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
      verified(other, secret);
    }
    expect(await owner.theOnly(webhook.id)).toMatchObject({
      tries: 3,
      triesBefore: 2,
      responseBody: "thank you",
    });
  });

  test("carries the signature of the old secret, too, for a day after it was changed", async () => {
    const { webhook, secret } = await owner.create(receiver.url, SESSIONS);
    const { secret: next } = await owner.webhooks.rotateSecret(webhook.id, owner.hostId);
    await owner.write();
    dispatch();
    await untilReceived(1);
    const [message] = receiver.received;
    if (!message) throw new Error("Nothing came");
    expect(verified(message, next)).toEqual(verified(message, secret));
    await untilIs(webhook.id, "DELIVERED");
    await database.pool.query("UPDATE webhook SET old_secret_until = now() - interval '1 second'");
    await owner.webhooks.resend((await owner.theOnly(webhook.id)).id, owner.hostId);
    await untilReceived(2);
    const [, last] = receiver.received;
    if (!last) throw new Error("Nothing came");
    verified(last, next);
    expect(() => verified(last, secret)).toThrow("No matching signature");
  });

  test("that is on its way when the process stops is left to others, as if it had not been tried", async () => {
    const { webhook } = await owner.create(receiver.url, SESSIONS);
    receiver.answer(() => {});
    await owner.write();
    const first = dispatch({ times: { graceMs: 50 } });
    await untilReceived(1);
    await first.stop();
    expect(await owner.theOnly(webhook.id)).toMatchObject({ status: "WAITING", tries: 0 });
    receiver.answer((_message, response) => response.writeHead(204).end());
    dispatch();
    await untilIs(webhook.id, "DELIVERED");
  });
});

describe("an endpoint", () => {
  test("I8: that hangs costs only itself", async () => {
    const [hanging, well] = [await startWebhookReceiver(), receiver];
    ends.push(() => hanging.stop());
    hanging.answer(() => {});
    const { webhook } = await owner.create(hanging.url);
    await owner.create(well.url, SESSIONS);
    for (let session = 0; session < 6; session++) await owner.write();
    dispatch({ times: { timeoutMs: 3000 } });
    await untilReceived(6);
    // Four at once, and one at a time as soon as nothing gets through.
    expect(hanging.received).toHaveLength(4);
    await eventually(async () =>
      (await owner.deliveries(webhook.id)).some(({ error }) => error !== null),
    ).toBe(true);
    const failed = (await owner.deliveries(webhook.id)).find(({ error }) => error !== null);
    expect(failed).toMatchObject({
      error: "It did not answer in time.",
      status: "WAITING",
      responseStatus: null,
    });
  });

  test("that says 410 is switched off, and so is one that has taken nothing for days", async () => {
    const gone = await owner.create(receiver.url, SESSIONS);
    receiver.answer((_message, response) => response.writeHead(410).end());
    await owner.write();
    dispatch();
    await untilIs(gone.webhook.id, "FAILED");
    await eventually(async () => (await stateOf(gone.webhook.id))?.enabled).toBe(false);
    const off = await stateOf(gone.webhook.id);
    expect(off?.disabledReason).toBe("GONE");
    const [delivery] = await owner.deliveries(gone.webhook.id);
    await expect(delivery && owner.webhooks.resend(delivery.id, owner.hostId)).rejects.toThrow(
      "switched off",
    );

    receiver.answer((_message, response) => response.writeHead(500).end());
    await owner.webhooks.update(gone.webhook.id, { enabled: true }, owner.hostId);
    await database.pool.query("UPDATE webhook SET failing_since = now() - interval '6 days'");
    await owner.write();
    await eventually(async () => (await stateOf(gone.webhook.id))?.enabled).toBe(false);
    const tired = await stateOf(gone.webhook.id);
    expect(tired?.disabledReason).toBe("FAILING");
  });

  test("cannot send a message elsewhere", async () => {
    const { webhook } = await owner.create(receiver.url, SESSIONS);
    receiver.answer((_message, response) =>
      response.writeHead(302, { location: receiver.url.replace("hook", "elsewhere") }).end(),
    );
    await owner.write();
    dispatch();
    await eventually(async () => (await owner.theOnly(webhook.id)).responseStatus).toBe(302);
    expect(receiver.received.map(({ path }) => path)).toEqual(["/hook"]);
    expect((await owner.theOnly(webhook.id)).error).toContain("elsewhere");
  });

  test("whose name stands for a private address is refused when it is made, and when it changes its mind", async () => {
    let address = "127.0.0.1";
    const names = await startNameServer(() => address);
    ends.push(names.stop);
    const options = { allowPrivate: false, nameServers: [names.address] };
    const url = `https://hooks.example.org:${new URL(receiver.url).port}/hook`;
    const make = () => owner.webhooksWhere(options).create({ url, events: SESSIONS }, owner.hostId);
    await expect(make()).rejects.toThrow(ValidationError);
    await expect(make()).rejects.toThrow("private network");
    address = "93.184.216.34";
    const { webhook } = await make();
    address = "127.0.0.1";
    await owner.write();
    dispatch({ endpoints: options });
    await eventually(async () => (await owner.theOnly(webhook.id)).error).toBe(
      "Its address is in a private network.",
    );
    expect(receiver.received).toEqual([]);
  });

  test("that was allowed in a private network is refused when that is not allowed any more", async () => {
    const { webhook } = await owner.create(receiver.url, SESSIONS);
    await owner.write();
    dispatch({ endpoints: { allowPrivate: false } });
    await eventually(async () => (await owner.theOnly(webhook.id)).error).toContain("https://");
    expect(receiver.received).toEqual([]);
  });
});

test("a message is kept for 30 days", async () => {
  const { webhook } = await owner.create(receiver.url, SESSIONS);
  await owner.write();
  await database.pool.query(
    "UPDATE webhook_delivery SET created_at = now() - interval '31 days', next_try_at = now() + interval '1 day'",
  );
  dispatch();
  await eventually(() => owner.deliveries(webhook.id)).toEqual([]);
});
