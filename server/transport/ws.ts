import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type ExecutionArgs, GraphQLError, type GraphQLSchema, getOperationAST } from "graphql";
import { type Extra, useServer as serveProtocol } from "graphql-ws/use/ws";
import { WebSocket, WebSocketServer } from "ws";
import type { Logger } from "../observability/logger.ts";
import type { SocketRecorder } from "../observability/socketMetrics.ts";
import { BoundedSocket } from "./boundedSocket.ts";
import { type Execution, MAX_OPERATION_BYTES } from "./execution.ts";
import { isOwnOrigin } from "./origins.ts";
import type { SharedExecution, SharedSubscription } from "./sharedExecution/index.ts";
import { createSocketWork } from "./socketWork.ts";
import { type Farewell, spreadOver, whenAborted } from "./spread.ts";
import { startForNobody } from "./startForNobody.ts";

export interface WebSocketOptions {
  readonly execution: Execution;
  readonly shared: SharedExecution;
  readonly publicUrl: string;
  readonly logger: Logger;
  readonly recorder: SocketRecorder;
}

export interface WebSockets {
  /** How many clients are connected. */
  readonly count: number;
  /** Tells every client to come back, after the answer to what it has asked, and resolves when all are gone. */
  stop(farewell: Farewell): Promise<void>;
}

/** As over HTTP: whatever may be sent there may be sent here. */
const MAX_MESSAGE_BYTES = MAX_OPERATION_BYTES;
/** Long enough for a phone on a poor network, short enough for those that only hold a socket open. */
const INIT_TIMEOUT_MS = 10_000;
const PING_MS = 12_000;
const MAX_OPERATIONS = 100;
const SERVICE_RESTART = 1012;

type SocketArgs = ExecutionArgs & {
  rootValue: Partial<Pick<ReturnType<Execution["getEnveloped"]>, "execute" | "subscribe">>;
};

/** GraphQL over WebSocket at /graphql of an HTTP server: graphql-ws does the protocol, `execution` everything else. */
export function attachWebSockets(
  http: Server,
  { execution, shared, publicUrl, logger, recorder }: WebSocketOptions,
): WebSockets {
  const sockets = new WebSocketServer({
    noServer: true,
    WebSocket: BoundedSocket,
    // Compressing costs ten times the CPU of sending, for messages of one packet.
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
  });

  const work = createSocketWork();
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
      connectionInitWaitTimeout: INIT_TIMEOUT_MS,
      isProd: true,
      async onSubscribe({ connectionParams, extra, subscriptions }, id, payload) {
        if (Object.keys(subscriptions).length > MAX_OPERATIONS) {
          return [
            new GraphQLError("Too many operations at once.", { extensions: { code: "TOO_MANY_OPERATIONS" } }),
          ];
        }
        const caller = { headers: headersOf(extra.request), connectionParams };
        const { schema, execute, subscribe, contextFactory, parse, validate } = execution.getEnveloped({
          caller,
          params: payload,
        });
        try {
          const document = parse(payload.query);
          const errors = validate(schema, document);
          if (errors.length > 0) return errors;
          const { operationName, variables: variableValues } = payload;
          const found = shared.find(
            { schema, document, operationName, variableValues },
            startForNobody(execution, payload),
          );
          if (found) return joining(found, schema, operationName, extra.socket, id);
          const operation = getOperationAST(document, payload.operationName);
          // Not the operation's name, nor its id: callers choose them.
          logger.trace({ kind: operation?.operation }, "operation over WebSocket");
          if (operation && operation.operation !== "subscription") work.begin(extra.socket, id);
          return {
            schema,
            document,
            operationName: payload.operationName ?? null,
            variableValues: payload.variables ?? null,
            contextValue: await contextFactory(),
            rootValue: { execute, subscribe },
          };
        } catch (error) {
          work.end(extra.socket, id);
          // A syntax error, or a masked one. It ends the operation, not the connection with all the others on it.
          if (error instanceof GraphQLError) return [error];
          throw error;
        }
      },
      execute: (args) => (args as SocketArgs).rootValue.execute?.(args),
      subscribe: (args) => (args as SocketArgs).rootValue.subscribe?.(args),
      onComplete({ extra }, id) {
        // This is before the client is told so.
        setImmediate(() => work.end(extra.socket, id));
      },
    },
    sockets,
    PING_MS,
  );

  sockets.on("connection", (client) => {
    recorder.opened();
    client.once("close", (code) => recorder.closed(code));
  });

  http.on("upgrade", (request, socket, head) => {
    const refusal = leaving ? "503 Service Unavailable" : refusalOf(request, publicUrl);
    if (refusal !== null) return refuse(socket, refusal);
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

/** Other sites may connect, with a token in `connection_init`; never with this browser's cookie. */
function refusalOf(request: IncomingMessage, publicUrl: string): string | null {
  const [path] = request.url?.split("?") ?? [];
  if (path !== "/graphql") return "404 Not Found";
  const { origin, host, cookie } = request.headers;
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
