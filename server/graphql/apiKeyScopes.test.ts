import { type GraphQLObjectType, isObjectType } from "graphql";
import { describe, expect, test } from "vitest";
import { schema } from "./schema.ts";

/**
 * What a key needs for each field that knows who asks: a scope, one of several, or `null`: no key, whatever its scopes.
 * New fields must be put here, or among those that are open.
 */
const NEEDS: Record<string, readonly string[] | null> = {
  "Query.attempts": ["READ_HISTORY"],
  "Query.learnerProgress": ["READ_HISTORY"],
  "Query.exportMyData": null,
  "Mutation.createApiKey": null,
  "Mutation.revokeApiKey": null,
  "Mutation.eraseAccount": null,
  "Mutation.eraseAttempt": null,
  "Mutation.createWebhook": null,
  "Mutation.updateWebhook": null,
  "Mutation.rotateWebhookSecret": null,
  "Mutation.deleteWebhook": null,
  "Mutation.sendTestEvent": null,
  "Mutation.resendWebhookDelivery": null,
  "Mutation.createQuiz": ["MANAGE_QUIZZES"],
  "Mutation.updateQuiz": ["MANAGE_QUIZZES"],
  "Mutation.deleteQuiz": ["MANAGE_QUIZZES"],
  "Mutation.copyQuiz": ["MANAGE_QUIZZES"],
  "Mutation.createSession": ["RUN_SESSIONS"],
  "Mutation.startSession": ["RUN_SESSIONS"],
  "Mutation.closeQuestion": ["RUN_SESSIONS"],
  "Mutation.finishSession": ["RUN_SESSIONS"],
  "Mutation.nextQuestion": ["RUN_SESSIONS"],
  "Mutation.removePlayer": ["RUN_SESSIONS"],
  "Mutation.createExport": ["READ_HISTORY"],
  "Viewer.apiKeys": null,
  "Viewer.webhooks": null,
  "Viewer.leaders": ["READ_HISTORY"],
  "Viewer.sessions": ["READ_HISTORY", "RUN_SESSIONS"],
  "Quiz.leaders": ["READ_HISTORY"],
  "Quiz.sessions": ["READ_HISTORY"],
  "Quiz.answers": ["READ_HISTORY"],
};

/** Decided by what is looked at; tests/api/apiKeys.test.ts tries each with keys. */
const BY_OBJECT = ["Quiz.questions", "Session.attempts", "Attempt.answers", "Attempt.review"];

/** Need no sign-in. Where they know who asks, tests/api/apiKeys.test.ts tries them with keys. */
const OPEN = [
  "Query.serverInfo",
  "Query.node",
  "Query.viewer",
  "Query.quiz",
  "Query.quizzes",
  "Query.session",
  "Query.leaderboard",
  "Query.quizStatistics",
  "Mutation.signUp",
  "Mutation.signIn",
  "Mutation.signOut",
  "Mutation.joinQuiz",
  "Mutation.submitAnswer",
  "Subscription.leaderboardUpdated",
  "Subscription.sessionUpdated",
  "Subscription.attemptUpdated",
  "Viewer.user",
  "Viewer.attempt",
  "Viewer.hosts",
];

interface Declared {
  readonly user?: true;
  readonly can?: string | readonly string[];
}

const types = Object.values(schema.getTypeMap()).filter(isObjectType);
const fieldsOf = (type: GraphQLObjectType) =>
  Object.values(type.getFields()).map((field) => {
    const options = field.extensions["pothosOptions"] as { readonly authScopes?: unknown } | undefined;
    return { name: `${type.name}.${field.name}`, authScopes: options?.authScopes };
  });
const all = types.flatMap(fieldsOf);
const declared = all.filter(({ authScopes }) => typeof authScopes === "object" && authScopes !== null);

describe("what API keys may do", () => {
  test.each(declared.map(({ name, authScopes }) => [name, authScopes as Declared] as const))(
    "%s says what a key needs for it, as it is written here",
    (name, { user, can, ...others }) => {
      expect(others).toEqual({});
      expect(NEEDS[name], `${name} is new: which scope should a key need for it?`).toBeDefined();
      expect(user ? null : [can].flat()).toEqual(NEEDS[name]);
    },
  );

  test("nothing that is written here is missing in the schema", () => {
    expect(declared.map(({ name }) => name).sort()).toEqual(Object.keys(NEEDS).sort());
    const decided = all.filter(({ authScopes }) => typeof authScopes === "function").map(({ name }) => name);
    expect(decided.sort()).toEqual([...BY_OBJECT].sort());
  });

  test("every query, mutation, subscription and field of the viewer is for keys by a scope, not for keys, or open", () => {
    const classified = new Set([...Object.keys(NEEDS), ...OPEN]);
    const found = ["Query", "Mutation", "Subscription", "Viewer"].flatMap((name) => {
      const type = schema.getType(name);
      return isObjectType(type) ? fieldsOf(type).map((field) => field.name) : [];
    });
    expect(found.filter((name) => !classified.has(name))).toEqual([]);
    expect(OPEN.filter((name) => !found.includes(name))).toEqual([]);
  });
});
