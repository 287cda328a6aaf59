import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

const [TEXT, CLOSE, PING, PONG] = [1, 8, 9, 10];
const END_OF_HEAD = Buffer.from("\r\n\r\n");
const SWITCHED = Buffer.from("HTTP/1.1 101");
/** All sockets of a process read into this one: what is read is used up before the next one reads. */
const shared = Buffer.allocUnsafe(256 * 1024);

export interface LeanSocketOptions {
  readonly port: number;
  readonly path: string;
  readonly protocol?: string | undefined;
  /** One of 127.0.0.x: each has ports of its own. */
  readonly localAddress?: string | undefined;
  onOpen(): void;
  /** A text message lies in `bytes` from `start` to `end`, and only until this returns. */
  onText(bytes: Buffer, start: number, end: number): void;
  /** `code`: of the close frame, null where there was none. */
  onClose(code: number | null): void;
}

/**
 * A WebSocket client that does as little as one can: no parsing of messages, no events, no memory for each read. So a
 * process can hold ten thousand of them, and the server is what is measured. Messages must not be fragmented.
 */
export class LeanSocket {
  readonly #socket: Socket;
  readonly #options: LeanSocketOptions;
  #kept: Buffer | null = null;
  #open = false;
  #code: number | null = null;

  constructor(options: LeanSocketOptions) {
    this.#options = options;
    const { port, path, protocol, localAddress } = options;
    this.#socket = connect({
      host: "127.0.0.1",
      port,
      noDelay: true,
      ...(localAddress !== undefined && { localAddress }),
      onread: {
        buffer: shared,
        callback: (length) => {
          this.#read(length);
          return true;
        },
      },
    });
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => options.onClose(this.#code));
    const head = [
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
      ...(protocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
    ];
    this.#socket.write(`${head.join("\r\n")}\r\n\r\n`);
  }

  /** `frame`: made by `textFrame`, as often as it likes. */
  send(frame: Buffer): void {
    this.#socket.write(frame);
  }

  /** Reads nothing more, until `resume`: its buffers, and then those of the server, fill up. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #read(length: number): void {
    const kept = this.#kept;
    const data = kept ? Buffer.concat([kept, shared.subarray(0, length)]) : shared;
    const end = kept ? data.length : length;
    let offset = this.#open ? 0 : this.#readHead(data, end);
    for (let next = this.#readFrame(data, offset, end); next > 0; next = this.#readFrame(data, offset, end))
      offset = next;
    this.#kept = offset < end ? Buffer.from(data.subarray(offset, end)) : null;
  }

  /** Where the first frame begins; 0 where that is not known yet. */
  #readHead(data: Buffer, end: number): number {
    const at = data.indexOf(END_OF_HEAD);
    if (at < 0 || at >= end) return 0;
    if (!data.subarray(0, SWITCHED.length).equals(SWITCHED)) {
      this.destroy();
      return end;
    }
    this.#open = true;
    this.#options.onOpen();
    return at + END_OF_HEAD.length;
  }

  /** Where the frame after this one begins; 0 where it is not complete yet. */
  #readFrame(data: Buffer, offset: number, end: number): number {
    if (!this.#open || offset + 2 > end) return 0;
    let size = (data[offset + 1] ?? 0) & 127;
    let body = offset + 2;
    if (size === 126) {
      if (offset + 4 > end) return 0;
      size = data.readUInt16BE(offset + 2);
      body = offset + 4;
    } else if (size === 127) {
      if (offset + 10 > end) return 0;
      size = Number(data.readBigUInt64BE(offset + 2));
      body = offset + 10;
    }
    const after = body + size;
    if (after > end) return 0;
    const opcode = (data[offset] ?? 0) & 15;
    if (opcode === TEXT) this.#options.onText(data, body, after);
    else if (opcode === PING) this.send(frameOf(PONG, data.subarray(body, after)));
    else if (opcode === CLOSE) {
      this.#code = size >= 2 ? data.readUInt16BE(body) : null;
      this.#socket.end(frameOf(CLOSE, data.subarray(body, after)));
    }
    return after;
  }
}

export const textFrame = (text: string): Buffer => frameOf(TEXT, Buffer.from(text));

/** As a client sends it: masked, which a key of zeros is, too. */
function frameOf(opcode: number, body: Buffer): Buffer {
  const { length } = body;
  if (length > 65_535) throw new RangeError("No client of a bench sends that much at once.");
  const head = length < 126 ? [length | 128] : [254, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([opcode | 128, ...head, 0, 0, 0, 0]), body]);
}
