import type { QuizDraft } from "./draft.ts";
import type { ServerIds } from "./serverIds.ts";

/** A draft that the server does not have yet, kept on this device. */
export interface KeptDraft {
  readonly draft: QuizDraft;
  readonly ids: ServerIds;
  /** `updatedAt` of the quiz that the draft was made from; null for a quiz that the server has never seen. */
  readonly base: string | null;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The place of a quiz's draft; `quizId` is null for the one new quiz. Users of one browser do not see each other's. */
export const draftPlace = (userId: string, quizId: string | null): string =>
  `quiz-draft:${userId}:${quizId ?? "new"}`;

/** Keeps the draft and says whether that worked: a full or blocked store must not stop the typing. */
export function keepDraft(store: Store, place: string, kept: KeptDraft): boolean {
  try {
    store.setItem(place, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(store: Store, place: string): void {
  try {
    store.removeItem(place);
  } catch {
    // Nothing was kept then, either.
  }
}

export function readDraft(store: Store, place: string): KeptDraft | null {
  try {
    const kept: unknown = JSON.parse(store.getItem(place) ?? "null");
    return isKeptDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Only this program writes here, so the outline is enough to tell a draft from a damaged or foreign entry. */
function isKeptDraft(value: unknown): value is KeptDraft {
  if (typeof value !== "object" || value === null || !("draft" in value) || !("ids" in value)) return false;
  const { draft } = value;
  return (
    typeof draft === "object" && draft !== null && "questions" in draft && Array.isArray(draft.questions)
  );
}
