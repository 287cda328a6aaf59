import { type ComputedRef, computed, type Ref, ref, shallowRef, watch } from "vue";
import { useApi } from "../../graphql/api.ts";
import { errorKey, isUnavailable } from "../../graphql/errors.ts";
import { HostAccessDocument, type HostAccessQuery } from "../../graphql/generated/graphql.ts";
import { watchConnection } from "../../graphql/watchConnection.ts";
import type { MessageKey } from "../../i18n/i18n.ts";
import { joinOrigin } from "./joinAddress.ts";

export interface UseHostAccess {
  status: Ref<"loading" | "ready" | "notFound" | "failed">;
  /** What to say when the status is `failed`. */
  failure: Ref<MessageKey | null>;
  /** The session that the code meant when the page was opened. */
  sessionId: ComputedRef<string | undefined>;
  hosts: ComputedRef<boolean>;
  signedIn: ComputedRef<boolean>;
  /** Where players go, without a slash at the end. */
  origin: ComputedRef<string>;
  retry: () => Promise<void>;
}

/** Whether the viewer is this session's host, and which address to show to players. */
export function useHostAccess(code: () => string): UseHostAccess {
  const { client, connection, heldUp } = useApi();
  const access = shallowRef<HostAccessQuery>();
  const status = ref<"loading" | "ready" | "notFound" | "failed">("loading");
  const failure = ref<MessageKey | null>(null);

  async function retry(): Promise<void> {
    const asked = code();
    const { data, error } = await client.query(HostAccessDocument, { code: asked }).toPromise();
    if (asked !== code()) return;
    // Where a part of the server is away, what it should have told stands there as null.
    if (!data || (error && isUnavailable(error))) {
      if (access.value) return;
      failure.value = error ? errorKey(error) : "common.errorServer";
      status.value = "failed";
      return;
    }
    access.value = data;
    status.value = data.session ? "ready" : "notFound";
  }

  watch(
    code,
    () => {
      access.value = undefined;
      status.value = "loading";
      void retry();
    },
    { immediate: true },
  );
  // A first load that failed because the server was away succeeds by itself when it is back.
  const tryAgain = () => (status.value === "failed" ? retry() : undefined);
  watchConnection(connection, tryAgain);
  watch(heldUp.active, (held) => held || tryAgain());

  return {
    status,
    failure,
    sessionId: computed(() => access.value?.session?.id),
    hosts: computed(() => access.value?.viewer?.hosts ?? false),
    signedIn: computed(() => (access.value?.viewer?.user ?? null) !== null),
    origin: computed(() => joinOrigin(location, access.value?.serverInfo.publicUrl ?? null)),
    retry,
  };
}
