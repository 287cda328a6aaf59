import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import type WebSocket from "ws";
import { WebSocketServer } from "ws";
import { connectForEver } from "./connection.ts";
import { Records } from "./records.ts";

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

test("I5: what a server that was given up had still on its way is not taken for news of the next one", async () => {
  const server = new WebSocketServer({ port: 0, handleProtocols: () => "graphql-transport-ws" });
  servers.push(server);
  await once(server, "listening");
  const followers: { readonly socket: WebSocket; readonly id: string }[] = [];
  server.on("connection", (socket) => {
    socket.on("message", (data) => {
      const { type, id } = JSON.parse(String(data)) as { type: string; id?: string };
      if (type === "connection_init") socket.send('{"type":"connection_ack"}');
      if (type === "subscribe" && id !== undefined) followers.push({ socket, id });
    });
  });
  const tell = (index: number, version: number) => {
    const { socket, id } = followers[index]!;
    socket.send(JSON.stringify({ id, type: "next", payload: { data: { version } } }));
  };

  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port");
  const { client } = connectForEver(`http://127.0.0.1:${address.port}`, null, new Records());
  const seen: unknown[] = [];
  client.subscribe(
    { query: "subscription { version }" },
    { next: ({ data }) => seen.push(data), error() {}, complete() {} },
  );
  await expect.poll(() => followers.length).toBe(1);
  tell(0, 1);
  await expect.poll(() => seen.length).toBe(1);

  // The first server stands still: the client gives it up, and finds another.
  followers[0]!.socket.pause();
  client.terminate();
  await expect.poll(() => followers.length).toBe(2);
  tell(1, 3);
  await expect.poll(() => seen.length).toBe(2);
  // It goes on, with what it had in hand.
  tell(0, 2);
  await new Promise((resolve) => setTimeout(resolve, 100));
  tell(1, 4);
  await expect.poll(() => seen.length).toBe(3);
  expect(seen).toEqual([{ version: 1 }, { version: 3 }, { version: 4 }]);
  await client.dispose();
});
