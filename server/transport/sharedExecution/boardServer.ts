import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  parse,
  subscribe,
  validate,
} from "graphql";
import { type Extra, useServer as serveProtocol } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { BoundedSocket } from "../boundedSocket.ts";
import { createSharedExecution, type SharedExecution, type SharedExecutionOptions } from "./index.ts";

/** Something that changes, and those who watch it. */
export class Board {
  version = 1;
  text = "one";
  opened = 0;
  watched = 0;
  executed = 0;
  readonly #wake = new Set<() => void>();
  #over: { readonly error?: Error } | null = null;

  set(text: string): void {
    this.text = text;
    this.version += 1;
    this.#notify();
  }

  end(error?: Error): void {
    this.#over = error ? { error } : {};
    this.#notify();
    this.#over = null;
  }

  /** The state now, then the newest one whenever it is asked for after a change. */
  states(): AsyncGenerator<{ version: number; text: string }, void, void> {
    let seen = 0;
    let over: { readonly error?: Error } | null = null;
    let wake: (() => void) | undefined;
    const notice = () => {
      over ??= this.#over;
      wake?.();
    };
    this.#wake.add(notice);
    this.opened += 1;
    this.watched += 1;
    const stop = async () => {
      if (this.#wake.delete(notice)) this.watched -= 1;
      over ??= {};
      wake?.();
      return { done: true as const, value: undefined };
    };
    return {
      next: async () => {
        while (seen === this.version && !over) await new Promise<void>((resolve) => (wake = resolve));
        if (seen === this.version && over) {
          await stop();
          if (over.error) throw over.error;
          return { done: true, value: undefined };
        }
        seen = this.version;
        return { done: false, value: { version: seen, text: this.text } };
      },
      return: stop,
      throw: stop,
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  #notify(): void {
    for (const wake of this.#wake) wake();
  }
}

interface Viewer {
  readonly viewer: string;
}

const text = { type: new GraphQLNonNull(GraphQLString) };

export function boardSchema(board: Board): GraphQLSchema {
  const state = new GraphQLObjectType<{ version: number; text: string }, Viewer>({
    name: "Board",
    extensions: { sameForEveryone: ["version", "text", "asker", "broken"] },
    fields: {
      version: { type: new GraphQLNonNull(GraphQLInt) },
      text: {
        ...text,
        resolve: (source) => {
          board.executed += 1;
          return source.text;
        },
      },
      mine: { ...text, resolve: (_source, _args, { viewer }) => viewer },
      // Marked wrongly: it does depend on who asks.
      asker: { ...text, resolve: (_source, _args, { viewer }) => viewer },
      broken: {
        type: GraphQLString,
        resolve: (_source, _args, { viewer }) => {
          throw new Error(`Reported under the id of ${viewer}.`);
        },
      },
    },
  });
  return new GraphQLSchema({
    query: new GraphQLObjectType({
      name: "Query",
      fields: { hello: { ...text, resolve: () => "world" } },
    }),
    subscription: new GraphQLObjectType<unknown, Viewer>({
      name: "Subscription",
      fields: {
        board: {
          type: new GraphQLNonNull(state),
          args: { code: { type: GraphQLString } },
          extensions: { sharedState: true },
          subscribe: (_root, { code }) => {
            if (code === "none") throw new Error("There is no such board.");
            return board.states();
          },
          resolve: (source) => source,
        },
      },
    }),
  });
}

type Started = AsyncGenerator<ExecutionResult, void, void> | ExecutionResult;
type SocketArgs = ExecutionArgs & { readonly rootValue: { start(): Started | Promise<Started> } };

export interface BoardServer {
  readonly url: string;
  readonly board: Board;
  readonly shared: SharedExecution;
  readonly sockets: WebSocketServer;
  stop(): Promise<void>;
}

/** A GraphQL server over WebSocket that has one board, and shares what may be shared. */
export async function startBoardServer(
  options: SharedExecutionOptions & { readonly compressed?: boolean } = {},
): Promise<BoardServer> {
  const board = new Board();
  const schema = boardSchema(board);
  const shared = createSharedExecution(options);
  const http = createServer();
  const sockets = new WebSocketServer({
    server: http,
    WebSocket: BoundedSocket,
    perMessageDeflate: options.compressed ?? false,
  });

  serveProtocol<Record<string, unknown>, Extra & Record<PropertyKey, unknown>>(
    {
      onSubscribe({ connectionParams, extra }, id, { query, operationName, variables }) {
        const document = parse(query);
        const errors = validate(schema, document);
        if (errors.length > 0) return errors;
        const operation = { schema, document, operationName, variableValues: variables ?? null };
        const found = shared.find(operation, (prepared) =>
          subscribe({ ...operation, document: prepared, contextValue: { viewer: "nobody" } }),
        );
        const contextValue = { viewer: String(connectionParams?.["viewer"]) };
        const start = () =>
          found ? found.overSocket(extra.socket, id) : subscribe({ ...operation, contextValue });
        return { ...operation, contextValue, rootValue: { start } };
      },
      subscribe: (args) => (args as SocketArgs).rootValue.start(),
    },
    sockets,
  );

  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/`,
    board,
    shared,
    sockets,
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
