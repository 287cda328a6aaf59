import type { AttemptId, QuestionId, SessionId } from "../core/ids.ts";
import { checkAnswer, type RawAnswer } from "./domain/answerChecking.ts";
import type { AnswerRecord, AttemptSnapshot } from "./domain/session.ts";
import type { SessionReader } from "./sessionReader.ts";
import type { LiveStore } from "./store/liveStore.ts";

export interface SubmitInput {
  readonly sessionId: SessionId;
  readonly attemptId: AttemptId;
  readonly questionId: QuestionId;
  readonly answer: RawAnswer;
}

export type SubmitAnswerOutcome =
  | {
      readonly kind: "accepted";
      readonly answer: AnswerRecord;
      readonly attempt: AttemptSnapshot;
      /** Whether it was recorded before, and this is its result unchanged. */
      readonly repeated: boolean;
    }
  | { readonly kind: "already-answered"; readonly answer: AnswerRecord }
  | {
      readonly kind: "invalid";
      readonly issues: readonly { readonly path: readonly string[]; readonly message: string }[];
    }
  | { readonly kind: "not-open" }
  | { readonly kind: "removed" }
  | { readonly kind: "not-found" };

/**
 * Answers a question, once. The domain judges against the session's content; the store decides, in one atomic step,
 * whether it counts, and what it earns.
 */
export function createSubmitAnswer(store: LiveStore, reader: SessionReader) {
  return async (input: SubmitInput): Promise<SubmitAnswerOutcome> => {
    const known = await reader.setupAndContent(input.sessionId);
    const question = known?.content.questions.find(({ id }) => id === input.questionId);
    if (!question) return { kind: "not-found" };
    const judged = checkAnswer(question, input.answer);
    if (judged.kind === "invalid") return judged;

    const { attemptId, questionId } = input;
    const { given, fingerprint, tallyKeys, correct, share } = judged;
    const outcome = await store.submit(input.sessionId, {
      attemptId,
      questionId,
      given,
      fingerprint,
      tallyKeys,
      correct,
      share,
    });
    switch (outcome.kind) {
      case "recorded":
      case "repeated":
        return {
          kind: "accepted",
          answer: outcome.answer,
          attempt: outcome.attempt,
          repeated: outcome.kind === "repeated",
        };
      case "not-found":
        return (await archived(reader, input, fingerprint)) ?? outcome;
      default:
        return outcome;
    }
  };
}

/** A retry that comes after the store has let go of the session still gets its first result. */
async function archived(
  reader: SessionReader,
  input: SubmitInput,
  fingerprint: string,
): Promise<SubmitAnswerOutcome | null> {
  const attempt = await reader.attempt(input.sessionId, input.attemptId);
  if (!attempt) return null;
  if (attempt.status === "REMOVED") return { kind: "removed" };
  const answer = attempt.answers.find(({ questionId }) => questionId === input.questionId);
  if (!answer) return { kind: "not-open" };
  return answer.fingerprint === fingerprint
    ? { kind: "accepted", answer, attempt, repeated: true }
    : { kind: "already-answered", answer };
}
