import { watchDebounced } from "@vueuse/core";
import { type Ref, ref, watch } from "vue";
import { client } from "../../graphql/client.ts";
import {
  type CefrLevel,
  type LibraryQuizFragment,
  LibraryQuizzesDocument,
} from "../../graphql/generated/graphql.ts";
import { type PageResult, pageOf, type UsePages, unanswered, usePages } from "./usePages.ts";

const PAGE_SIZE = 20;

export interface UseQuizList extends UsePages<LibraryQuizFragment> {
  search: Ref<string>;
  /** Empty: every level. */
  level: Ref<CefrLevel | "">;
}

/** The viewer's own quizzes or the public ones, as searched and filtered. */
export function useQuizList(options: { mine: boolean }): UseQuizList {
  const search = ref("");
  const level = ref<CefrLevel | "">("");

  async function fetchPage(after: string | null): Promise<PageResult<LibraryQuizFragment>> {
    const { data, error } = await client
      .query(LibraryQuizzesDocument, {
        mine: options.mine,
        search: search.value.trim() || null,
        level: level.value || null,
        first: PAGE_SIZE,
        after,
      })
      .toPromise();
    if (!data) return { error: error ?? unanswered() };
    const { items, next } = pageOf(data.quizzes);
    // Without `mine`, the server lists what the viewer may see: their own private quizzes, too.
    const listed = options.mine ? items : items.filter(({ visibility }) => visibility === "PUBLIC");
    return listed.length === 0 && next !== null ? fetchPage(next) : { page: { items: listed, next } };
  }
  const pages = usePages(fetchPage);

  watchDebounced(search, pages.reload, { debounce: 300 });
  watch(level, pages.reload);
  void pages.reload();
  return { ...pages, search, level };
}
