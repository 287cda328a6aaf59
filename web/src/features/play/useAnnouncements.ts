import { ref, watch } from "vue";
import { useT } from "../../i18n/i18n.ts";
import { useCountdown } from "../../session/useCountdown.ts";
import type { Play } from "./usePlay.ts";
import { verdictOf } from "./verdict.ts";

const warnAtSeconds = 10;

/** What a screen reader says, politely, when the game changes without the player's doing. */
export function useAnnouncements(play: Play) {
  const { t } = useT();
  const said = ref("");
  const { session, answers, attempt } = play;
  const question = () => session.value?.question;
  const { seconds } = useCountdown(play.clock, () =>
    session.value?.state === "QUESTION_OPEN" ? question() : undefined,
  );

  let warned: string | undefined;
  watch(seconds, (now, before) => {
    const open = question();
    // Once only: after an outage the same seconds pass a second time.
    if (!open || answers.has(open.id) || warned === open.id || now !== warnAtSeconds || before <= now) return;
    warned = open.id;
    said.value = t("play.secondsLeft", { count: now });
  });
  watch(
    () => answers.size,
    (now, before) => {
      if (now > before) said.value = t("play.received");
    },
  );
  watch(
    () => session.value?.state,
    (state) => {
      const now = question();
      if (state === "QUESTION_OPEN" && now) said.value = t("play.questionOpen", { number: now.number });
      if (state === "FINISHED") said.value = t("play.finished");
      if (state !== "QUESTION_CLOSED" || !now) return;
      const answer = answers.get(now.id);
      const verdict = verdictOf(answer);
      const words = {
        right: "play.right",
        partly: "play.partlyRight",
        wrong: "play.wrong",
        missed: "play.missed",
      } as const;
      const parts = verdict === undefined ? [] : [t(words[verdict])];
      if (answer?.points) parts.push(t("play.pointsGained", { count: answer.points }));
      if (attempt.value)
        parts.push(t("play.rankOf", { rank: attempt.value.rank, total: session.value?.playerCount ?? 0 }));
      said.value = parts.join(". ");
    },
  );
  return said;
}
