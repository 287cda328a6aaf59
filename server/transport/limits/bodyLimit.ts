import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";

/** Of a request's body, for everyone. */
export const MAX_BODY_BYTES = 100_000;
/** The largest quiz that the rules allow, in characters of three bytes each. For those who may save one. */
export const MAX_AUTHOR_BODY_BYTES = 2_000_000;

/** How much of a refused body is read, and for how long: a client that is still sending does not hear the refusal. */
const LISTEN_BYTES = 8_000_000;
const LISTEN_MS = 2_000;

/** Says whether it has refused a request; then it has answered it, too. */
export type RefuseRequest = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean | Promise<boolean>;

export interface BodyLimitOptions {
  /** Whether the caller is signed in, asked only for what is larger than most; its rejection counts as no. */
  readonly isSignedIn: (headers: Headers) => Promise<boolean>;
}

/**
 * Holds bodies to their size before they are read: resolves to whether the request was refused, and has been answered.
 * What comes without its length (chunked) is read here, so that it ends where it is too large.
 */
export function createBodyLimit({ isSignedIn }: BodyLimitOptions): RefuseRequest {
  async function limitOf(request: IncomingMessage): Promise<number> {
    const { authorization, cookie } = request.headers;
    if (authorization === undefined && cookie === undefined) return MAX_BODY_BYTES;
    const headers = new Headers({ ...(authorization && { authorization }), ...(cookie && { cookie }) });
    return (await isSignedIn(headers).catch(() => false)) ? MAX_AUTHOR_BODY_BYTES : MAX_BODY_BYTES;
  }

  return async (request, response) => {
    const { "content-length": length, "transfer-encoding": encoding } = request.headers;
    if (length !== undefined) {
      if (!(Number(length) > MAX_BODY_BYTES)) return false;
      const limit = await limitOf(request);
      if (Number(length) <= limit) return false;
      await refuse(request, response, limit);
      return true;
    }
    if (encoding === undefined) return false;
    const limit = await limitOf(request);
    const body = await readAtMost(request, limit);
    if (body === null) await refuse(request, response, limit);
    // As servers do that have read a body before: Yoga takes it from there.
    else Object.assign(request, { body: Readable.from(body.length > 0 ? [body] : []) });
    return body === null;
  };
}

/** The whole body; null where it is larger. */
async function readAtMost(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > limit) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

async function refuse(request: IncomingMessage, response: ServerResponse, limit: number): Promise<void> {
  const message = `This request is too large: it may have ${limit} bytes.`;
  const text = JSON.stringify({ errors: [{ message, extensions: { code: "PAYLOAD_TOO_LARGE" } }] });
  response.writeHead(413, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
    "Access-Control-Allow-Origin": "*",
    Connection: "close",
  });
  response.write(text);
  await letFinish(request);
  response.end();
}

/** Closing on a client that is still sending would take the answer away from it. */
function letFinish(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    if (request.readableEnded || request.destroyed) return resolve();
    let bytes = 0;
    const timer = setTimeout(resolve, LISTEN_MS);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > LISTEN_BYTES) done();
    });
    request.once("close", done);
    request.once("end", done);
    request.once("error", done);
  });
}
