import type { SavedSession } from "./liveStore.ts";

/** The last time at which a saved session is known to have changed. */
export function lastChangeOf({ setup, phase, attempts, answers }: SavedSession): number {
  let last = setup.createdAt;
  const saw = (time: number | null | undefined) => {
    if (time !== null && time !== undefined && time > last) last = time;
  };
  if ("question" in phase) saw(phase.question.opensAt);
  for (const { joinedAt, finishedAt, facing } of attempts) {
    saw(joinedAt);
    saw(finishedAt);
    saw(facing?.opensAt);
  }
  for (const { answeredAt } of answers) saw(answeredAt);
  return last;
}
