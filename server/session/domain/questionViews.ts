import type { ChoiceId } from "../../core/ids.ts";
import { questionsOver } from "./attempts.ts";
import type { ContentQuestion, SessionContent } from "./content.ts";
import type { OpenedQuestion, SessionSetup, SessionSnapshot } from "./session.ts";
import { shownChoices } from "./shownChoices.ts";

/** How the answers to a question fell: a count for each tally key. */
export interface Tally {
  readonly answerCount: number;
  readonly correctCount: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** A question on its way to someone's screen. */
export interface LiveQuestion {
  readonly question: ContentQuestion;
  readonly opened: OpenedQuestion;
  readonly session: Pick<SessionSetup, "id" | "seed" | "pacing">;
  /** HOST_PACED: how the answers fell so far. */
  readonly tally: Tally | null;
  /** Whether the solution may be known to whoever gets this. */
  readonly over: boolean;
}

/** A question whose solution may be known. */
export interface ReviewQuestion {
  readonly question: ContentQuestion;
  readonly number: number;
  readonly session: Pick<SessionSetup, "id" | "seed">;
}

export interface Solution {
  readonly choiceIds: readonly ChoiceId[];
  readonly acceptedAnswers: readonly string[];
  readonly explanation: string | null;
}

/** The question on everyone's screen, open or closed; null in a lobby, at the end, and in a self-paced session. */
export function questionOnScreen(session: SessionSnapshot, content: SessionContent): LiveQuestion | null {
  const { phase, setup } = session;
  if (phase.state !== "QUESTION_OPEN" && phase.state !== "QUESTION_CLOSED") return null;
  const question = content.questions[phase.question.number - 1];
  if (!question) return null;
  const { answerCount, correctCount, tally: counts } = session;
  return {
    question,
    opened: phase.question,
    session: setup,
    tally: { answerCount, correctCount, counts },
    over: phase.state === "QUESTION_CLOSED",
  };
}

/** How many questions, from the first on, are over for everyone: SELF_PACED, none before the end. */
export function overForEveryone({ phase }: SessionSnapshot): number {
  return questionsOver({ overCount: 0 }, phase, "HOST_PACED");
}

/** The first `count` questions, to be looked back at. */
export function reviewOf(
  setup: Pick<SessionSetup, "id" | "seed">,
  content: SessionContent,
  count: number,
): readonly ReviewQuestion[] {
  return content.questions
    .slice(0, count)
    .map((question, index) => ({ question, number: index + 1, session: setup }));
}

/** What is right. For ORDER: the choices in their right order. */
export function solutionOf(question: ContentQuestion): Solution {
  const right =
    question.kind === "ORDER" ? question.choices : question.choices.filter(({ correct }) => correct);
  return {
    choiceIds: right.map(({ id }) => id),
    acceptedAnswers: question.acceptedAnswers,
    explanation: question.explanation,
  };
}

/** The choices as players see them, without what is right. */
export function choicesOf({
  question,
  session,
}: Pick<LiveQuestion, "question"> & { session: { seed: string } }) {
  return shownChoices(question, session.seed).map(({ id, text }) => ({ id, text }));
}
