import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createYoga, type GraphQLParams } from "graphql-yoga";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Board, boardSchema } from "./boardServer.ts";
import { createSharedExecution, sharedSubscriptions } from "./index.ts";

let board: Board;
let shared: ReturnType<typeof createSharedExecution>;
let http: Server;
let yoga: ReturnType<typeof createExecution>;

function createExecution() {
  return createYoga<{ caller?: string }>({
    schema: boardSchema(board),
    logging: false,
    context: ({ caller, request }) => ({ viewer: caller ?? request.headers.get("x-viewer") }),
    plugins: [sharedSubscriptions(shared, openFor)],
  });
}

function openFor(params: GraphQLParams) {
  return async (document: Parameters<Parameters<typeof shared.find>[1]>[0]) => {
    const { schema, subscribe, contextFactory } = yoga.getEnveloped({ caller: "nobody", params });
    const { operationName, variables: variableValues } = params;
    return subscribe({
      schema,
      document,
      operationName,
      variableValues,
      contextValue: await contextFactory(),
    });
  };
}

beforeEach(async () => {
  board = new Board();
  shared = createSharedExecution();
  yoga = createExecution();
  http = createServer(yoga).listen(0, "127.0.0.1");
  await once(http, "listening");
});

afterEach(async () => {
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
});

/** Follows over SSE; what arrives is text. */
async function follow(viewer: string, query = "subscription { board { text } }") {
  const leaving = new AbortController();
  const response = await fetch(`http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream", "x-viewer": viewer },
    body: JSON.stringify({ query }),
    signal: leaving.signal,
  });
  const followed = { text: "", isOver: false, leave: () => leaving.abort() };
  void (async () => {
    for await (const chunk of response.body ?? []) followed.text += Buffer.from(chunk).toString();
  })()
    .catch(() => {})
    .finally(() => {
      followed.isOver = true;
    });
  return followed;
}

const next = (payload: object) => `event: next\ndata: ${JSON.stringify(payload)}\n\n`;
const COMPLETE = "event: complete\ndata:\n\n";
/** Without what only keeps the connection alive. */
const eventsOf = (followed: { text: string }) =>
  followed.text.replaceAll(":\n\n", (ping, at: number) =>
    followed.text.slice(at - 4, at) === "data" ? ping : "",
  );

test("one execution serves all, in Yoga's protocol, to the end", async () => {
  const all = [await follow("Ann"), await follow("Bob"), await follow("Cem")];
  for (const one of all) await expect.poll(() => one.text).toContain("one");
  const before = board.executed;
  board.set("two");
  for (const one of all) await expect.poll(() => one.text).toContain("two");
  expect(board.executed).toBe(before + 1);
  expect(shared).toMatchObject({ groups: 1, members: 3 });
  board.end();
  const [one, two] = ["one", "two"].map((text) => next({ data: { board: { text } } }));
  for (const each of all) await expect.poll(() => eventsOf(each)).toBe(`${one}${two}${COMPLETE}`);
  expect(shared.groups).toBe(0);
});

test("one who leaves takes nothing from the others, and the last one the source", async () => {
  const [ann, bob] = [await follow("Ann"), await follow("Bob")];
  await expect.poll(() => shared.members).toBe(2);
  ann.leave();
  await expect.poll(() => shared.members).toBe(1);
  board.set("two");
  await expect.poll(() => bob.text).toContain("two");
  bob.leave();
  await expect.poll(() => [shared.groups, board.watched]).toEqual([0, 0]);
});

test("what is personal is everyone's own; what is shared is executed for nobody", async () => {
  const [ann, bob] = [
    await follow("Ann", "subscription { board { mine } }"),
    await follow("Bob", "subscription { board { asker } }"),
  ];
  await expect.poll(() => eventsOf(ann)).toBe(next({ data: { board: { mine: "Ann" } } }));
  await expect.poll(() => eventsOf(bob)).toBe(next({ data: { board: { asker: "nobody" } } }));
  expect(shared.members).toBe(1);
  for (const one of [ann, bob]) one.leave();
  await expect.poll(() => board.watched).toBe(0);
});

test("errors arrive masked", async () => {
  const ann = await follow("Ann", "subscription { board { text broken } }");
  await expect.poll(() => ann.text).toContain("Unexpected error.");
  expect(ann.text).not.toContain("Reported under");
  expect(shared.members).toBe(1);
  ann.leave();
});
