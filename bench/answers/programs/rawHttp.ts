import { createServer } from "node:http";
import { answerBench } from "../../harness/inside.ts";
import { openSubmit } from "../submitScript.ts";

// The least that an HTTP server can do: what comes is the script's arguments, what goes is its reply.
const submit = await openSubmit(process.env["REDIS_URL"] ?? "");
createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (text: string) => {
    body += text;
  });
  request.on("end", async () => {
    const { args } = JSON.parse(body) as { args: string[] };
    const reply = JSON.stringify({ reply: await submit(args) });
    response.writeHead(200, {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(reply),
    });
    response.end(reply);
  });
}).listen(Number(process.env["PORT"]), "127.0.0.1");
answerBench({ ready: () => true });
