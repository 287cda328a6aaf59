import type { Registry } from "prom-client";
import { counter, histogram } from "./series.ts";

/** What became of a submitted answer; "unavailable": the store could not be reached, and the player asks again. */
export const ANSWER_OUTCOMES = [
  "accepted",
  "repeated",
  "already_answered",
  "invalid",
  "not_open",
  "removed",
  "not_found",
  "unavailable",
  "failed",
] as const;
export type AnswerOutcome = (typeof ANSWER_OUTCOMES)[number];

export type AnswerRecorder = ReturnType<typeof answerMetrics>;

export function answerMetrics(registry: Registry) {
  const answers = counter(registry, "quiz_answers_total", "Submitted answers, by what became of them.", [
    "outcome",
  ]);
  for (const outcome of ANSWER_OUTCOMES) answers.inc({ outcome }, 0);
  const acknowledgement = histogram(
    registry,
    "quiz_answer_acknowledgement_seconds",
    "From the arrival of an operation to its result being handed to the socket, where it accepted an answer.",
  );
  return {
    submitted: (outcome: AnswerOutcome) => answers.inc({ outcome }),
    acknowledged: (seconds: number) => acknowledgement.observe(seconds),
  };
}
