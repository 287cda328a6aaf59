import { computed, ref } from "vue";
import { client } from "../../graphql/client.ts";
import { errorKey } from "../../graphql/errors.ts";
import { JoinQuizDocument } from "../../graphql/generated/graphql.ts";
import type { MessageKey } from "../../i18n/i18n.ts";
import { takeSeat } from "../../session/seats.ts";

/** Why a player could not join: what to say, and where. */
export interface JoinRefusal {
  key: MessageKey;
  /** `nickname`: beside the field. `game`: the code leads nowhere. `network`: trying again may help. */
  about: "nickname" | "game" | "network";
}

/** `crypto.randomUUID` is missing where a page comes over plain http, as in a classroom's own network. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36))
    .join("-")
    .padEnd(16, "-");
}

/** Joins the game with this code, and keeps the seat on this device. */
export function useJoin(code: () => string) {
  // One for all tries on this page: where the reply to one was lost, the next finds the seat that it took.
  const requestKey = randomKey();
  const joining = ref(false);
  const refusal = ref<JoinRefusal>();
  const suggestion = ref("");

  function refuse(key: MessageKey, about: JoinRefusal["about"]): false {
    refusal.value = { key, about };
    return false;
  }

  /** Whether the seat is taken. */
  async function join(nickname: string): Promise<boolean> {
    refusal.value = undefined;
    suggestion.value = "";
    const wanted = nickname.trim();
    if (wanted === "") return refuse("join.nicknameEmpty", "nickname");
    joining.value = true;
    const input = { code: code(), nickname: wanted, requestKey };
    const { data, error } = await client.mutation(JoinQuizDocument, { input }).toPromise();
    joining.value = false;
    if (!data) return refuse(error === undefined ? "common.errorServer" : errorKey(error), "network");
    const result = data.joinQuiz;
    switch (result.__typename) {
      case "JoinQuizSuccess":
        takeSeat(code(), result.playerToken, result.attempt.nickname);
        return true;
      case "NicknameTakenError":
        suggestion.value = result.suggestion;
        return refuse("join.nicknameTaken", "nickname");
      case "ValidationError":
        return refuse("join.nicknameInvalid", "nickname");
      case "SessionFinishedError":
        return refuse("join.finished", "game");
      case "NotFoundError":
        return refuse("join.notFound", "game");
    }
  }

  const nicknameRefusal = computed(() =>
    refusal.value?.about === "nickname" ? refusal.value.key : undefined,
  );
  return { join, joining, refusal, nicknameRefusal, suggestion };
}
