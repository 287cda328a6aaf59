import type { CombinedError } from "@urql/core";
import { type Ref, ref, shallowRef } from "vue";
import { client } from "../../graphql/client.ts";
import { type ProgramWebhookFragment, ProgramWebhooksDocument } from "../../graphql/generated/graphql.ts";

export interface UseWebhooks {
  /** Oldest first; null until they were read. */
  webhooks: Ref<readonly ProgramWebhookFragment[] | null>;
  loading: Ref<boolean>;
  error: Ref<CombinedError | null>;
  reload: () => Promise<void>;
  /** Shows a webhook as it is now, at its place or as the newest. */
  put: (webhook: ProgramWebhookFragment) => void;
  drop: (id: string) => void;
}

/** The webhooks of whoever is signed in. */
export function useWebhooks(): UseWebhooks {
  const webhooks = shallowRef<readonly ProgramWebhookFragment[] | null>(null);
  const loading = ref(false);
  const error = shallowRef<CombinedError | null>(null);

  async function reload(): Promise<void> {
    loading.value = true;
    const result = await client.query(ProgramWebhooksDocument, {}).toPromise();
    loading.value = false;
    error.value = result.error ?? null;
    if (result.data?.viewer) webhooks.value = result.data.viewer.webhooks;
  }

  function put(webhook: ProgramWebhookFragment): void {
    const list = webhooks.value ?? [];
    const isThere = list.some(({ id }) => id === webhook.id);
    webhooks.value = isThere
      ? list.map((one) => (one.id === webhook.id ? webhook : one))
      : [...list, webhook];
  }

  function drop(id: string): void {
    webhooks.value = (webhooks.value ?? []).filter((webhook) => webhook.id !== id);
  }

  void reload();
  return { webhooks, loading, error, reload, put, drop };
}
