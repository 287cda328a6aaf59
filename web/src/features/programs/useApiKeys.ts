import type { CombinedError } from "@urql/core";
import { type Ref, ref, shallowRef } from "vue";
import { client } from "../../graphql/client.ts";
import {
  type ProgramKeyFragment,
  ProgramKeysDocument,
  ProgramsRevokeApiKeyDocument,
} from "../../graphql/generated/graphql.ts";

export interface UseApiKeys {
  /** Newest first; null until they were read. */
  keys: Ref<readonly ProgramKeyFragment[] | null>;
  loading: Ref<boolean>;
  error: Ref<CombinedError | null>;
  reload: () => Promise<void>;
  /** Shows a key that was just made. */
  add: (key: ProgramKeyFragment) => void;
  /** Ends a key for good; false where the server could not be reached, or refused. */
  revoke: (key: ProgramKeyFragment) => Promise<boolean>;
}

/** The API keys of whoever is signed in. */
export function useApiKeys(): UseApiKeys {
  const keys = shallowRef<readonly ProgramKeyFragment[] | null>(null);
  const loading = ref(false);
  const error = shallowRef<CombinedError | null>(null);

  async function reload(): Promise<void> {
    loading.value = true;
    const result = await client.query(ProgramKeysDocument, {}, { requestPolicy: "network-only" }).toPromise();
    loading.value = false;
    error.value = result.error ?? null;
    if (result.data?.viewer) keys.value = result.data.viewer.apiKeys;
  }

  function add(key: ProgramKeyFragment): void {
    keys.value = [key, ...(keys.value ?? [])];
  }

  async function revoke({ id }: ProgramKeyFragment): Promise<boolean> {
    const { data } = await client.mutation(ProgramsRevokeApiKeyDocument, { id }).toPromise();
    if (data?.revokeApiKey.__typename !== "RevokeApiKeySuccess") return false;
    keys.value = (keys.value ?? []).filter((key) => key.id !== id);
    return true;
  }

  void reload();
  return { keys, loading, error, reload, add, revoke };
}
