import { Client, cacheExchange, gql, subscriptionExchange } from "@urql/core";
import { createClient } from "graphql-ws";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type BoardServer, startBoardServer } from "./boardServer.ts";

let server: BoardServer;
beforeEach(async () => {
  server = await startBoardServer();
});
afterEach(() => server.stop());

const BOARD = gql<{ board: { version: number; text: string } }>`
  subscription ($code: String) { board(code: $code) { version text } }
`;

/** urql over graphql-ws, as the web app has it: a follower, what it has seen, and how it ends. */
function follow(code?: string) {
  const socket = createClient({ url: server.url, webSocketImpl: WebSocket });
  const urql = new Client({
    url: server.url,
    preferGetMethod: false,
    exchanges: [
      cacheExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = "", variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe(
              { query, variables: variables ?? {} },
              {
                next: ({ data = null, errors }) =>
                  sink.next({ data, ...(errors ? { errors: [...errors] } : {}) }),
                error: (reason) => sink.error(reason),
                complete: () => sink.complete(),
              },
            ),
          }),
        }),
      }),
    ],
  });
  const seen: string[] = [];
  const errors: string[] = [];
  const { unsubscribe } = urql
    .subscription(BOARD, code === undefined ? {} : { code })
    .subscribe(({ data, error }) => {
      if (data) seen.push(data.board.text);
      if (error) errors.push(error.message);
    });
  return { seen, errors, unsubscribe };
}

test("clients of urql share one execution, each sees every state, and one who leaves takes nothing along", async () => {
  const [ana, ben] = [follow(), follow()];
  await expect.poll(() => [ana.seen, ben.seen]).toEqual([["one"], ["one"]]);
  expect([server.shared.groups, server.shared.members]).toEqual([1, 2]);
  const executed = server.board.executed;
  server.board.set("two");
  await expect.poll(() => [ana.seen.at(-1), ben.seen.at(-1)]).toEqual(["two", "two"]);
  expect(server.board.executed).toBe(executed + 1);
  ana.unsubscribe();
  await expect.poll(() => server.shared.members).toBe(1);
  server.board.set("three");
  await expect.poll(() => ben.seen).toEqual(["one", "two", "three"]);
  ben.unsubscribe();
  await expect.poll(() => [server.shared.groups, server.board.watched]).toEqual([0, 0]);
  expect([ana.seen, ana.errors, ben.errors]).toEqual([["one", "two"], [], []]);
});

test("a refusal reaches urql as an error of the operation", async () => {
  const refused = follow("none");
  // urql tells it once more when the operation completes.
  await expect.poll(() => new Set(refused.errors)).toEqual(new Set(["[GraphQL] There is no such board."]));
  expect(refused.seen).toEqual([]);
});
