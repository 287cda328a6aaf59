import type { TypedDocumentNode } from "@urql/core";
import { onScopeDispose, type Ref, ref, watch } from "vue";
import { useApi } from "./api.ts";
import { waitAskedFor } from "./errors.ts";
import { payloadOf } from "./payload.ts";
import { isRefusal, refusedDelay, retryDelay, sleepUntilAwake } from "./retry.ts";

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

interface Told {
  message: string;
  extensions?: Record<string, unknown> | undefined;
}

/**
 * A subscription that does not end while its component lives: the connection brings it back after a loss, and one that
 * the server ended or refused is asked for again, less and less often.
 */
export function useLive<Data, Variables extends Record<string, unknown>>(
  options: LiveOptions<Data, Variables>,
): Live {
  const { connection, heldUp } = useApi();
  const wait = heldUp.waiter();
  const error = ref<string>();
  let generation = 0;
  let stop: (() => void) | undefined;

  function subscribe(variables: Variables, retries: number): void {
    const own = generation;
    let failures = retries;
    let asked: number | undefined;
    const again = async (delay = retryDelay(failures)) => {
      if (own !== generation) return;
      await sleepUntilAwake(delay);
      if (own === generation) subscribe(variables, failures + 1);
    };
    stop = connection.ws.subscribe<Data>(payloadOf(options.document, variables), {
      next: ({ data, errors }) => {
        if (own !== generation) return;
        tell(errors);
        asked = waitAskedFor(errors);
        if (data === null || data === undefined) return;
        failures = 0;
        options.onData(data);
      },
      error: (reason) => {
        if (own === generation) tell(Array.isArray(reason) ? reason : [{ message: "connection refused" }]);
        const told = Array.isArray(reason) ? waitAskedFor(reason) : undefined;
        void again(isRefusal(reason) ? refusedDelay() : told);
      },
      complete: () => void again(asked),
    });
  }

  function tell(errors: readonly Told[] | undefined): void {
    error.value = errors?.[0]?.message;
    wait(errors?.some(({ extensions }) => extensions?.["code"] === "UNAVAILABLE") === true);
  }

  function leave(): void {
    generation += 1;
    wait(false);
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
