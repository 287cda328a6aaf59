import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
} from "graphql";
import { type Extra, useServer as serveProtocol } from "graphql-ws/use/ws";
import { WebSocket, WebSocketServer } from "ws";
import type { ContextRequest } from "../graphql/context.ts";
import type { Logger } from "../observability/logger.ts";
import type { SocketRecorder } from "../observability/socketMetrics.ts";
import { BoundedSocket } from "./boundedSocket.ts";
import type { Execution } from "./execution.ts";
import { limitMessages, type Protection } from "./limits/index.ts";
import { isOwnOrigin, mayCall } from "./origins.ts";
import type { SharedExecution, SharedSubscription } from "./sharedExecution/index.ts";
import { sendAnswer } from "./socketAnswer.ts";
import { createSocketWork } from "./socketWork.ts";
import { type Farewell, spreadOver, whenAborted } from "./spread.ts";
import { startForNobody } from "./startForNobody.ts";

export interface WebSocketOptions {
  readonly execution: Execution;
  readonly shared: SharedExecution;
  readonly publicUrl: string;
  readonly logger: Logger;
  readonly recorder: SocketRecorder;
  readonly protection: Protection;
}

export interface WebSockets {
  /** How many clients are connected. */
  readonly count: number;
  /** Tells every client to come back, after the answer to what it has asked, and resolves when all are gone. */
  stop(farewell: Farewell): Promise<void>;
}

/** Long operations, such as a quiz to be saved, go over HTTP. A larger message ends the connection with 1009. */
const MAX_MESSAGE_BYTES = 16 * 1024;
const PING_MS = 12_000;
const MAX_OPERATIONS = 100;
const SERVICE_RESTART = 1012;

/**
 * For graphql-ws, of what was answered here: it tells nobody of the errors of an operation that is over. Its own way from a
 * result to the socket costs as much as all that the executor does.
 */
const ANSWERED = [new GraphQLError("This was answered.")];

/** How a subscription is started goes with it. */
type SubscriptionArgs = ExecutionArgs & {
  rootValue: Pick<ReturnType<Execution["getEnveloped"]>, "subscribe">;
};

/** GraphQL over WebSocket at /graphql of an HTTP server: graphql-ws does the protocol, `execution` everything else. */
export function attachWebSockets(
  http: Server,
  { execution, shared, publicUrl, logger, recorder, protection }: WebSocketOptions,
): WebSockets {
  const sockets = new WebSocketServer({
    noServer: true,
    WebSocket: BoundedSocket,
    // Compressing costs ten times the CPU of sending, for messages of one packet.
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
  });

  const work = createSocketWork();
  const callers = new WeakMap<WebSocket, ContextRequest>();
  const { addressOf, rateLimits, connections } = protection;
  let leaving = false;

  /** Resolves when the client has been told, or has gone. */
  async function sendAway(client: WebSocket): Promise<void> {
    if (client.readyState !== WebSocket.OPEN) return;
    const gone = new Promise<void>((resolve) => client.once("close", () => resolve()));
    await Promise.race([work.idle(client), gone]);
    client.close(SERVICE_RESTART, "The server restarts");
  }

  const server = serveProtocol<Record<string, unknown>, Extra & Record<PropertyKey, unknown>>(
    {
      connectionInitWaitTimeout: protection.connectionInitMs,
      isProd: true,
      async onSubscribe(client, id, sent) {
        const { connectionParams, extra } = client;
        if (Object.keys(client.subscriptions).length > MAX_OPERATIONS) {
          return [
            new GraphQLError("Too many operations at once.", { extensions: { code: "TOO_MANY_OPERATIONS" } }),
          ];
        }
        const arrivedAt = performance.now();
        const caller = callers.get(extra.socket) ?? callerOf(extra, connectionParams, protection);
        callers.set(extra.socket, caller);
        const { schema, documents } = execution;
        const { operationName = null, variables: variableValues = null } = sent;
        try {
          const payload = { ...sent, query: execution.persisted.textOf(sent) ?? "" };
          const document =
            documents.valid(payload.query) ?? readDocument(execution, { caller, params: payload });
          if (Array.isArray(document)) return document;
          const operation = getOperationAST(document, operationName);
          // Not the operation's name, nor its id: callers choose them.
          logger.trace({ kind: operation?.operation }, "operation over WebSocket");
          const args = { schema, document, operationName, variableValues };
          if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
            work.begin(extra.socket, id);
            const contextValue = await execution.contextOf(caller, { caller, arrivedAt });
            // graphql-ws says so.
            if (!operation) return args;
            const result = await execution.execute({ ...args, contextValue });
            // Of what the client has given up meanwhile, it hears nothing.
            if (id in client.subscriptions) sendAnswer(extra.socket, extra.request.socket, id, result);
            delete client.subscriptions[id];
            return ANSWERED;
          }
          const found =
            caller.limits?.mayShare(payload) === false
              ? null
              : shared.find(args, startForNobody(execution, payload, caller.limits));
          if (found) return joining(found, schema, operationName, extra.socket, id);
          const { subscribe, contextFactory } = execution.getEnveloped({ caller, params: payload });
          return { ...args, contextValue: await contextFactory(), rootValue: { subscribe } };
        } catch (error) {
          // A syntax error, or a masked one. It ends the operation, not the connection with all the others on it.
          if (error instanceof GraphQLError) return [error];
          throw error;
        } finally {
          work.end(extra.socket, id);
        }
      },
      subscribe: (args) => (args as SubscriptionArgs).rootValue.subscribe(args),
    },
    sockets,
    PING_MS,
  );

  sockets.on("connection", (client) => {
    recorder.opened();
    if (rateLimits) limitMessages(client);
    client.once("close", (code) => recorder.closed(code));
  });

  http.on("upgrade", (request, socket, head) => {
    const refusal = leaving ? "503 Service Unavailable" : refusalOf(request, publicUrl, protection);
    if (refusal !== null) return refuse(socket, refusal);
    const address = addressOf(request);
    if (!connections.entered(address)) return refuse(socket, "429 Too Many Requests\r\nRetry-After: 5");
    socket.once("close", () => connections.left(address));
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit("connection", client, request));
  });

  return {
    get count() {
      return sockets.clients.size;
    },
    async stop(farewell) {
      leaving = true;
      whenAborted(farewell.enough, () => {
        for (const client of sockets.clients) client.terminate();
      });
      const told: Promise<void>[] = [];
      await spreadOver(sockets.clients, farewell, (client) => told.push(sendAway(client)));
      await Promise.all(told);
      await server.dispose();
    },
  };
}

/** A document that is not known, or what is wrong with it; throws where it cannot be parsed. */
function readDocument(
  { getEnveloped }: Execution,
  initial: Parameters<Execution["getEnveloped"]>[0] & { readonly params: { readonly query: string } },
): DocumentNode | GraphQLError[] {
  const { schema, parse, validate } = getEnveloped(initial);
  const document = parse(initial.params.query);
  const errors = validate(schema, document);
  return errors.length > 0 ? [...errors] : document;
}

/** What says who is there is the same for all operations of a socket. */
function callerOf(
  { request }: Pick<Extra, "request">,
  connectionParams: unknown,
  { addressOf, limits }: Protection,
): ContextRequest {
  const address = addressOf(request);
  return { headers: headersOf(request), connectionParams, address, limits: limits.of(address) };
}

/** Made where nothing of the client's own is in reach: graphql-ws keeps this for as long as the client follows. */
function joining(
  { document, overSocket }: SharedSubscription,
  schema: GraphQLSchema,
  operationName: string | null | undefined,
  socket: WebSocket,
  id: string,
) {
  const rootValue = { subscribe: () => overSocket(socket, id) };
  return { schema, document, operationName: operationName ?? null, contextValue: null, rootValue };
}

/** Other sites may connect, all or those that are listed, with a token in `connection_init`; never with this browser's cookie. */
function refusalOf(
  request: IncomingMessage,
  publicUrl: string,
  { allowedOrigins }: Protection,
): string | null {
  const [path] = request.url?.split("?") ?? [];
  if (path !== "/graphql") return "404 Not Found";
  const { origin, host, cookie } = request.headers;
  if (!mayCall({ origin, host }, publicUrl, allowedOrigins)) return "403 Forbidden";
  return cookie !== undefined && !isOwnOrigin({ origin, host }, publicUrl) ? "403 Forbidden" : null;
}

function refuse(socket: Duplex, status: string): void {
  // Node has let go of the socket: without a listener, a client that resets it now would end the process.
  socket.on("error", () => {});
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const name of ["authorization", "cookie", "user-agent", "host", "origin"] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  return headers;
}
