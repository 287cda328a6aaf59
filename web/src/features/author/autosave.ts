import type { AuthorQuizFragment, QuizInput } from "../../graphql/generated/graphql.ts";
import type { QuizDraft } from "./draft.ts";
import { idsAfterSave, type ServerIds } from "./serverIds.ts";
import { problemsOfIssues, type ServerIssue } from "./serverIssues.ts";
import { toQuizInput } from "./toQuizInput.ts";
import { isValid, type Problem, validateDraft } from "./validateDraft.ts";

export type SaveResult =
  | { readonly kind: "saved"; readonly quiz: AuthorQuizFragment }
  | { readonly kind: "invalid"; readonly issues: readonly ServerIssue[] }
  | { readonly kind: "refused"; readonly reason: Refusal }
  | { readonly kind: "unreachable" };

export type Refusal = "signedOut" | "forbidden" | "gone";

export type SaveState =
  /** A new quiz that nothing was written into. */
  | { readonly kind: "new" }
  | { readonly kind: "saved" }
  | { readonly kind: "pending" }
  | { readonly kind: "saving" }
  /** Kept on this device until what is wrong is put right. */
  | { readonly kind: "invalid" }
  /** `retryAt`: milliseconds since 1970. */
  | { readonly kind: "retrying"; readonly retryAt: number }
  | { readonly kind: "offline" }
  | { readonly kind: "refused"; readonly reason: Refusal };

export interface AutosaveOptions {
  readonly quizId: string | null;
  readonly draft: QuizDraft;
  readonly ids: ServerIds;
  /** Whether the server has this very draft; false for a new quiz and for a restored draft. */
  readonly saved: boolean;
  readonly save: (quizId: string | null, input: QuizInput) => Promise<SaveResult>;
  readonly isOnline: () => boolean;
  /** Called at once after every edit with what the server does not have; null when it has everything. */
  readonly keep: (unsaved: { draft: QuizDraft; ids: ServerIds } | null, quizId: string | null) => void;
  readonly onState: (state: SaveState) => void;
  readonly onSaved: (quiz: AuthorQuizFragment) => void;
  readonly onProblems: (problems: Problem[]) => void;
}

export interface Autosave {
  /** Takes the newest draft: keeps it on the device now, and saves it soon. */
  edited(draft: QuizDraft): void;
  /** Saves now whatever is unsaved; true when the server has the newest draft. */
  flush(): Promise<boolean>;
  isSaved(): boolean;
  /** Stops saving; what is unsaved stays on the device. */
  dispose(): void;
}

/** A save follows the last keystroke after this, and the first unsaved one after MAX_WAIT_MS at the latest. */
const DELAY_MS = 800;
const MAX_WAIT_MS = 5000;
const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 30_000;

/**
 * Saves a draft by itself. One save is under way at a time; what is typed meanwhile stays as typed and is saved after it.
 * A save that does not reach the server is repeated, ever less often, until it does.
 */
export function createAutosave(options: AutosaveOptions): Autosave {
  let { draft, ids, quizId } = options;
  let savedDraft: QuizDraft | null = options.saved ? draft : null;
  let unsavedSince: number | null = null;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underWay: Promise<void> | null = null;
  let disposed = false;

  const isSaved = () => draft === savedDraft;
  const keep = () => options.keep(isSaved() ? null : { draft, ids }, quizId);

  function plan(): void {
    clearTimeout(timer);
    if (disposed) return;
    if (isSaved()) {
      unsavedSince = null;
      options.onState({ kind: "saved" });
    } else if (!isValid(validateDraft(draft))) {
      failures = 0;
      options.onState({ kind: "invalid" });
    } else if (!options.isOnline()) {
      options.onState({ kind: "offline" });
    } else {
      unsavedSince ??= Date.now();
      options.onState({ kind: "pending" });
      timer = setTimeout(saveNow, Math.max(0, Math.min(DELAY_MS, unsavedSince + MAX_WAIT_MS - Date.now())));
    }
  }

  function saveNow(): Promise<void> {
    clearTimeout(timer);
    underWay ??= saveOnce().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  async function saveOnce(): Promise<void> {
    const sending = draft;
    if (disposed || isSaved() || !isValid(validateDraft(sending))) return plan();
    const { input, sent } = toQuizInput(sending, ids);
    options.onState({ kind: "saving" });
    const result = await options.save(quizId, input).catch((): SaveResult => ({ kind: "unreachable" }));
    unsavedSince = null;
    switch (result.kind) {
      case "saved":
        failures = 0;
        savedDraft = sending;
        ids = idsAfterSave(sent, result.quiz);
        quizId = result.quiz.id;
        options.onSaved(result.quiz);
        keep();
        return plan();
      case "invalid":
        failures = 0;
        options.onProblems(problemsOfIssues(result.issues, sent));
        return draft === sending ? report({ kind: "invalid" }) : plan();
      case "refused":
        failures = 0;
        return report({ kind: "refused", reason: result.reason });
      case "unreachable":
        return retryLater();
    }
  }

  function report(state: SaveState): void {
    if (!disposed) options.onState(state);
  }

  function retryLater(): void {
    if (disposed) return;
    // Half of the pause is random, so that many authors do not come back to a restarted server at the same moment.
    const pause = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) * (0.5 + Math.random() / 2);
    failures += 1;
    options.onState(
      options.isOnline() ? { kind: "retrying", retryAt: Date.now() + pause } : { kind: "offline" },
    );
    timer = setTimeout(saveNow, pause);
  }

  return {
    edited(next) {
      draft = next;
      keep();
      if (underWay === null && failures === 0) plan();
    },
    async flush() {
      // The save under way may have begun before the last keystroke: then one more follows it.
      if (underWay) await underWay;
      if (!isSaved()) await saveNow();
      return isSaved();
    },
    isSaved,
    dispose() {
      disposed = true;
      clearTimeout(timer);
    },
  };
}
