import type { IncomingMessage, ServerResponse } from "node:http";
import { type GraphQLSchema, parse } from "graphql";
import { createYoga, type Plugin, type YogaServerInstance } from "graphql-yoga";
import type { Context, ContextRequest } from "../graphql/context.ts";
import { corsOf, crossSiteGuard } from "./crossSite.ts";
import { createDocuments, type Documents } from "./documents.ts";
import { maskRequestError, subscriptionMasking } from "./errorMasking.ts";
import {
  DOCUMENT_LIMITS,
  documentLimits,
  limitedContext,
  MAX_AUTHOR_BODY_BYTES,
  type Protection,
} from "./limits/index.ts";
import { operationMeasuring } from "./operationMeasuring.ts";
import { createExecute, type Execute, executedBy, type OperationParts } from "./operations.ts";
import { type PersistedOperations, persistedTexts } from "./persistedOperations.ts";
import { type SharedExecution, sharedSubscriptions } from "./sharedExecution/index.ts";
import { startForNobody } from "./startForNobody.ts";

/** What the transport puts into an operation's context beside what the schema reads. */
export interface Caller {
  /** What the WebSocket knows of its client; over HTTP, the request says it all. */
  readonly caller?: ContextRequest;
  /** The request as Node has it, over HTTP. */
  readonly req?: IncomingMessage;
  /** When the operation came, by `performance.now()`. */
  readonly arrivedAt?: number;
}

/** Of an operation's context, what the transport itself reads; the rest is the schema's. */
export type TransportContext = Pick<Context, "requestId" | "responseHeaders"> &
  Partial<Pick<Context, "identity" | "answeredAttempts" | "limits" | "costIsAllowed">>;
export type TransportContextFactory = (request: ContextRequest) => Promise<TransportContext>;

export interface ExecutionOptions extends OperationParts {
  readonly schema: GraphQLSchema;
  readonly createContext: TransportContextFactory;
  readonly publicUrl: string;
  readonly shared: SharedExecution;
  readonly protection: Protection;
}

type Yoga = YogaServerInstance<Caller, TransportContext>;

/**
 * The one way in which operations are parsed, validated, given their context, executed and masked. What is known to be
 * valid goes straight to `contextOf` and `execute`; Yoga does all that is not that simple, by the same parts: new
 * documents, other forms of requests, subscriptions. So what one transport refuses, the others refuse too.
 */
export interface Execution extends Pick<Yoga, "getEnveloped"> {
  readonly schema: GraphQLSchema;
  readonly documents: Pick<Documents, "valid">;
  readonly persisted: PersistedOperations;
  readonly contextOf: (request: ContextRequest, caller: Caller) => Promise<TransportContext & Caller>;
  readonly execute: Execute;
  /** Answers any request over HTTP, server-sent events among them. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export function createExecution(options: ExecutionOptions): Execution {
  const { schema, publicUrl, report, recorders, shared, protection } = options;
  const { addressOf, allowedOrigins, introspection, limits, persisted } = protection;
  const createContext = limitedContext(options.createContext, limits);
  const sites = { publicUrl, allowedOrigins };
  const documents = createDocuments();
  const execute = createExecute(options);
  // Browsers keep cookies that an operation sets; WebSockets have no place for them.
  const cookies = new WeakMap<Request, Headers>();
  const asked = ({ request: { headers }, req }: { request: Request } & Caller): ContextRequest =>
    req === undefined ? { headers } : { headers, address: addressOf(req) };
  const yoga: Yoga = createYoga<Caller, TransportContext>({
    schema,
    graphqlEndpoint: "/graphql",
    context: async (initial) => {
      const context = await createContext(initial.caller ?? asked(initial));
      if (initial.caller === undefined) cookies.set(initial.request, context.responseHeaders);
      return context;
    },
    maxRequestBodySize: MAX_AUTHOR_BODY_BYTES,
    multipart: false,
    batching: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    parserAndValidationCache: documents.caches,
    maskedErrors: { maskError: maskRequestError(report) },
    cors: corsOf(sites),
    // Measuring comes after masking, and sees what goes out.
    plugins: [
      crossSiteGuard(sites),
      persistedTexts(persisted),
      tokenLimit(),
      documentLimits({ introspection }),
      documents.plugin,
      executedBy(execute),
      subscriptionMasking(report),
      operationMeasuring(recorders),
      sharedSubscriptions(shared, (params, limits) => startForNobody(yoga, params, limits)),
      responseHeaders(cookies),
    ],
  });
  return {
    schema,
    documents,
    persisted,
    getEnveloped: yoga.getEnveloped,
    contextOf: async (request, caller) => Object.assign(await createContext(request), caller),
    execute,
    handle: async (request, response) => yoga(request, response),
  };
}

function tokenLimit(): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn((source, options) => parse(source, { ...options, maxTokens: DOCUMENT_LIMITS.tokens }));
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
