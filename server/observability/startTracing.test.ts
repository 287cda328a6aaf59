import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTraceReceiver, type TraceReceiver } from "../../tests/fixtures/traceReceiver.ts";
import { startTracing } from "./startTracing.ts";

let receiver: TraceReceiver;
beforeEach(async () => {
  receiver = await startTraceReceiver();
});
afterEach(() => receiver.stop());

const start = (share: number) =>
  startTracing({ endpoint: `${receiver.url}/`, share, serviceName: "quiz-test", version: "1.2.3" });
const named = (name: string) => receiver.spans.filter((span) => span.name === name);

test("what runs within a step is its child, across what is awaited, and all of it arrives", async () => {
  const { tracer, stop } = await start(1);
  const result = await tracer.span("outer", { "quiz.question": "q" }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return tracer.span("inner", {}, async () => "done");
  });
  await stop();
  expect(result).toBe("done");
  const [outer] = named("outer");
  expect(outer).toMatchObject({
    service: "quiz-test",
    attributes: [{ key: "quiz.question", value: { stringValue: "q" } }],
  });
  expect(outer?.parentSpanId).toBeUndefined();
  expect(named("inner")[0]).toMatchObject({ traceId: outer?.traceId, parentSpanId: outer?.spanId });
});

test("another process goes on with a trace by its traceparent", async () => {
  const { tracer, stop } = await start(1);
  const traceparent = await tracer.span("here", {}, async () => tracer.current());
  expect(tracer.current()).toBeNull();
  await tracer.continueFrom(traceparent, "there", async () => {});
  await stop();
  expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(named("there")[0]).toMatchObject({
    traceId: named("here")[0]?.traceId,
    parentSpanId: named("here")[0]?.spanId,
  });
});

describe("a batch", () => {
  test("shows in each trace that it is a step of, and links to all of them", async () => {
    const { tracer, stop } = await start(1);
    const begin = () => tracer.span("answer", {}, async () => tracer.current() ?? "");
    const traceparents = [await begin(), await begin(), await begin()];
    await tracer.batch([...traceparents, traceparents[0] ?? ""], "batch", { entries: 1000 }, async () => {});
    await stop();
    const answers = named("answer");
    const batches = named("batch");
    expect(batches.map(({ traceId }) => traceId).sort()).toEqual(
      answers.map(({ traceId }) => traceId).sort(),
    );
    const step = batches.find(({ links }) => links.length === 3);
    expect(step?.links.map(({ spanId }) => spanId).sort()).toEqual(
      answers.map(({ spanId }) => spanId).sort(),
    );
    for (const other of batches.filter((batch) => batch !== step)) {
      expect(other.links).toEqual([expect.objectContaining({ spanId: step?.spanId })]);
    }
  });

  test("in which nothing is traced costs no span", async () => {
    const { tracer, stop } = await start(1);
    const rejected = tracer.batch([], "batch", {}, () => Promise.reject(new Error("no database")));
    await expect(rejected).rejects.toThrow("no database");
    await tracer.batch(["no traceparent"], "batch", {}, async () => {});
    await stop();
    expect(receiver.spans).toEqual([]);
  });
});

test("what is not in the share is not recorded, nor given on to others", async () => {
  const { tracer, stop } = await start(0);
  expect(await tracer.span("outer", {}, async () => tracer.current())).toBeNull();
  await stop();
  expect(receiver.spans).toEqual([]);
});

test("a step that fails is told by the kind of its error, not by its words", async () => {
  const { tracer, stop } = await start(1);
  const failing = tracer.span("step", {}, () => Promise.reject(new TypeError("swordfish")));
  await expect(failing).rejects.toThrow("swordfish");
  await stop();
  expect(receiver.text()).toContain("TypeError");
  expect(receiver.text()).not.toContain("swordfish");
});

test("a receiver that is away costs nothing but the traces", async () => {
  await receiver.stop();
  const { tracer, stop } = await start(1);
  expect(await tracer.span("step", {}, async () => 1)).toBe(1);
  await stop();
  receiver = await startTraceReceiver();
});
