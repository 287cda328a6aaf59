import { type GraphQLSchema, parse } from "graphql";
import { createYoga, type Plugin, type YogaServerInstance } from "graphql-yoga";
import type { Context, ContextRequest } from "../graphql/context.ts";
import type { Tracer } from "../observability/tracer.ts";
import { crossSiteGuard } from "./crossSite.ts";
import { errorMasking, maskRequestError, type ReportFailure } from "./errorMasking.ts";
import { type OperationRecorders, operationMeasuring } from "./operationMeasuring.ts";
import { operationTracing } from "./operationTracing.ts";
import { type SharedExecution, sharedSubscriptions } from "./sharedExecution/index.ts";
import { startForNobody } from "./startForNobody.ts";

/** What the WebSocket knows of its client; over HTTP, the request says it all. */
export interface Caller {
  readonly caller?: { readonly headers: Headers; readonly connectionParams: unknown };
}

/** Of an operation's context, what the transport itself reads; the rest is the schema's. */
export type TransportContext = Pick<Context, "requestId" | "responseHeaders"> &
  Partial<Pick<Context, "identity" | "answeredAttempts">>;
export type TransportContextFactory = (request: ContextRequest) => Promise<TransportContext>;

export interface ExecutionOptions {
  readonly schema: GraphQLSchema;
  readonly createContext: TransportContextFactory;
  readonly publicUrl: string;
  readonly report: ReportFailure;
  readonly recorders: OperationRecorders;
  readonly tracer: Tracer;
  readonly shared: SharedExecution;
}

/** The largest quiz that the rules allow has about 600,000 characters; it fits, unless most of them take many bytes. */
export const MAX_OPERATION_BYTES = 1_000_000;
/** The introspection of tools has about 300 tokens. Validation may take time quadratic in them. */
const MAX_TOKENS = 5_000;

export type Execution = YogaServerInstance<Caller, TransportContext>;

/**
 * The one way in which operations are parsed, validated, given their context, executed and masked. HTTP and SSE go
 * through it as requests, WebSockets through its `getEnveloped`; so what one refuses, the others refuse too.
 */
export function createExecution(options: ExecutionOptions): Execution {
  const { schema, createContext, publicUrl, report, recorders, tracer, shared } = options;
  // Browsers keep cookies that an operation sets; WebSockets have no place for them.
  const cookies = new WeakMap<Request, Headers>();
  const execution: Execution = createYoga<Caller, TransportContext>({
    schema,
    graphqlEndpoint: "/graphql",
    context: async (initial) => {
      const headers = initial.caller?.headers ?? initial.request.headers;
      const context = await createContext({ headers, connectionParams: initial.caller?.connectionParams });
      if (initial.caller === undefined) cookies.set(initial.request, context.responseHeaders);
      return context;
    },
    maxRequestBodySize: MAX_OPERATION_BYTES,
    multipart: false,
    batching: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    maskedErrors: { maskError: maskRequestError(report) },
    // Any page may call with a bearer token. None but ours may with the cookie: no Allow-Credentials, ever.
    cors: {
      origin: "*",
      credentials: false,
      methods: ["GET", "POST", "OPTIONS"],
      allowedHeaders: ["authorization", "content-type", "accept"],
      maxAge: 86_400,
    },
    // Measuring comes after masking, and sees what goes out.
    plugins: [
      crossSiteGuard(publicUrl),
      tokenLimit(),
      operationTracing(tracer),
      errorMasking(report),
      operationMeasuring(recorders),
      sharedSubscriptions(shared, (params) => startForNobody(execution, params)),
      responseHeaders(cookies),
    ],
  });
  return execution;
}

function tokenLimit(): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn((source, options) => parse(source, { ...options, maxTokens: MAX_TOKENS }));
    },
  };
}

function responseHeaders(kept: WeakMap<Request, Headers>): Plugin {
  return {
    onResponse({ request, response }) {
      for (const [name, value] of kept.get(request) ?? []) response.headers.append(name, value);
    },
  };
}
