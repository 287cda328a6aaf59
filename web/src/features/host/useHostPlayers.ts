import { onScopeDispose, type Ref, ref, shallowRef, watch } from "vue";
import { useApi } from "../../graphql/api.ts";
import { HostPlayersDocument, type HostPlayersQuery } from "../../graphql/generated/graphql.ts";

type Read = NonNullable<HostPlayersQuery["session"]>;
type Page = Read["attempts"];
export type HostPlayer = NonNullable<Page["edges"][number]>["node"];

export interface UseHostPlayers {
  /** Everyone who is in the session, in order of joining; those removed are left out. */
  players: Ref<HostPlayer[]>;
  loading: Ref<boolean>;
  failed: Ref<boolean>;
  refresh: () => Promise<void>;
}

const pageSize = 100;
/** Between two reads of the list, for each page of it: a crowd's list is read less often. */
const pauseMsPerPage = 2_500;

/**
 * The host's list of players, read again when `signal` changes (a version, a count), but no more often than its length
 * allows. Reads nothing while `enabled` is false.
 */
export function useHostPlayers(options: {
  code: () => string;
  enabled: () => boolean;
  signal: () => unknown;
}): UseHostPlayers {
  const { client } = useApi();
  const players = shallowRef<HostPlayer[]>([]);
  const loading = ref(false);
  const failed = ref(false);
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gone = false;

  async function readPage(after: string | null): Promise<Read | undefined | null> {
    const variables = { code: options.code(), first: pageSize, after };
    const { data } = await client.query(HostPlayersDocument, variables).toPromise();
    return data?.session;
  }

  async function readAll(): Promise<HostPlayer[] | null> {
    const found = new Map<string, HostPlayer>();
    let after: string | null = null;
    for (;;) {
      const read = await readPage(after);
      if (!read) return null;
      const page: Page = read.attempts;
      // What is still on its way into the list will not be announced again.
      again ||= read.unsavedChanges > 0;
      for (const edge of page.edges) if (edge) found.set(edge.node.id, edge.node);
      const { hasNextPage, endCursor } = page.pageInfo;
      if (!hasNextPage || endCursor === null || endCursor === after) return [...found.values()];
      after = endCursor;
    }
  }

  async function refresh(): Promise<void> {
    if (gone || !options.enabled()) return;
    if (loading.value || timer !== undefined) {
      again = true;
      return;
    }
    loading.value = true;
    const found = await readAll();
    loading.value = false;
    failed.value = found === null;
    if (found) players.value = found.filter(({ status }) => status !== "REMOVED");
    const pages = Math.max(1, Math.ceil((found?.length ?? 0) / pageSize));
    timer = setTimeout(() => {
      timer = undefined;
      if (again) {
        again = false;
        void refresh();
      }
    }, pauseMsPerPage * pages);
  }

  watch([options.enabled, options.signal, options.code], () => void refresh(), { immediate: true });
  onScopeDispose(() => {
    gone = true;
    clearTimeout(timer);
  });
  return { players, loading, failed, refresh };
}
