import DataLoader from "dataloader";
import type { AccountUser } from "../account/index.ts";
import type { QuizVersionId, SessionId, UserId } from "../core/ids.ts";
import type { Question } from "../quiz/index.ts";
import type { Services } from "./services.ts";

/** Batches what one operation reads of many rows; made anew for every operation. */
export interface Loaders {
  readonly user: DataLoader<UserId, AccountUser | null>;
  /** The questions of a version of a quiz. */
  readonly questions: DataLoader<QuizVersionId, readonly Question[]>;
  /**
   * Waits until what the session's history says is all that happened, for a short time; then false. To be asked before
   * the history of a session is read that may have changed just now.
   */
  readonly saved: DataLoader<SessionId, boolean>;
}

/** The journal is behind by less, unless PostgreSQL is away; then, what is there is better than nothing. */
const SAVED_WAIT_MS = 1500;

type LoaderServices = Pick<Services, "accounts" | "quizzes"> & {
  readonly sessions: Pick<Services["sessions"], "caughtUp">;
};

export function createLoaders({ accounts, quizzes, sessions }: LoaderServices): Loaders {
  return {
    user: new DataLoader((ids) => accounts.usersByIds(ids)),
    questions: new DataLoader((ids) => quizzes.questionsOf(ids)),
    saved: new DataLoader((ids) => Promise.all(ids.map((id) => sessions.caughtUp(id, SAVED_WAIT_MS)))),
  };
}
