import { stringifyDocument, type TypedDocumentNode } from "@urql/core";
import { onScopeDispose, type Ref, ref, watch } from "vue";
import { useApi } from "./api.ts";
import { retryDelay, sleepUntilAwake } from "./retry.ts";

export interface LiveOptions<Data, Variables extends Record<string, unknown>> {
  document: TypedDocumentNode<Data, Variables>;
  /** Undefined: not now. A change subscribes anew. */
  variables: () => Variables | undefined;
  onData: (data: Data) => void;
}

export interface Live {
  /** What the server said instead of data; undefined again when data comes. */
  error: Readonly<Ref<string | undefined>>;
}

/**
 * A subscription that does not end while its component lives: the connection brings it back after a loss, and one that
 * the server ended or refused is asked for again, less and less often.
 */
export function useLive<Data, Variables extends Record<string, unknown>>(
  options: LiveOptions<Data, Variables>,
): Live {
  const { connection } = useApi();
  const error = ref<string>();
  const query = stringifyDocument(options.document);
  let generation = 0;
  let stop: (() => void) | undefined;

  function subscribe(variables: Variables, retries: number): void {
    const own = generation;
    let failures = retries;
    const again = async () => {
      if (own !== generation) return;
      await sleepUntilAwake(retryDelay(failures));
      if (own === generation) subscribe(variables, failures + 1);
    };
    stop = connection.ws.subscribe<Data>(
      { query, variables },
      {
        next: ({ data, errors }) => {
          if (own !== generation) return;
          error.value = errors?.[0]?.message;
          if (data === null || data === undefined) return;
          failures = 0;
          options.onData(data);
        },
        error: (reason) => {
          error.value = Array.isArray(reason) ? String(reason[0]?.message) : "connection refused";
          void again();
        },
        complete: () => void again(),
      },
    );
  }

  function leave(): void {
    generation += 1;
    stop?.();
    stop = undefined;
  }

  watch(
    options.variables,
    (next, previous) => {
      if (stop !== undefined && JSON.stringify(next) === JSON.stringify(previous)) return;
      leave();
      if (next !== undefined) subscribe(next, 0);
    },
    { immediate: true },
  );
  onScopeDispose(leave);
  return { error };
}
