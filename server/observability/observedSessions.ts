import { UnavailableError } from "../core/refusals.ts";
import type { Sessions } from "../session/index.ts";
import type { AnswerOutcome, AnswerRecorder } from "./answerMetrics.ts";
import type { Tracer } from "./tracer.ts";

type Submit = Sessions["submit"];
type Outcome = Awaited<ReturnType<Submit>>;

/** The same use cases, with what becomes of each answer counted and, where it is traced, followed. */
export function observedSessions(
  sessions: Sessions,
  observe: { readonly metrics: { readonly answers: AnswerRecorder }; readonly tracer: Tracer },
): Sessions {
  const { answers } = observe.metrics;
  const submit: Submit = (input) =>
    observe.tracer.span(
      "submitAnswer",
      { "quiz.session": input.sessionId, "quiz.attempt": input.attemptId, "quiz.question": input.questionId },
      async () => {
        try {
          const outcome = await sessions.submit(input);
          answers.submitted(nameOf(outcome));
          return outcome;
        } catch (error) {
          answers.submitted(error instanceof UnavailableError ? "unavailable" : "failed");
          throw error;
        }
      },
    );
  return { ...sessions, submit };
}

function nameOf(outcome: Outcome): AnswerOutcome {
  switch (outcome.kind) {
    case "accepted":
      return outcome.repeated ? "repeated" : "accepted";
    case "already-answered":
      return "already_answered";
    case "not-open":
      return "not_open";
    case "not-found":
      return "not_found";
    case "invalid":
    case "removed":
      return outcome.kind;
  }
}
