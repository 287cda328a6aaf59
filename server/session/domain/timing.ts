import type { OpenedQuestion } from "./session.ts";

/** How long after the deadline an answer is still taken, as given at the deadline: the way through a slow network. */
export const FORGIVENESS_MS = 500;

/** When an open question closes by itself: the deadline, and the forgiveness after it. */
export function dueAt(question: OpenedQuestion): number {
  return question.closesAt + FORGIVENESS_MS;
}

/**
 * How long an answer to an open question took, in whole milliseconds, if it arrives at `now`; null where it is too
 * late. The forgiven time counts as the full time. 0 before the opening: then the clock was set back.
 */
export function elapsedAt(question: OpenedQuestion, now: number): number | null {
  if (now > dueAt(question)) return null;
  const fullTime = question.closesAt - question.opensAt;
  return Math.max(0, Math.min(Math.trunc(now - question.opensAt), fullTime));
}

/** The question as it goes on after a time in which nobody could answer. */
export function extended(question: OpenedQuestion, gapMs: number): OpenedQuestion {
  return { ...question, opensAt: question.opensAt + gapMs, closesAt: question.closesAt + gapMs };
}
