import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTransportApp, type TransportApp } from "../../tests/fixtures/transportApp.ts";

let app: TransportApp;
beforeAll(async () => {
  app = await startTransportApp();
});
afterAll(() => app.stop());

type Answer = {
  data?: Record<string, unknown>;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
};

function post(query: string, headers: Record<string, string> = {}, body = JSON.stringify({ query })) {
  return fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}
const ask = async (query: string, headers?: Record<string, string>) =>
  (await (await post(query, headers)).json()) as Answer;

describe("errors", () => {
  test("a bug is logged under the request's id, and told without its message", async () => {
    const { errors } = await ask("{ bug }");
    expect(errors?.[0]).toMatchObject({
      message: "Something went wrong on our side.",
      extensions: { code: "INTERNAL_SERVER_ERROR", requestId: "request-1" },
    });
    expect(JSON.stringify(errors)).not.toContain("swordfish");
    const logged = app.log.filter((line) => line.includes("swordfish"));
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0] ?? "")).toMatchObject({ requestId: "request-1", level: 50 });
  });

  test("a refusal goes out as it is, with its code, and is not logged as a fault", async () => {
    const before = app.log.length;
    const { errors } = await ask("{ refused }");
    expect(errors?.[0]).toMatchObject({ message: "Sign in first.", extensions: { code: "UNAUTHENTICATED" } });
    expect(app.log.length).toBe(before);
  });

  test("errors in the operation are told as they are", async () => {
    expect((await ask("{ nothing }")).errors?.[0]?.message).toContain('Cannot query field "nothing"');
    expect((await ask("{")).errors?.[0]?.message).toContain("Syntax Error");
  });
});

describe("limits", () => {
  test("a body over 100 kB is refused", async () => {
    const { status } = await post("", {}, JSON.stringify({ query: `{ hello } # ${"x".repeat(100_000)}` }));
    expect(status).toBe(413);
  });

  test("an operation of too many tokens is refused before it is validated", async () => {
    const { errors } = await ask(`{ ${"hello ".repeat(6_000)} }`);
    expect(errors?.[0]?.message).toMatch(/token/i);
  });

  test("several operations in one body are refused", async () => {
    expect(
      (await post("", {}, JSON.stringify([{ query: "{ hello }" }, { query: "{ hello }" }]))).status,
    ).toBe(400);
  });

  test("a mutation by GET is refused", async () => {
    const { status } = await fetch(`${app.url}/graphql?query=mutation{signIn}`, {
      headers: { accept: "application/json" },
    });
    expect(status).toBe(405);
  });
});

describe("other sites", () => {
  const cookie = "vq.session_token=abc";

  test("may not act with the visitor's cookie", async () => {
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1:1"]) {
      const answer = await post("mutation { signIn }", { cookie, origin });
      expect(answer.status, origin).toBe(403);
      expect(((await answer.json()) as Answer).errors?.[0]?.extensions).toEqual({ code: "FORBIDDEN" });
    }
    expect((await post("mutation { signIn }", { cookie, "sec-fetch-site": "cross-site" })).status).toBe(403);
  });

  test("our own pages, at either address, and programs may", async () => {
    for (const headers of [
      { origin: app.url },
      { origin: "https://quiz.example.org" },
      { "sec-fetch-site": "same-origin" },
      {},
    ]) {
      expect(
        (await post("mutation { signIn }", { cookie, ...headers })).status,
        JSON.stringify(headers),
      ).toBe(200);
    }
  });

  test("may act with a bearer token, which no browser adds by itself", async () => {
    const headers = { cookie, origin: "https://partner.example", authorization: "Bearer abc" };
    expect((await post("{ hello }", headers)).status).toBe(200);
  });

  test("cannot use a form", async () => {
    for (const type of [
      "application/x-www-form-urlencoded",
      "text/plain",
      "multipart/form-data; boundary=a",
      "application/graphql",
    ]) {
      expect((await post("", { "content-type": type }, "query=mutation{signIn}")).status, type).toBe(415);
    }
  });

  test("are never told that they may send the cookie", async () => {
    const preflight = await fetch(`${app.url}/graphql`, {
      method: "OPTIONS",
      headers: { origin: "https://partner.example", "access-control-request-method": "POST" },
    });
    expect(preflight.headers.get("access-control-allow-origin")).toMatch(/^(\*|https:\/\/partner\.example)$/);
    expect(preflight.headers.get("access-control-allow-credentials")).not.toBe("true");
    expect(
      (await post("{ hello }", { origin: "https://partner.example" })).headers.get(
        "access-control-allow-credentials",
      ),
    ).not.toBe("true");
  });
});

test("cookies that an operation sets reach the browser, each in its own header", async () => {
  const { headers } = await post("mutation { signIn }");
  expect(headers.getSetCookie()).toEqual(["vq.a=1; HttpOnly", "vq.b=2; HttpOnly"]);
});

test("a subscription comes over server-sent events", async () => {
  const answer = await post("subscription { count(to: 3) }", { accept: "text/event-stream" });
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  const body = await answer.text();
  expect([...body.matchAll(/"count":(\d)/g)].map(([, n]) => n)).toEqual(["1", "2", "3"]);
  expect(body).toContain("event: complete");
});
