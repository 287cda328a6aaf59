import { client } from "../../graphql/client.ts";
import { AuthorQuizDocument, type AuthorQuizFragment } from "../../graphql/generated/graphql.ts";
import { draftOfQuiz, emptyDraft, type QuizDraft } from "./draft.ts";
import { draftPlace, type KeptDraft, readDraft } from "./keptDraft.ts";
import { idsOfQuiz, type ServerIds } from "./serverIds.ts";

/** What the editor begins with. */
export interface OpenedQuiz {
  readonly quizId: string | null;
  readonly draft: QuizDraft;
  readonly ids: ServerIds;
  /** Whether the server has this draft. */
  readonly saved: boolean;
  readonly updatedAt: string | null;
  /** Unsaved work of an earlier visit, which the draft above is; `outdated`: the quiz was changed elsewhere since. */
  readonly restored: {
    readonly keptAt: number;
    readonly outdated: boolean;
    /** The quiz as the server has it; null for a new one, and while the server is away. */
    readonly server: QuizDraft | null;
  } | null;
}

export type OpenResult =
  | { readonly kind: "opened"; readonly opened: OpenedQuiz }
  | { readonly kind: "notFound" }
  | { readonly kind: "unreachable" };

/** Opens a quiz of the viewer's own, or a new one, with the unsaved work that this device has kept. */
export async function openQuiz(userId: string, quizId: string | null): Promise<OpenResult> {
  const kept = readDraft(localStorage, draftPlace(userId, quizId));
  if (quizId === null) return { kind: "opened", opened: kept ? restore(kept, null, null) : newQuiz() };
  const { data, error } = await client.query(AuthorQuizDocument, { id: quizId }).toPromise();
  // With the network gone, what this device has kept can still be read and worked on.
  if (error && kept) return { kind: "opened", opened: restore(kept, quizId, null) };
  if (error) return { kind: "unreachable" };
  const quiz = data?.quiz;
  if (!quiz?.mine || !quiz.questions) return { kind: "notFound" };
  return { kind: "opened", opened: kept ? restore(kept, quizId, quiz) : savedQuiz(quiz) };
}

/** The quiz as the server has it, whatever this device has kept. */
export function savedQuiz(quiz: AuthorQuizFragment): OpenedQuiz {
  const draft = draftOfQuiz(quiz);
  return {
    quizId: quiz.id,
    draft,
    ids: idsOfQuiz(quiz),
    saved: true,
    updatedAt: quiz.updatedAt,
    restored: null,
  };
}

export function newQuiz(): OpenedQuiz {
  return { quizId: null, draft: emptyDraft(), ids: {}, saved: false, updatedAt: null, restored: null };
}

function restore(kept: KeptDraft, quizId: string | null, quiz: AuthorQuizFragment | null): OpenedQuiz {
  const keys = new Map(Object.entries(kept.ids).map(([key, id]) => [id, key]));
  const keyOf = (id: string) => keys.get(id) ?? id;
  return {
    quizId,
    draft: kept.draft,
    // Parts that were removed elsewhere have lost their ids, and are sent as new.
    ids: quiz ? idsOfQuiz(quiz, keyOf) : kept.ids,
    saved: false,
    updatedAt: quiz?.updatedAt ?? kept.base,
    restored: {
      keptAt: kept.keptAt,
      outdated: quiz !== null && kept.base !== null && quiz.updatedAt !== kept.base,
      server: quiz ? draftOfQuiz(quiz, keyOf) : null,
    },
  };
}
