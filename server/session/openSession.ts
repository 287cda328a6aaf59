import { randomBytes, randomInt } from "node:crypto";
import type { Clock } from "../core/clock.ts";
import { type QuizId, sortableId, type UserId } from "../core/ids.ts";
import type { Admission } from "./admission.ts";
import { plannedQuestions } from "./domain/content.ts";
import type { Pacing, ScoringName, SessionSnapshot } from "./domain/session.ts";
import type { ContentSource } from "./ports.ts";
import type { LiveStore } from "./store/liveStore.ts";

export interface OpenSessionInput {
  readonly quizId: QuizId;
  readonly pacing: Pacing;
  readonly scoring: ScoringName;
  readonly closeWhenAllAnswered: boolean;
}

/** With 900,000 codes, this many tries fail together only when nearly all are in use. */
const CODE_TRIES = 100;

/** Six random digits, the first not 0: people drop leading zeros when they dictate or paste a code. */
const randomCode = () => String(randomInt(100_000, 1_000_000));

/**
 * Opens a lobby for the newest version of a quiz. Rejects where no code is free.
 * @throws NotFoundError, ForbiddenError where the user may not run this quiz; UnavailableError where there is no room
 */
export function createOpenSession(
  store: LiveStore,
  contents: Pick<ContentSource, "forNewSession">,
  clock: Clock,
  admission: Admission,
) {
  return async (hostId: UserId, input: OpenSessionInput): Promise<SessionSnapshot> => {
    const content = await contents.forNewSession(input.quizId, hostId);
    await admission.admit();
    const common = {
      id: sortableId<"Session">(),
      hostId,
      quizId: input.quizId,
      quizVersionId: content.quizVersionId,
      quizTitle: content.title,
      pacing: input.pacing,
      scoring: input.scoring,
      closeWhenAllAnswered: input.closeWhenAllAnswered,
      seed: randomBytes(16).toString("hex"),
      createdAt: clock.now(),
      questions: plannedQuestions(content),
    };
    for (let tries = 0; tries < CODE_TRIES; tries++) {
      if ((await store.create({ ...common, code: randomCode() })) === "code-taken") continue;
      const session = await store.read({ id: common.id });
      if (!session) throw new Error("A session that was just opened is not there");
      return session;
    }
    throw new Error("No free code found: nearly all codes are in use");
  };
}
