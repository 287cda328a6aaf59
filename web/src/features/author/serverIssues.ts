import type { SentKeys } from "./toQuizInput.ts";
import { type FieldId, type Problem, questionField, textField } from "./validateDraft.ts";

export interface ServerIssue {
  readonly path: readonly string[];
  readonly message: string;
}

/**
 * The server's objections, at the fields that they are about. Its paths count the parts as they were sent
 * (["input", "questions", "1", "choices", "0", "text"], the leading "input" may be missing), so what was typed or moved since
 * does not shift them.
 */
export function problemsOfIssues(issues: readonly ServerIssue[], sent: SentKeys): Problem[] {
  return issues.map(({ path, message }) => ({
    ...place(path[0] === "input" ? path.slice(1) : path, sent),
    text: { code: "server", message },
    severity: "error",
  }));
}

function place(path: readonly string[], sent: SentKeys): { field: FieldId; questionKey: string | null } {
  const [top, index, name, partIndex] = path;
  if (top !== "questions") return { field: top ?? "quiz", questionKey: null };
  const keys = index === undefined ? undefined : sent.questions[Number(index)];
  if (!keys) return { field: "questions", questionKey: null };
  const questionKey = keys.question;
  const at = (field: FieldId) => ({ field, questionKey });
  if (name === "choices" || name === "acceptedAnswers") {
    const parts = name === "choices" ? keys.choices : keys.answers;
    const partKey = partIndex === undefined ? undefined : parts[Number(partIndex)];
    return at(partKey === undefined ? questionField(questionKey, name) : textField(partKey));
  }
  if (name === "timeLimitSeconds" || name === "points" || name === "explanation") {
    return at(questionField(questionKey, name));
  }
  return at(questionField(questionKey, "prompt"));
}
