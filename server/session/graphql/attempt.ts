import { readId } from "../../core/ids.ts";
import { numberKey, pageOf, readPageRequest } from "../../core/page.ts";
import { NotFoundError } from "../../core/refusals.ts";
import { builder } from "../../graphql/builder.ts";
import { connection, pageArgs, pageComplexity } from "../../graphql/connections.ts";
import type { Context } from "../../graphql/context.ts";
import {
  type LiveQuestion,
  overForEveryone,
  questionOnScreen,
  type ReviewQuestion,
  reviewOf,
} from "../domain/questionViews.ts";
import type { AnswerRecord, AttemptSnapshot, SessionSnapshot } from "../domain/session.ts";
import { dueAt } from "../domain/timing.ts";
import { AnswerType } from "./answer.ts";
import { AttemptStatusEnum } from "./enums.ts";
import { LiveQuestionType, ReviewQuestionType } from "./question.ts";
import { SessionType } from "./session.ts";
import { isPlayer, seesAttempt } from "./viewing.ts";

const AttemptAnswersConnection = connection("AttemptAnswersConnection", AnswerType);

const ReviewItem = builder
  .objectRef<{ question: ReviewQuestion; answer: AnswerRecord | null }>("ReviewItem")
  .implement({
    description: "A question that the player met, and what they made of it.",
    fields: (t) => ({
      question: t.expose("question", {
        type: ReviewQuestionType,
        description: "The question, with its solution.",
      }),
      answer: t.expose("answer", {
        type: AnswerType,
        nullable: true,
        description: "Null where the player gave no answer.",
      }),
    }),
  });

export const AttemptType = builder.objectRef<AttemptSnapshot>("Attempt");

builder.node(AttemptType, {
  description: "One player's run through one session.",
  id: {
    description: "The same for the same thing, everywhere and for ever.",
    resolve: ({ record }) => record.id,
  },
  loadOne: (id, context) => {
    const attemptId = readId<"Attempt">(id);
    return attemptId && context.services.sessions.reader.anyAttempt(attemptId);
  },
  fields: (t) => ({
    nickname: t.string({ description: "As it is shown.", resolve: ({ record }) => record.nickname }),
    status: t.expose("status", { type: AttemptStatusEnum, description: "What has become of it." }),
    score: t.int({ description: "The sum of the points so far.", resolve: ({ record }) => record.score }),
    rank: t.exposeInt("rank", {
      description: "From 1; equal scores share a rank. 0 once the player was removed.",
    }),
    answeredCount: t.int({
      description: "How many questions were answered.",
      resolve: ({ record }) => record.answeredCount,
    }),
    correctCount: t.int({
      description: "How many answers were entirely right.",
      resolve: ({ record }) => record.correctCount,
    }),
    streak: t.exposeInt("streak", { description: "How many right answers in a row, up to now." }),
    joinedAt: t.field({
      type: "DateTime",
      description: "When the player joined.",
      resolve: ({ record }) => record.joinedAt,
    }),
    finishedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When the player had every question behind them, or the session was over; null before.",
      resolve: ({ finishedAt }) => finishedAt,
    }),
    question: t.field({
      type: LiveQuestionType,
      nullable: true,
      description:
        "What this player faces now. HOST_PACED: the open question. SELF_PACED: their next one, its time running since it was first handed out. Null when there is none, and for other viewers.",
      resolve: (attempt, _args, context) =>
        isPlayer(context, attempt.record) ? questionFaced(attempt, context) : null,
    }),
    session: t.field({
      type: SessionType,
      description: "The session that is played.",
      resolve: ({ record }, _args, context) => sessionOf(record.sessionId, context),
    }),
    answers: t.field({
      type: AttemptAnswersConnection,
      description: "The player's given answers, in the order of the questions. For the player and the host.",
      args: pageArgs(t.arg),
      complexity: pageComplexity,
      authScopes: ({ record }, _args, context) => seesAttempt(context, record),
      resolve: ({ answers }, args) => {
        const request = readPageRequest(args, 1);
        const after = request.after ? numberKey(request.after[0]) : 0;
        const rows = answers.filter(({ number }) => number > after).slice(0, request.first + 1);
        return pageOf(
          request,
          rows,
          ({ number }) => [String(number)],
          (answer) => answer,
        );
      },
    }),
    review: t.field({
      type: [ReviewItem],
      description:
        "Every question that is over for this player, answered or not. For the player and the host.",
      authScopes: ({ record }, _args, context) => seesAttempt(context, record),
      resolve: async (attempt, _args, context) => {
        const session = await sessionOf(attempt.record.sessionId, context);
        const content = await context.services.sessions.reader.contentOf(session.setup);
        const answers = new Map(attempt.answers.map((answer) => [answer.number, answer]));
        return reviewOf(session.setup, content, overFor(attempt, session)).map((question) => ({
          question,
          answer: answers.get(question.number) ?? null,
        }));
      },
    }),
  }),
});

async function sessionOf(
  id: AttemptSnapshot["record"]["sessionId"],
  context: Context,
): Promise<SessionSnapshot> {
  const session = await context.services.sessions.reader.byId(id);
  if (!session) throw new NotFoundError("This session is gone.");
  return session;
}

function overFor(attempt: AttemptSnapshot, session: SessionSnapshot): number {
  if (session.setup.pacing === "HOST_PACED") return overForEveryone(session);
  // Once the session is finished, the question that was still faced is over too.
  const stillFaced = session.phase.state === "FINISHED" && attempt.record.facing ? 1 : 0;
  return attempt.record.overCount + stillFaced;
}

/** What the player of this attempt faces now; SELF_PACED: handed out by this, if it was not before. */
export async function questionFaced(
  attempt: AttemptSnapshot,
  context: Context,
): Promise<LiveQuestion | null> {
  const { sessions } = context.services;
  const session = await sessionOf(attempt.record.sessionId, context);
  if (attempt.status !== "ACTIVE") return null;
  if (session.setup.pacing === "SELF_PACED") {
    if (session.phase.state !== "RUNNING") return null;
    const { facing } = attempt.record;
    // A question whose time is up may stand there for a moment, until somebody notices: asking does.
    const faced =
      facing && session.now < dueAt(facing)
        ? attempt
        : await sessions.faceQuestion(session.setup.id, attempt.record.id);
    return faced && selfPacedQuestion(faced, session, context);
  }
  if (session.phase.state !== "QUESTION_OPEN") return null;
  return questionOnScreen(session, await sessions.reader.contentOf(session.setup));
}

/** SELF_PACED: the question that was handed out to the player, its time running; null where there is none. */
async function selfPacedQuestion(
  attempt: AttemptSnapshot,
  { setup }: Pick<SessionSnapshot, "setup">,
  context: Context,
): Promise<LiveQuestion | null> {
  const { facing } = attempt.record;
  if (!facing || attempt.status !== "ACTIVE") return null;
  const content = await context.services.sessions.reader.contentOf(setup);
  const question = content.questions[facing.number - 1];
  return question ? { question, opened: facing, session: setup, tally: null, over: false } : null;
}
