import { readId } from "../../core/ids.ts";
import { builder } from "../../graphql/builder.ts";
import { globalId } from "../../graphql/globalIds.ts";
import type { AnswerRecord, PointsBreakdown } from "../domain/session.ts";
import { seesAttempt } from "./viewing.ts";

const Breakdown = builder.objectRef<PointsBreakdown>("PointsBreakdown").implement({
  description: "points = round(base × speed × share) + streakBonus, rounded half up.",
  fields: (t) => ({
    base: t.exposeInt("base", { description: "What the question is worth." }),
    speed: t.exposeFloat("speed", {
      description:
        "1 for an answer at once, down to 1 − speedShare at the deadline; always 1 under ACCURACY.",
    }),
    share: t.exposeFloat("share", { description: "The share of the question that is right, 0 to 1." }),
    streak: t.exposeInt("streak", {
      description: "How many right answers in a row this one makes; 0 for a wrong one.",
    }),
    streakBonus: t.exposeInt("streakBonus", { description: "Points on top, for the streak." }),
  }),
});

/** A given answer. Whoever reaches one may see all of it: the fields that lead here ask. */
export const AnswerType = builder.objectRef<AnswerRecord>("Answer");

builder.node(AnswerType, {
  description: "A player's answer to a question, which counts.",
  id: {
    description: "The same for the same thing, everywhere and for ever.",
    // An attempt has one answer to a question at most (I1), so the two together are its id.
    resolve: (answer) => `${answer.attemptId}:${answer.questionId}`,
  },
  loadOne: async (id, context) => {
    const [attemptPart = "", questionPart = ""] = id.split(":");
    const attemptId = readId<"Attempt">(attemptPart);
    const attempt = attemptId && (await context.services.sessions.reader.anyAttempt(attemptId));
    if (!attempt || !(await seesAttempt(context, attempt.record))) return null;
    return attempt.answers.find(({ questionId }) => questionId === questionPart) ?? null;
  },
  fields: (t) => ({
    questionId: t.id({
      description: "The id of the Question.",
      resolve: (answer) => globalId("Question", answer.questionId),
    }),
    correct: t.exposeBoolean("correct", {
      nullable: true,
      description:
        "This and `points`: null only where a session's setting withholds them until the question closes.",
    }),
    points: t.exposeInt("points", { nullable: true, description: "What the answer earned." }),
    elapsedMs: t.exposeInt("elapsedMs", {
      description: "From the question's opening to the answer's arrival at the server.",
    }),
    answeredAt: t.field({
      type: "DateTime",
      description: "When it arrived, by the store's clock.",
      resolve: (answer) => answer.answeredAt,
    }),
    choiceIds: t.idList({
      description: "The picked choices; in ORDER, in the player's order. Empty for TYPED.",
      resolve: (answer) => [...answer.given.choiceIds],
    }),
    text: t.string({
      nullable: true,
      description: "TYPED: as the player wrote it.",
      resolve: (answer) => answer.given.text,
    }),
    breakdown: t.expose("breakdown", { type: Breakdown, description: "How the points came about." }),
  }),
});
