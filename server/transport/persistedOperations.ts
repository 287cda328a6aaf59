import { GraphQLError } from "graphql";
import type { Plugin } from "graphql-yoga";

/** Of an operation as a client sent it, what says which one it is. */
export interface Named {
  readonly query?: unknown;
  /** Instead of the text. */
  readonly documentId?: unknown;
}

/** Operations that a client may name instead of sending them. */
export interface PersistedOperations {
  /** The operation's text; undefined where there is none. @throws GraphQLError where it may not be executed */
  textOf(params: Named): string | undefined;
}

type Texts = ReadonlyMap<string, string>;

export interface PersistedOptions {
  /** By their ids. */
  readonly texts?: Texts;
  /** Reads them again, for an id that was not among them: a page may be newer than its server. */
  readonly reload?: () => Promise<Texts>;
  /** Whether nothing else is executed. */
  readonly only?: boolean;
  readonly now?: () => number;
}

/** How often they are read again at most. */
const RELOAD_MS = 2_000;

export function createPersistedOperations({
  texts = new Map(),
  reload = async () => texts,
  only = false,
  now = () => performance.now(),
}: PersistedOptions = {}): PersistedOperations {
  let known = texts;
  let readAt = Number.NEGATIVE_INFINITY;

  function lookAgain(): void {
    if (now() - readAt < RELOAD_MS) return;
    readAt = now();
    reload().then(
      (found) => {
        known = found;
      },
      () => {},
    );
  }

  return {
    textOf({ query, documentId }) {
      if (typeof documentId === "string") {
        const text = known.get(documentId);
        if (text !== undefined) return text;
        // Whoever asks again in a moment may find it.
        lookAgain();
        throw refusal(
          "This server does not know this operation: send its text.",
          "PERSISTED_OPERATION_NOT_FOUND",
        );
      }
      if (only)
        throw refusal("Only the web app's own operations are executed here.", "PERSISTED_OPERATIONS_ONLY");
      return typeof query === "string" ? query : undefined;
    },
  };
}

/** Puts the text in place of the id, in what comes over HTTP. */
export function persistedTexts(operations: PersistedOperations): Plugin {
  return {
    onParams({ params, setParams }) {
      const { documentId, ...others } = params as typeof params & Named;
      const query = operations.textOf(params);
      if (documentId !== undefined && query !== undefined) setParams({ ...others, query });
    },
  };
}

/** `http` is for Yoga alone: it is not enumerable, so that it is never sent. */
function refusal(message: string, code: string): GraphQLError {
  const extensions = Object.defineProperty({ code }, "http", { value: { status: 400 } });
  return new GraphQLError(message, { extensions });
}
