import { CombinedError } from "@urql/core";
import { type ComputedRef, computed, onScopeDispose, type Ref, ref, shallowRef } from "vue";

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; null after the last. */
  readonly next: string | null;
}
export type PageResult<T> = { readonly page: Page<T> } | { readonly error: CombinedError };

export interface UsePages<T> {
  items: Ref<readonly T[]>;
  /** `first`: nothing to show yet; `more`: below what is shown. */
  loading: Ref<"first" | "more" | null>;
  error: Ref<CombinedError | null>;
  hasMore: ComputedRef<boolean>;
  /** From the first page again; what is shown stays until the answer is there. */
  reload: () => Promise<void>;
  loadMore: () => Promise<void>;
}

/** A list that is read page by page. The answer to a question that was asked anew is dropped. */
export function usePages<T>(fetchPage: (after: string | null) => Promise<PageResult<T>>): UsePages<T> {
  const items = shallowRef<readonly T[]>([]);
  const next = ref<string | null>(null);
  const loading = ref<"first" | "more" | null>(null);
  const error = shallowRef<CombinedError | null>(null);
  let newest = 0;

  async function read(after: string | null): Promise<void> {
    newest += 1;
    const mine = newest;
    loading.value = after === null ? "first" : "more";
    error.value = null;
    const result = await fetchPage(after);
    if (mine !== newest) return;
    loading.value = null;
    if ("error" in result) {
      error.value = result.error;
      return;
    }
    items.value = after === null ? result.page.items : [...items.value, ...result.page.items];
    next.value = result.page.next;
  }

  onScopeDispose(() => {
    newest += 1;
  });

  return {
    items,
    loading,
    error,
    hasMore: computed(() => next.value !== null),
    reload: () => read(null),
    loadMore: () => (next.value === null || loading.value ? Promise.resolve() : read(next.value)),
  };
}

/** A connection's page: what it lists and where it goes on. */
export function pageOf<T>(connection: {
  edges: readonly ({ node: T } | null)[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}): Page<T> {
  return {
    items: connection.edges.flatMap((edge) => (edge ? [edge.node] : [])),
    next: connection.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null,
  };
}

/** An answer with neither data nor error, as when the viewer is nobody any more. */
export const unanswered = (): CombinedError => new CombinedError({ graphQLErrors: ["No answer"] });
