import { WebSocketServer } from "ws";
import { answerBench } from "../../harness/inside.ts";
import { openSubmit } from "../submitScript.ts";

// The least that a WebSocket server can do: what comes is the script's arguments, what goes is its reply.
const submit = await openSubmit(process.env["REDIS_URL"] ?? "");
const server = new WebSocketServer({ port: Number(process.env["PORT"]), host: "127.0.0.1" });
server.on("connection", (socket) => {
  socket.on("message", async (data) => {
    const { id, args } = JSON.parse(String(data)) as { id: string; args: string[] };
    socket.send(JSON.stringify({ id, reply: await submit(args) }));
  });
});
answerBench({ ready: () => true });
