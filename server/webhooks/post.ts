import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { cleanText } from "../core/textRules.ts";
import type { Endpoints } from "./endpoints.ts";

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** From looking up the name to the end of the answer. */
  readonly timeoutMs: number;
  /** Breaks it off. */
  readonly signal: AbortSignal;
}

/** What came back. `status` null: no answer, and `error` says why, fit to be shown. */
export interface Posted {
  readonly status: number | null;
  readonly body: string | null;
  readonly error: string | null;
  /** By Retry-After, in milliseconds; 0 where it was not said. */
  readonly retryAfterMs: number;
}

/** Of an answer, what is read, and what of that is kept. */
const READ_BYTES = 4096;
const KEPT_BYTES = 1024;

/** Posts to where it may; follows no redirect. Never rejects. */
export function post(
  way: Endpoints["way"],
  { url, headers, body, timeoutMs, signal }: Post,
): Promise<Posted> {
  return new Promise((resolve) => {
    let response: IncomingMessage | undefined;
    const chunks: Buffer[] = [];
    let length = 0;
    let late = false;

    const request = (url.startsWith("https:") ? requestHttps : requestHttp)(url, {
      ...way(url),
      method: "POST",
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      signal,
    });
    const timer = setTimeout(() => {
      late = true;
      request.destroy();
    }, timeoutMs);

    function done(error: unknown): void {
      clearTimeout(timer);
      request.destroy();
      // What the endpoint does after its status line changes nothing.
      const status = response?.statusCode ?? null;
      resolve({
        status,
        body: status === null ? null : textOf(Buffer.concat(chunks)),
        error: status === null ? (late ? "It did not answer in time." : reasonOf(error)) : null,
        retryAfterMs: retryAfterOf(response),
      });
    }

    request.once("response", (answer) => {
      response = answer;
      answer.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length >= READ_BYTES) done(null);
      });
      answer.once("close", () => done(null));
      answer.on("error", () => done(null));
    });
    request.on("error", done);
    request.once("close", () => done(null));
    request.end(body);
  });
}

/** Without what a text of PostgreSQL cannot hold. */
const textOf = (bytes: Buffer) => cleanText(bytes.subarray(0, KEPT_BYTES).toString("utf8"));

function retryAfterOf(response: IncomingMessage | undefined): number {
  const seconds = Number(response?.headers["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Nothing listens at its address.",
  ECONNRESET: "The connection was cut off.",
  EHOSTUNREACH: "Its address cannot be reached.",
  ENETUNREACH: "Its address cannot be reached.",
  ENOTFOUND: "Its name is not known.",
  ETIMEDOUT: "It did not answer in time.",
};

/** Says nothing of the network that this program is in. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "The connection was cut off.";
  if (/is not allowed\. Because/.test(error.message)) return "Its address is in a private network.";
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  if (code === null) return "It could not be reached.";
  return (
    REASONS[code] ??
    (/CERT|TLS|SSL|SIGNED/.test(code)
      ? `Its certificate is not valid (${code}).`
      : `It could not be reached (${code}).`)
  );
}
