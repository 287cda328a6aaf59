import type { ApiKeyScope } from "../../graphql/generated/graphql.ts";
import type { MessageKey } from "../../i18n/i18n.ts";

/** What a scope is called here, and what it means. */
export const scopeKeys: Record<ApiKeyScope, { readonly label: MessageKey; readonly hint: MessageKey }> = {
  READ_HISTORY: { label: "apiKeys.readHistory", hint: "apiKeys.readHistoryHint" },
  MANAGE_QUIZZES: { label: "apiKeys.manageQuizzes", hint: "apiKeys.manageQuizzesHint" },
  RUN_SESSIONS: { label: "apiKeys.runSessions", hint: "apiKeys.runSessionsHint" },
};

export const SCOPES = Object.keys(scopeKeys) as ApiKeyScope[];
