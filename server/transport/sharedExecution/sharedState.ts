import type { ExecutionResult } from "graphql";

/** One result, executed once and serialised once, for everyone in a group. */
export class SharedState {
  readonly result: ExecutionResult;
  /** The state's version; null where it has none, or none was read. */
  readonly version: number | null;
  readonly json: string;
  #frames: NextFrames | undefined;

  /** @throws TypeError where the result is not JSON */
  constructor(result: ExecutionResult, version: number | null) {
    this.result = result;
    this.version = version;
    this.json = JSON.stringify(result);
  }

  /**
   * The result for Yoga, which asks it to write itself, if it can, instead of serialising it for each. Results with
   * errors cannot: Yoga takes its own things out of those first.
   */
  get shareable(): ExecutionResult & { readonly stringify?: () => string } {
    return this.result.errors ? this.result : { ...this.result, stringify: () => this.json };
  }

  get frames(): NextFrames {
    this.#frames ??= new NextFrames(this.json);
    return this.#frames;
  }
}

/**
 * The `next` message of graphql-transport-ws, but for its end: everything that is the same for all comes first, and
 * the id, which each client chose for itself, last.
 */
export class NextFrames {
  readonly #body: Buffer;
  readonly #heads = new Map<number, Buffer>();

  constructor(json: string) {
    this.#body = Buffer.from(`{"type":"next","payload":${json}`);
  }

  /** The end of the message for the client that chose this id. */
  static tailOf(id: string): Buffer {
    return Buffer.from(`,"id":${JSON.stringify(id)}}`);
  }

  /** The whole message, for `WebSocket.send`. */
  message(tail: Buffer): Buffer {
    return Buffer.concat([this.#body, tail], this.#body.length + tail.length);
  }

  /** The WebSocket frame up to where the tail begins: shared by all whose tails are as long. */
  head(tailLength: number): Buffer {
    let head = this.#heads.get(tailLength);
    if (!head) {
      head = Buffer.concat([frameHeader(this.#body.length + tailLength), this.#body]);
      this.#heads.set(tailLength, head);
    }
    return head;
  }
}

const FINAL_TEXT = 0x81;

/** Of an unmasked, unfragmented text message of `length` bytes; RFC 6455, section 5.2. */
function frameHeader(length: number): Buffer {
  if (length < 126) return Buffer.from([FINAL_TEXT, length]);
  if (length < 65_536) {
    const header = Buffer.from([FINAL_TEXT, 126, 0, 0]);
    header.writeUInt16BE(length, 2);
    return header;
  }
  const header = Buffer.alloc(10);
  header[0] = FINAL_TEXT;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
