import { connect, type Socket } from "node:net";

const END_OF_HEAD = Buffer.from("\r\n\r\n");
const LENGTH = /\r\ncontent-length: (\d+)/i;
const SUCCESS = "HTTP/1.1 200";

/** What came of a request. It lies in `bytes` from `start` to `end`, and only until this returns. */
export type OnReply = (ok: boolean, bytes: Buffer, start: number, end: number) => void;

/** A connection that is kept, for one request at a time; every response must say its length. */
export class LeanHttp {
  readonly #socket: Socket;
  #kept: Buffer | null = null;
  #onReply: OnReply = () => {};

  constructor(port: number) {
    this.#socket = connect({ host: "127.0.0.1", port, noDelay: true });
    this.#socket.on("data", (data) => this.#read(data));
    this.#socket.on("error", () => {});
  }

  /** `request`: made by `postOf`. */
  send(request: Buffer, onReply: OnReply): void {
    this.#onReply = onReply;
    this.#socket.write(request);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    const data = this.#kept ? Buffer.concat([this.#kept, chunk]) : chunk;
    this.#kept = data;
    const endOfHead = data.indexOf(END_OF_HEAD);
    if (endOfHead < 0) return;
    const head = data.toString("latin1", 0, endOfHead);
    const start = endOfHead + END_OF_HEAD.length;
    const end = start + Number(LENGTH.exec(head)?.[1]);
    if (Number.isNaN(end)) throw new Error(`A response without its length:\n${head}`);
    if (data.length < end) return;
    this.#kept = null;
    this.#onReply(head.startsWith(SUCCESS), data, start, end);
  }
}

/** As a program sends it that knows no more than it must. */
export function postOf(port: number, path: string, body: string, token: string): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Content-Type: application/json",
    "Accept: application/json",
    `Authorization: Bearer ${token}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}
