import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";
import { OwnQuestionDocument } from "../../graphql/generated/graphql.ts";
import { untilAnswered } from "../../graphql/untilAnswered.ts";
import type { LiveQuestion } from "../../session/types.ts";
import { saysSoSoon } from "./saysSoSoon.ts";
import type { Play } from "./usePlay.ts";
import { useReview } from "./useReview.ts";

const tickMs = 250;
/** The server still takes an answer that is this late; only then is the question over for sure. */
const forgivenessMs = 500;

/**
 * A player's own way through the questions. Asking for a question starts its clock, so it is asked for only when the
 * player says so; the one after an answer comes with the acknowledgement, already running.
 */
export function useSelfPaced(play: Play) {
  const question = shallowRef<LiveQuestion>();
  const asking = ref(false);
  const failed = ref(false);
  /** Over without an answer, by the server's clock or by its word. */
  const missed = ref(false);
  const lastId = ref<string>();
  let checking = false;
  const { review, refresh: refreshReview } = useReview(play);

  async function ask(): Promise<void> {
    if (asking.value) return;
    asking.value = true;
    failed.value = false;
    try {
      const data = await untilAnswered(() => play.api.client.query(OwnQuestionDocument, {}).toPromise(), {
        heldUp: play.api.heldUp,
        signal: play.signal,
      });
      show(data?.viewer?.attempt?.question ?? undefined);
    } catch {
      failed.value = true;
    }
    asking.value = false;
  }

  function show(next: LiveQuestion | undefined): void {
    // The same question with more time: the server has added what an outage took away.
    if (next?.id === question.value?.id) {
      question.value = next;
      return;
    }
    lastId.value = question.value?.id ?? lastId.value;
    question.value = next;
    missed.value = false;
  }

  watch(play.handedOut, (next) => {
    if (next === undefined) return;
    show(next ?? undefined);
    void refreshReview();
  });

  /** The time on screen has run out. Whether the question is over says the server, which may have added to it. */
  async function checkDeadline(id: string): Promise<void> {
    if (checking || missed.value) return;
    checking = true;
    const isOver = async () => {
      await refreshReview();
      return review.value?.some((item) => item.question.id === id) === true;
    };
    const over = await saysSoSoon(isOver, play.signal);
    checking = false;
    if (question.value?.id !== id || play.answers.has(id)) return;
    if (!over) return void ask();
    missed.value = true;
    lastId.value = id;
  }
  const timer = setInterval(() => {
    const now = question.value;
    if (now === undefined || play.answers.has(now.id) || play.sending.value?.questionId === now.id) return;
    const late = play.clock.now() - Date.parse(now.closesAt);
    if (late > forgivenessMs || play.refusals.get(now.id) === "play.refusedLate") void checkDeadline(now.id);
  }, tickMs);
  onScopeDispose(() => clearInterval(timer));

  // Back after a reload in the middle: go on without asking, the clock may be running.
  const begun = computed(() => question.value !== undefined || play.answers.size > 0);
  watch(
    () => play.answers.size > 0 && question.value === undefined && play.handedOut.value === undefined,
    (resumed) => resumed && void ask(),
    { immediate: true },
  );

  const feedback = computed(() => {
    const item = review.value?.find(({ question: over }) => over.id === lastId.value);
    const answer = lastId.value === undefined ? undefined : play.answers.get(lastId.value);
    return lastId.value === undefined ? undefined : { id: lastId.value, item, answer };
  });

  return { question, asking, failed, missed, begun, feedback, ask };
}
