import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { getIntrospectionQuery } from "graphql";
import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../server/core/projectRoot.ts";
import { DOCUMENT_LIMITS } from "../../server/transport/limits/index.ts";
import { createQuizApi, type QuizApi } from "../api/quizApi.ts";
import { startApp, type TestApp } from "../fixtures/app.ts";
import { openSocket, sendOver, type Told, TRANSPORTS } from "./transports.ts";

// Every limit is tried over every way in: what one of them lets through, all do.

let app: TestApp;
let api: QuizApi;
let host: string;
let code: string;
beforeAll(async () => {
  app = await startApp();
  api = createQuizApi(app.url);
  host = await api.signUp();
  const quiz = await api.createQuiz(host);
  ({ code } = await api.open(host, quiz.id));
});
afterAll(() => app.stop());

const nested = (levels: number): string => (levels === 0 ? "id" : `ofType { ${nested(levels - 1)} }`);
const attempts = (inner: string) => `attempts(first: 200) { edges { node { session { ${inner} } } } }`;
const codesOf = ({ errors = [] }: Told) => errors.map(({ extensions }) => extensions?.code);

describe.each(TRANSPORTS)("over %s", (_name, send) => {
  test.each([
    ["what is usual", "{ quizzes(first: 5) { edges { node { title } } } }"],
    ["the introspection of tools", getIntrospectionQuery()],
    [
      "a page of 200 attempts with their answers",
      "{ attempts(first: 200) { edges { node { id answers { edges { node { id } } } } } } }",
    ],
    [
      `${DOCUMENT_LIMITS.aliases} aliases`,
      `{ ${Array.from({ length: DOCUMENT_LIMITS.aliases }, (_, n) => `a${n}: __typename`).join(" ")} }`,
    ],
  ])("%s is answered", async (_what, query) => {
    expect((await send(app.url, { query }, { token: host })).errors).toBeUndefined();
  });

  test.each([
    ["too deep", `{ __type(name: "Quiz") { ${nested(DOCUMENT_LIMITS.depth)} } }`, /levels/],
    ["too costly: pages of pages of pages", `{ ${attempts(attempts(attempts("id")))} }`, /too large/],
    [
      "too many aliases, of whatever name",
      `{ ${Array.from({ length: 31 }, (_, n) => `a${n}: __typename`).join(" ")} }`,
      /aliases/,
    ],
    [
      "too many aliases in a fragment",
      `{ ...F ...G } fragment F on Query { ${Array.from({ length: 20 }, (_, n) => `a${n}: __typename`).join(" ")} } fragment G on Query { ${Array.from({ length: 20 }, (_, n) => `b${n}: __typename`).join(" ")} }`,
      /aliases/,
    ],
    ["too many directives", `{ __typename ${"@include(if: true) ".repeat(51)} }`, /directives/],
    ["too many tokens", `{ ${"a ".repeat(5_000)} }`, /token/i],
    [
      "introspection that goes in circles",
      "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
      /depth/i,
    ],
  ])("what is %s is refused", async (_what, query, message) => {
    const { errors = [], data } = await send(app.url, { query }, { token: host });
    expect(data ?? null).toBeNull();
    expect(errors[0]?.message).toMatch(message);
  });

  test("a subscription is held to the same", async () => {
    const aliases = Array.from({ length: 31 }, (_, n) => `a${n}: version`).join(" ");
    const query = `subscription { leaderboardUpdated(code: "${code}") { ${aliases} } }`;
    expect(codesOf(await send(app.url, { query }))).toEqual(["OPERATION_TOO_LARGE"]);
  });

  test("a player who asks without pause is slowed down, and told for how long", async () => {
    const { playerToken } = await api.join(code, `Fast ${_name.length}`);
    const told = await Promise.all(
      Array.from({ length: 300 }, () =>
        send(app.url, { query: "{ viewer { attempt { score } } }" }, { token: playerToken }),
      ),
    );
    const refused = told.filter((each) => codesOf(each).includes("RATE_LIMITED"));
    expect(refused.length).toBeGreaterThan(0);
    expect(told.length - refused.length).toBeGreaterThanOrEqual(200);
    expect(refused[0]?.errors?.[0]?.extensions).toEqual({ code: "RATE_LIMITED", retryAfterSeconds: 1 });
  });
});

test("the web app's own operations are within the limits", async () => {
  const [[, send]] = TRANSPORTS as [(typeof TRANSPORTS)[0]];
  const texts = Object.values(
    JSON.parse(
      readFileSync(join(projectRoot, "web/src/graphql/generated/persisted-documents.json"), "utf8"),
    ) as Record<string, string>,
  ).filter((query) => !query.startsWith("subscription"));
  expect(texts.length).toBeGreaterThan(20);
  const told = await Promise.all(texts.map((query) => send(app.url, { query })));
  expect(told.flatMap(codesOf)).not.toContain("OPERATION_TOO_LARGE");
  expect(JSON.stringify(told)).not.toMatch(/may have|Cannot query/);
});

describe("sizes", () => {
  const big = (bytes: number) =>
    JSON.stringify({ query: "{ __typename }", variables: { x: "x".repeat(bytes) } });

  /** By hand: in one piece with its length, or chunked. */
  async function post(body: string, headers: Record<string, string> = {}, chunked = false) {
    const asked = request(`${app.url}/graphql`, {
      method: "POST",
      agent: false,
      headers: {
        "content-type": "application/json",
        ...(chunked ? { "transfer-encoding": "chunked" } : { "content-length": Buffer.byteLength(body) }),
        ...headers,
      },
    });
    asked.on("error", () => {});
    for (let at = 0; at < body.length; at += 50_000) asked.write(body.slice(at, at + 50_000));
    asked.end();
    const [response] = await once(asked, "response");
    return { status: response.statusCode as number, told: (await json(response)) as Told };
  }

  test.each([[false], [true]])(
    "100 kB are enough for those who are not signed in (chunked: %s)",
    async (chunked) => {
      expect((await post(big(90_000), {}, chunked)).status).toBe(200);
      for (const headers of [
        {},
        { authorization: "Bearer made-up" },
        { cookie: "vq.session_token=made-up" },
      ]) {
        const { status, told } = await post(big(101_000), headers, chunked);
        expect(status).toBe(413);
        expect(codesOf(told)).toEqual(["PAYLOAD_TOO_LARGE"]);
      }
    },
  );

  test.each([[false], [true]])(
    "an author may send the largest quiz, and no more (chunked: %s)",
    async (chunked) => {
      const headers = { authorization: `Bearer ${host}` };
      expect((await post(big(1_900_000), headers, chunked)).status).toBe(200);
      expect((await post(big(2_100_000), headers, chunked)).status).toBe(413);
    },
  );

  test("a player is no author", async () => {
    const { playerToken } = await api.join(code, "Large");
    expect((await post(big(200_000), { authorization: `Bearer ${playerToken}` })).status).toBe(413);
  });

  test("a message of 16 kB is understood over WebSocket, and a larger one ends the connection with 1009", async () => {
    const socket = await openSocket(app.url);
    const padded = (bytes: number) => ({ query: `{ __typename } # ${"x".repeat(bytes)}` });
    expect(await sendOver(socket, "1", padded(15_000))).toEqual({ data: { __typename: "Query" } });
    const closed = once(socket, "close");
    sendOver(socket, "2", padded(17_000)).catch(() => {});
    expect((await closed)[0]).toBe(1009);
  });

  test("operations come one at a time", async () => {
    const { status, told } = await post(
      JSON.stringify([{ query: "{ __typename }" }, { query: "{ __typename }" }]),
    );
    expect(status).toBe(400);
    expect(told.errors?.[0]?.message).toMatch(/batch/i);
    const socket = await openSocket(app.url);
    const closed = once(socket, "close");
    socket.send(JSON.stringify([{ id: "1", type: "subscribe", payload: { query: "{ __typename }" } }]));
    expect((await closed)[0]).toBe(4400);
  });

  test("a socket follows a hundred things at once", async () => {
    const socket = await openSocket(app.url);
    const query = `subscription { leaderboardUpdated(code: "${code}") { version } }`;
    const told = await Promise.all(
      Array.from({ length: 105 }, (_, n) => sendOver(socket, `${n}`, { query })),
    );
    expect(told.filter((each) => codesOf(each).includes("TOO_MANY_OPERATIONS"))).toHaveLength(5);
    socket.terminate();
  });
});

describe("GraphQL over HTTP, by graphql-http's audits", () => {
  const audits = serverAudits({ url: () => `${app.url}/graphql` });

  test("there are 61 of them", () => expect(audits).toHaveLength(61));

  test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))(
    "%s %s",
    async (_id, _name, audit) => {
      const result = await audit.fn();
      expect("reason" in result ? result.reason : undefined).toBeUndefined();
      expect(result.status).toBe("ok");
    },
  );
});
