import type { QuestionId } from "../../core/ids.ts";
import type { OpenedQuestion, Pacing, Phase, PlannedQuestion } from "./session.ts";

/** What can happen to the state of a session. */
export type PhaseEvent =
  | { readonly kind: "start" }
  /** `after`: only if that is the question on screen. */
  | { readonly kind: "next"; readonly after: QuestionId | null }
  | { readonly kind: "close" }
  | { readonly kind: "finish" }
  | { readonly kind: "time-up"; readonly number: number }
  | { readonly kind: "all-answered"; readonly number: number };

export interface PhasePlan {
  readonly pacing: Pacing;
  readonly questions: readonly PlannedQuestion[];
}

type Transition =
  | { readonly kind: "changed"; readonly phase: Phase }
  | { readonly kind: "unchanged" }
  | { readonly kind: "refused" };

const UNCHANGED: Transition = { kind: "unchanged" };
const REFUSED: Transition = { kind: "refused" };

/** The whole state machine of a session. `now` in milliseconds since 1970, by the store's clock. */
export function transition(phase: Phase, event: PhaseEvent, plan: PhasePlan, now: number): Transition {
  switch (event.kind) {
    case "start":
      if (phase.state !== "LOBBY") return REFUSED;
      return plan.pacing === "SELF_PACED" ? changed({ state: "RUNNING" }) : open(1, plan, now);
    case "next":
      return next(phase, event.after, plan, now);
    case "close":
      return close(phase, now);
    case "finish":
      if (phase.state === "FINISHED") return UNCHANGED;
      return changed({ state: "FINISHED", finishedAt: now, asked: askedBy(phase, plan) });
    case "time-up":
      // The deadline stands as it was announced, however late somebody notices it.
      if (!isOpen(phase, event.number)) return UNCHANGED;
      return changed({ state: "QUESTION_CLOSED", question: phase.question });
    case "all-answered":
      return isOpen(phase, event.number) ? close(phase, now) : UNCHANGED;
  }
}

function next(phase: Phase, after: QuestionId | null, plan: PhasePlan, now: number): Transition {
  switch (phase.state) {
    case "LOBBY":
    case "RUNNING":
      return REFUSED;
    case "QUESTION_OPEN":
    case "QUESTION_CLOSED": {
      const { number } = phase.question;
      if (after !== null && plan.questions[number - 1]?.id !== after) return UNCHANGED;
      return open(number + 1, plan, now);
    }
    case "FINISHED":
      // A second click on the last question finds the session finished by the first.
      return after !== null && plan.pacing === "HOST_PACED" ? UNCHANGED : REFUSED;
  }
}

function close(phase: Phase, now: number): Transition {
  switch (phase.state) {
    case "QUESTION_OPEN": {
      const { question } = phase;
      // Not before it opened, even if the clock was set back meanwhile.
      const closesAt = Math.max(question.opensAt, Math.min(question.closesAt, now));
      return changed({ state: "QUESTION_CLOSED", question: { ...question, closesAt } });
    }
    case "QUESTION_CLOSED":
      return UNCHANGED;
    case "LOBBY":
    case "RUNNING":
    case "FINISHED":
      return REFUSED;
  }
}

/** Opens the question with this number; after the last one there is only the end. */
function open(number: number, plan: PhasePlan, now: number): Transition {
  const question = openedQuestion(plan.questions, number, now);
  if (!question) return changed({ state: "FINISHED", finishedAt: now, asked: plan.questions.length });
  return changed({ state: "QUESTION_OPEN", question });
}

/** The question with this number, opening now; null after the last. */
export function openedQuestion(
  questions: readonly PlannedQuestion[],
  number: number,
  now: number,
): OpenedQuestion | null {
  const question = questions[number - 1];
  return question ? { number, opensAt: now, closesAt: now + question.timeLimitMs } : null;
}

function isOpen(phase: Phase, number: number): phase is Phase & { state: "QUESTION_OPEN" } {
  return phase.state === "QUESTION_OPEN" && phase.question.number === number;
}

function askedBy(phase: Exclude<Phase, { state: "FINISHED" }>, plan: PhasePlan): number {
  if ("question" in phase) return phase.question.number;
  return phase.state === "RUNNING" ? plan.questions.length : 0;
}

function changed(phase: Phase): Transition {
  return { kind: "changed", phase };
}
