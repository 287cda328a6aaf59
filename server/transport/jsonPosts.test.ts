import { request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTransportApp, type TransportApp } from "../../tests/fixtures/transportApp.ts";

let app: TransportApp;
beforeAll(async () => {
  app = await startTransportApp();
});
afterAll(() => app.stop());

interface Answered {
  readonly status: number | undefined;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** As it stands. The short way is for what has a length: in chunks, the same goes through Yoga. */
function post(body: string, headers: Record<string, string>, way: "short" | "long"): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const length = way === "short" && { "content-length": String(Buffer.byteLength(body)) };
    const options = {
      method: "POST",
      headers: { "content-type": "application/json", ...headers, ...length },
    };
    const sent = request(`${app.url}/graphql`, options, async (response) => {
      // What says when, and how it was sent, may differ.
      const {
        date: _date,
        "content-length": _length,
        "transfer-encoding": _encoding,
        ...kept
      } = response.headers;
      resolve({ status: response.statusCode, headers: kept, body: await text(response) });
    });
    sent.on("error", reject);
    if (way === "long") sent.flushHeaders();
    sent.end(body);
  });
}

const query = (text: string, variables?: unknown, others: object = {}) =>
  JSON.stringify({ query: text, ...(variables !== undefined && { variables }), ...others });
const SLOW = "mutation ($ms: Int!) { slow(ms: $ms) }";

describe("the short way of a POST answers as Yoga does", () => {
  test.each([
    ["data", query("{ hello }")],
    ["data by a name", query("query A { hello } query B { token }", null, { operationName: "A" })],
    ["a refusal", query("{ hello refused }")],
    ["a masked bug", query("{ hello bug }")],
    ["cookies", query("mutation { signIn }")],
    ["variables", query(SLOW, { ms: 1 })],
    ["variables of the wrong type", query(SLOW, { ms: "long" })],
    ["variables that are missing", query(SLOW)],
    ["variables that are a list", query(SLOW, [])],
    ["an operation that is not there", query("query A { hello }", null, { operationName: "C" })],
    ["an operation that is not named", query("query A { hello } query B { hello }")],
    ["an invalid document", query("{ goodbye }")],
    ["a syntax error", query("{ hello")],
    ["parameters that nobody knows", query("{ hello }", null, { other: 1 })],
    ["no query", JSON.stringify({ variables: {} })],
    ["a list", "[]"],
    ["no object", "7"],
    ["no JSON", "{"],
    ["a subscription without a stream to send it", query("subscription { count(to: 1) }")],
  ])("with %s", async (_name, body) => {
    for (const accept of ["application/json", "application/graphql-response+json", "*/*"]) {
      const long = await post(body, { accept }, "long");
      // The first one may have to make the document known.
      for (let times = 0; times < 2; times++) expect(await post(body, { accept }, "short")).toEqual(long);
    }
  });

  test.each([
    ["a page of another site", { origin: "https://partner.example", authorization: "Bearer a" }],
    ["a page of another site with the cookie", { origin: "https://evil.example", cookie: "a=b" }],
    ["our own page", { origin: "https://quiz.example.org", cookie: "a=b" }],
    ["a client that wants another form", { accept: "text/event-stream" }],
    ["a client that wants none that there is", { accept: "image/png" }],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }],
  ])("to %s", async (_name, headers) => {
    const body = query("{ hello cookie }");
    const long = await post(body, headers, "long");
    for (let times = 0; times < 2; times++) {
      const short = await post(body, headers, "short");
      // A page of ours needs no permission to read the answer.
      if ("origin" in headers && headers.origin === "https://quiz.example.org")
        expect({ ...short, headers: {} }).toEqual({ ...long, headers: {} });
      else expect(short).toEqual(long);
    }
  });

  test("and counts what it answers once", async () => {
    const counted = async () => {
      const { values } = (await app.metrics.registry.getSingleMetric("quiz_operations_total")?.get()) ?? {
        values: [],
      };
      return values.reduce((sum, { value }) => sum + value, 0);
    };
    await post(query("{ hello }"), {}, "short");
    const before = await counted();
    await post(query("{ hello }"), {}, "short");
    await post(query("{ hello bug }"), {}, "short");
    expect((await counted()) - before).toBe(2);
  });
});
