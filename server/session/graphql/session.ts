import { readId } from "../../core/ids.ts";
import { NotFoundError } from "../../core/refusals.ts";
import { builder } from "../../graphql/builder.ts";
import { globalId } from "../../graphql/globalIds.ts";
import { overForEveryone, questionOnScreen, reviewOf } from "../domain/questionViews.ts";
import type { SessionSnapshot } from "../domain/session.ts";
import { PacingEnum, ScoringEnum, SessionStateEnum } from "./enums.ts";
import { firstArg, LeaderboardType, leaderboardComplexity, readFirst } from "./leaderboard.ts";
import { LiveQuestionType, ReviewQuestionType } from "./question.ts";

export const SessionType = builder.objectRef<SessionSnapshot>("Session");

builder.node(SessionType, {
  description:
    "A run of a quiz that players join by its code. It looks the same to every viewer, as its leaderboard does.",
  // Subscriptions share what is named here (transport/sharedExecution); what is added elsewhere may be for the host.
  extensions: {
    sameForEveryone: [
      "id",
      "code",
      "version",
      "unsavedChanges",
      "state",
      "pacing",
      "scoring",
      "closeWhenAllAnswered",
      "quizId",
      "quizTitle",
      "questionCount",
      "playerCount",
      "question",
      "leaderboard",
      "serverTime",
      "createdAt",
      "finishedAt",
      "review",
    ],
  },
  id: {
    description: "The same for the same thing, everywhere and for ever.",
    resolve: (session) => session.setup.id,
  },
  loadOne: (id, context) => {
    const sessionId = readId<"Session">(id);
    return sessionId && context.services.sessions.reader.byId(sessionId);
  },
  fields: (t) => ({
    code: t.string({
      description: "Six digits, unique among unfinished sessions.",
      resolve: ({ setup }) => setup.code,
    }),
    version: t.exposeInt("version", { description: "Counts every change of the session; never goes back." }),
    unsavedChanges: t.int({
      description:
        "How many of the changes are not in the history yet; 0 when everything is. Reports are complete once the session\nis finished and this is 0.",
      resolve: ({ version, storedVersion }) => Math.max(0, version - storedVersion),
    }),
    state: t.field({
      type: SessionStateEnum,
      description: "What is going on.",
      resolve: ({ phase }) => phase.state,
    }),
    pacing: t.field({
      type: PacingEnum,
      description: "Who sets the pace.",
      resolve: ({ setup }) => setup.pacing,
    }),
    scoring: t.field({
      type: ScoringEnum,
      description: "How points are earned.",
      resolve: ({ setup }) => setup.scoring,
    }),
    closeWhenAllAnswered: t.boolean({
      description: "HOST_PACED: a question closes as soon as every active player has answered it.",
      resolve: ({ setup }) => setup.closeWhenAllAnswered,
    }),
    quizId: t.id({
      description:
        "The id of the Quiz that it was opened from, which may have been edited or deleted since, or be for its owner alone.",
      resolve: ({ setup }) => globalId("Quiz", setup.quizId),
    }),
    quizTitle: t.string({
      description: "The quiz's title when the session was opened.",
      resolve: ({ setup }) => setup.quizTitle,
    }),
    questionCount: t.int({
      description: "How many questions the quiz had then.",
      resolve: ({ setup }) => setup.questions.length,
    }),
    playerCount: t.exposeInt("playerCount", {
      description: "How many play; who was removed does not count.",
    }),
    question: t.field({
      type: LiveQuestionType,
      nullable: true,
      description:
        "HOST_PACED: the question on screen, open or closed. SELF_PACED: null; each attempt has its own.",
      resolve: async (session, _args, { services }) =>
        questionOnScreen(session, await services.sessions.reader.contentOf(session.setup)),
    }),
    leaderboard: t.field({
      type: LeaderboardType,
      description: "The standings.",
      args: { first: firstArg(t.arg) },
      complexity: leaderboardComplexity,
      resolve: async ({ setup }, { first }, { services }) => {
        const standings = await services.sessions.reader.standings(setup.id, readFirst(first));
        if (!standings) throw new NotFoundError("This session is gone.");
        return standings;
      },
    }),
    serverTime: t.field({
      type: "DateTime",
      description: "The store's clock when this was read, for countdowns.",
      resolve: ({ now }) => now,
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When the lobby was opened.",
      resolve: ({ setup }) => setup.createdAt,
    }),
    finishedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it was over; null before.",
      resolve: ({ phase }) => (phase.state === "FINISHED" ? phase.finishedAt : null),
    }),
    review: t.field({
      type: [ReviewQuestionType],
      description:
        "The questions whose solutions everyone may know: the closed ones; all that were asked, once the session is finished.",
      resolve: async (session, _args, { services }) => {
        const content = await services.sessions.reader.contentOf(session.setup);
        return [...reviewOf(session.setup, content, overForEveryone(session))];
      },
    }),
  }),
});

builder.queryField("session", (t) =>
  t.field({
    type: SessionType,
    nullable: true,
    description: "The unfinished or finished session that has this code; null where there is none.",
    args: { code: t.arg.string({ required: true, description: "The six digits." }) },
    resolve: (_root, { code }, { services, limits }) => {
      const given = code.trim();
      return limits.byCode(given, () => services.sessions.reader.byCode(given));
    },
  }),
);

builder.queryField("leaderboard", (t) =>
  t.field({
    type: LeaderboardType,
    nullable: true,
    description: "The standings of the session that has this code; null where there is none.",
    args: {
      code: t.arg.string({ required: true, description: "The six digits." }),
      first: firstArg(t.arg),
    },
    complexity: leaderboardComplexity,
    resolve: async (_root, args, { services: { sessions }, limits }) => {
      const first = readFirst(args.first);
      const code = args.code.trim();
      const session = await limits.byCode(code, () => sessions.reader.byCode(code));
      return session && sessions.reader.standings(session.setup.id, first);
    },
  }),
);
