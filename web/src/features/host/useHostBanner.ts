import { type ComputedRef, computed } from "vue";
import { useApi } from "../../graphql/api.ts";
import type { MessageKey } from "../../i18n/i18n.ts";
import type { UseHostCommands } from "./useHostCommands.ts";

/** What the host's screens say in their banner: why nothing moves just now; undefined while all is well. */
export function useHostBanner({
  tryingAgain,
}: Pick<UseHostCommands, "tryingAgain">): ComputedRef<MessageKey | undefined> {
  const { connection, heldUp } = useApi();
  return computed(() => {
    if (connection.state.value === "away") return "host.away";
    if (heldUp.active.value) return "host.heldUp";
    return tryingAgain.value ? "host.tryingAgain" : undefined;
  });
}
