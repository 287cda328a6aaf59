import { median, percentile } from "../../harness/figures.ts";
import { answerBench, sharedClock } from "../../harness/inside.ts";
import { LeanSocket, textFrame } from "../../harness/leanSocket.ts";
import { LeanHttp, postOf } from "../leanHttp.ts";
import type { Answered, AnswerOrder, ConnectOrder } from "../order.ts";

// Players who parse nothing: of an acknowledgement they read the points.
const POINTS = Buffer.from("points");
const NEXT = Buffer.from('{"id":"1","type":"next"');
const [ZERO, NINE] = [48, 57];
const COMPLAINTS = 5;

type OnText = (bytes: Buffer, start: number, end: number) => void;
/** One player's way to the server. `done`: with the result, when nothing else will come. */
type Send = (message: Buffer, done: OnText) => void;

let order: ConnectOrder = { wire: "http", port: 0, tokens: [] };
const sockets: (LeanSocket | LeanHttp)[] = [];
let players: Send[] = [];
const idle: LeanHttp[] = [];

function connectPlayer(token: string): Promise<Send> {
  const { wire, port } = order;
  const isGraphql = wire === "graphql-ws";
  let onText: OnText = () => {};
  return new Promise((resolve, reject) => {
    const send: Send = (message, done) => {
      onText = isGraphql ? resultThenCompletion(done) : done;
      socket.send(message);
    };
    const resultThenCompletion = (done: OnText): OnText => {
      return (bytes, start, end) => {
        const result = Buffer.from(bytes.subarray(start, end));
        const tell = () => done(result, 0, result.length);
        if (result.subarray(0, NEXT.length).equals(NEXT)) onText = tell;
        else tell();
      };
    };
    const socket = new LeanSocket({
      port,
      path: isGraphql ? "/graphql" : "/",
      protocol: isGraphql ? "graphql-transport-ws" : undefined,
      onOpen() {
        if (!isGraphql) return resolve(send);
        onText = () => resolve(send);
        const payload = { Authorization: `Bearer ${token}` };
        socket.send(textFrame(JSON.stringify({ type: "connection_init", payload })));
      },
      onText: (bytes, start, end) => onText(bytes, start, end),
      onClose: (code) => reject(new Error(`A player was closed: ${code ?? "cut"}`)),
    });
    sockets.push(socket);
  });
}

const overHttp: Send = (message, done) => {
  const connection = idle.pop() ?? new LeanHttp(order.port);
  if (!sockets.includes(connection)) sockets.push(connection);
  connection.send(message, (_ok, bytes, start, end) => {
    idle.push(connection);
    done(bytes, start, end);
  });
};

/** Null: this acknowledges nothing. */
function pointsIn(bytes: Buffer, start: number, end: number): number | null {
  let at = bytes.subarray(start, end).indexOf(POINTS);
  if (at < 0) return null;
  at += start + POINTS.length;
  const isDigit = (index: number) => (bytes[index] ?? 0) >= ZERO && (bytes[index] ?? 0) <= NINE;
  // A quote, perhaps escaped, and a colon.
  for (let skipped = 0; skipped < 4 && !isDigit(at); skipped++) at += 1;
  if (!isDigit(at)) return null;
  let points = 0;
  for (; at < end && isDigit(at); at++) points = points * 10 + (bytes[at] ?? 0) - ZERO;
  return points;
}

function framed(message: string, index: number): Buffer {
  if (order.wire !== "http") return textFrame(message);
  return postOf(order.port, "/graphql", message, order.tokens[index] ?? "");
}

answerBench({
  async connect(given: ConnectOrder) {
    order = given;
    players = [];
    for (let from = 0; from < order.tokens.length; from += 64) {
      const some = order.tokens.slice(from, from + 64);
      players.push(
        ...(order.wire === "http" ? some.map(() => overHttp) : await Promise.all(some.map(connectPlayer))),
      );
    }
  },
  answer({ messages, atOnce }: AnswerOrder): Promise<Answered> {
    const ready = messages.map(framed);
    const times: number[] = [];
    const complaints: string[] = [];
    let next = 0;
    let [acknowledged, points] = [0, 0];
    return new Promise((resolve) => {
      const answerNext = () => {
        const index = next++;
        const message = ready[index];
        if (!message) return;
        const began = sharedClock();
        players[index]?.(message, (bytes, start, end) => {
          times.push(sharedClock() - began);
          const earned = pointsIn(bytes, start, end);
          if (earned === null && complaints.length < COMPLAINTS)
            complaints.push(bytes.toString("utf8", start, end));
          if (earned !== null) [acknowledged, points] = [acknowledged + 1, points + earned];
          if (times.length < ready.length) return answerNext();
          resolve({
            acknowledged,
            points,
            complaints,
            medianMs: median(times),
            p95Ms: percentile(times, 0.95),
          });
        });
      };
      for (let count = 0; count < atOnce; count++) answerNext();
    });
  },
  disconnect() {
    for (const socket of sockets.splice(0)) socket.destroy();
    idle.length = 0;
    players = [];
  },
});
