import { onScopeDispose, type Ref, ref } from "vue";
import { useApi } from "../../graphql/api.ts";
import { SavingDocument } from "../../graphql/generated/graphql.ts";
import { untilAnswered } from "../../graphql/untilAnswered.ts";

const everyMs = 1_000;

/** Whether changes of the session are still on their way into the results; asked for each second until none is. */
export function useSaving(code: () => string): Readonly<Ref<boolean>> {
  const { client, heldUp } = useApi();
  const saving = ref(false);
  const leaving = new AbortController();
  onScopeDispose(() => leaving.abort());

  async function look(): Promise<void> {
    const { signal } = leaving;
    while (!signal.aborted) {
      const data = await untilAnswered(() => client.query(SavingDocument, { code: code() }).toPromise(), {
        heldUp,
        signal,
      });
      saving.value = (data?.session?.unsavedChanges ?? 0) > 0;
      if (!saving.value) return;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }
  look().catch(() => {
    // It cannot be known: then nothing is said.
    saving.value = false;
  });
  return saving;
}
