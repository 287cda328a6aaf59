import { type ComputedRef, computed } from "vue";
import { client } from "../../graphql/client.ts";
import { LibrarySessionsDocument, type LibrarySessionsQuery } from "../../graphql/generated/graphql.ts";
import { pageOf, type UsePages, unanswered, usePages } from "./usePages.ts";

type Viewer = NonNullable<LibrarySessionsQuery["viewer"]>;
export type LibrarySession = NonNullable<Viewer["sessions"]["edges"][number]>["node"];

const PAGE_SIZE = 10;

export interface UseSessionList extends UsePages<LibrarySession> {
  running: ComputedRef<readonly LibrarySession[]>;
  past: ComputedRef<readonly LibrarySession[]>;
}

/** The sessions that the viewer opened, newest first. */
export function useSessionList(): UseSessionList {
  const pages = usePages<LibrarySession>(async (after) => {
    const { data, error } = await client
      .query(LibrarySessionsDocument, { first: PAGE_SIZE, after })
      .toPromise();
    if (data?.viewer) return { page: pageOf(data.viewer.sessions) };
    return { error: error ?? unanswered() };
  });
  void pages.reload();
  return {
    ...pages,
    running: computed(() => pages.items.value.filter(({ state }) => state !== "FINISHED")),
    past: computed(() => pages.items.value.filter(({ state }) => state === "FINISHED")),
  };
}
