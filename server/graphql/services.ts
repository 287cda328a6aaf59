import type { Accounts, PlayerTokens } from "../account/index.ts";
import type { Exports } from "../export/index.ts";
import type { History } from "../history/index.ts";
import type { PersonalDataService } from "../personalData/index.ts";
import type { Quizzes } from "../quiz/index.ts";
import type { Sessions } from "../session/index.ts";
import type { Webhooks } from "../webhooks/index.ts";

/** What the schema can ask of the program: one entry for each slice, made by the composition root. */
export interface Services {
  readonly accounts: Accounts;
  readonly playerTokens: PlayerTokens;
  readonly quizzes: Quizzes;
  readonly sessions: Sessions;
  readonly history: History;
  readonly personalData: PersonalDataService;
  readonly webhooks: Webhooks;
  readonly exports: Exports;
  readonly server: ServerFacts;
}

export interface ServerFacts {
  /** The address for players, without a slash at the end. */
  readonly publicUrl: string;
  readonly version: string;
}
