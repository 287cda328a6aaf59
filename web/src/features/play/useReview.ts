import { shallowRef } from "vue";
import { OwnReviewDocument } from "../../graphql/generated/graphql.ts";
import { untilAnswered } from "../../graphql/untilAnswered.ts";
import type { ReviewedQuestion } from "../../session/types.ts";
import type { Play } from "./usePlay.ts";

/** Every question that is over for the player, with its solution; asked for when a screen needs it. */
export function useReview(play: Pick<Play, "api" | "signal">) {
  const review = shallowRef<readonly ReviewedQuestion[]>();
  const failed = shallowRef(false);

  async function refresh(): Promise<void> {
    failed.value = false;
    try {
      const data = await untilAnswered(() => play.api.client.query(OwnReviewDocument, {}).toPromise(), {
        heldUp: play.api.heldUp,
        signal: play.signal,
      });
      review.value = data?.viewer?.attempt?.review ?? review.value;
    } catch {
      failed.value = true;
    }
  }
  return { review, failed, refresh };
}
