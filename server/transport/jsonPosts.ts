import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { type DocumentNode, type ExecutionResult, getOperationAST, OperationTypeNode } from "graphql";
import type { Execution, TransportContext } from "./execution.ts";
import { MAX_BODY_BYTES, type Protection } from "./limits/index.ts";
import { isOwnOrigin } from "./origins.ts";

/** How most answers over HTTP are asked for: what they may be called. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  "*/*": "application/json",
  "application/json": "application/json",
  "application/graphql-response+json": "application/graphql-response+json",
};

/** A query or mutation as the body of a request has it. */
interface Posted {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variableValues: { readonly [name: string]: unknown } | null;
}

export interface JsonPostOptions {
  readonly publicUrl: string;
  readonly protection: Pick<Protection, "addressOf">;
}

/**
 * The short way for what nearly all requests are: a known query or mutation, posted as JSON by one of our pages or by a
 * program. It costs a third of the way through Yoga, which has everything else: this gives it the request, with what
 * was read of it. Of the two, only Yoga refuses anything before it is executed.
 */
export function createJsonPosts(execution: Execution, { publicUrl, protection }: JsonPostOptions) {
  const { schema, contextOf, execute, handle } = execution;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const mediaType = plainMediaType(request, publicUrl);
    if (mediaType === null) return handle(request, response);
    const arrivedAt = performance.now();
    const body = await readBody(request);
    if (body === null) return;
    // The server adapter looks here for what others have read before it.
    const handOver = () => handle(Object.assign(request, { body: Readable.from([body]) }), response);
    const posted = read(body, execution);
    if (posted === null) return handOver();
    const asked = { headers: headersOf(request), address: protection.addressOf(request) };
    const contextValue = await contextOf(asked, { arrivedAt }).catch(() => null);
    if (contextValue === null) return handOver();
    send(response, await execute({ ...posted, schema, contextValue }), mediaType, contextValue);
  };
}

/** What the answer is to be; null where the request is not a plain one. */
function plainMediaType({ method, url, headers }: IncomingMessage, publicUrl: string): string | null {
  if (method !== "POST" || url !== "/graphql") return null;
  const length = Number(headers["content-length"]);
  if (!(length > 0 && length <= MAX_BODY_BYTES) || headers["content-encoding"] !== undefined) return null;
  if (!/^application\/json(; ?charset=utf-8)?$/i.test(headers["content-type"] ?? "")) return null;
  const fetchSite = headers["sec-fetch-site"];
  const from = { origin: headers.origin, host: headers.host, "sec-fetch-site": [fetchSite].flat()[0] };
  return isOwnOrigin(from, publicUrl) ? (MEDIA_TYPES[headers.accept ?? "*/*"] ?? null) : null;
}

/** Null where the client has gone. */
function readBody(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (text: string) => {
      body += text;
    });
    request.once("end", () => resolve(body));
    request.once("close", () => resolve(null));
  });
}

/** Null where it is anything but a known query or mutation with its variables. */
function read(body: string, { documents, persisted }: Execution): Posted | null {
  const params = parsed(body);
  if (typeof params !== "object" || params === null) return null;
  const {
    query,
    documentId,
    operationName = null,
    variables = null,
    ...others
  } = params as Record<string, unknown>;
  const text = textIn(persisted, { query, documentId });
  const document = text === undefined ? undefined : documents.valid(text);
  if (!document || Object.keys(others).length > 0) return null;
  if (operationName !== null && typeof operationName !== "string") return null;
  if (typeof variables !== "object" || Array.isArray(variables)) return null;
  const operation = getOperationAST(document, operationName);
  if (!operation || operation.operation === OperationTypeNode.SUBSCRIPTION) return null;
  return { document, operationName, variableValues: variables as Posted["variableValues"] };
}

/** Undefined, too, where it is refused: Yoga says so. */
function textIn(
  persisted: Execution["persisted"],
  named: Parameters<typeof persisted.textOf>[0],
): string | undefined {
  try {
    return persisted.textOf(named);
  } catch {
    return undefined;
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const headersOf = ({ headers }: IncomingMessage) => ({
  get(name: string) {
    const value = headers[name];
    return typeof value === "string" ? value : null;
  },
});

/** What was executed, even in vain, is there; what could not be begun for its variables was a bad request. */
function send(
  response: ServerResponse,
  result: ExecutionResult,
  mediaType: string,
  { responseHeaders }: TransportContext,
): void {
  const text = JSON.stringify(result);
  for (const [name, value] of responseHeaders) response.appendHeader(name, value);
  response.writeHead("data" in result ? 200 : 400, {
    "Content-Type": `${mediaType}; charset=utf-8`,
    "Content-Length": Buffer.byteLength(text),
  });
  response.end(text);
}
