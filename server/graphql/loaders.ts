import DataLoader from "dataloader";
import type { AccountUser } from "../account/index.ts";
import type { QuizVersionId, UserId } from "../core/ids.ts";
import type { Question } from "../quiz/index.ts";
import type { Services } from "./services.ts";

/** Batches what one operation reads of many rows; made anew for every operation. */
export interface Loaders {
  readonly user: DataLoader<UserId, AccountUser | null>;
  /** The questions of a version of a quiz. */
  readonly questions: DataLoader<QuizVersionId, readonly Question[]>;
}

export function createLoaders({ accounts, quizzes }: Pick<Services, "accounts" | "quizzes">): Loaders {
  return {
    user: new DataLoader((ids) => accounts.usersByIds(ids)),
    questions: new DataLoader((ids) => quizzes.questionsOf(ids)),
  };
}
