import { onScopeDispose } from "vue";
import { client } from "../../graphql/client.ts";
import {
  ProgramDeliveriesDocument,
  type ProgramDeliveryFragment,
  type ProgramWebhookFragment,
} from "../../graphql/generated/graphql.ts";
import { type PageResult, pageOf, type UsePages, unanswered, usePages } from "../library/usePages.ts";

const PAGE_SIZE = 10;
const LOOK_AGAIN_MS = 1000;
/** A try takes ten seconds at most. */
const LOOKS = 14;

export interface UseDeliveries extends UsePages<ProgramDeliveryFragment> {
  /** Looks until the message has been tried once more, or for a quarter of a minute. */
  follow: (delivery: ProgramDeliveryFragment) => Promise<void>;
}

/** The messages to a webhook, newest first. `onRead` is given the webhook as it is by then. */
export function useDeliveries(id: string, onRead: (webhook: ProgramWebhookFragment) => void): UseDeliveries {
  let left = false;
  onScopeDispose(() => {
    left = true;
  });

  async function fetchPage(after: string | null): Promise<PageResult<ProgramDeliveryFragment>> {
    const { data, error } = await client
      .query(ProgramDeliveriesDocument, { id, first: PAGE_SIZE, after })
      .toPromise();
    if (data?.node?.__typename !== "Webhook") return { error: error ?? unanswered() };
    const { deliveries, ...webhook } = data.node;
    onRead(webhook);
    return { page: pageOf(deliveries) };
  }
  const pages = usePages(fetchPage);
  void pages.reload();

  async function follow(sent: ProgramDeliveryFragment): Promise<void> {
    for (let looks = 0; looks < LOOKS && !left; looks++) {
      await pages.reload();
      const now = pages.items.value.find((delivery) => delivery.id === sent.id);
      // While it is on its way, it counts as tried, but nothing is known of it.
      const settled = now && (now.status !== "WAITING" || now.error !== null) && now.attempts > sent.attempts;
      if (settled) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
  return { ...pages, follow };
}
