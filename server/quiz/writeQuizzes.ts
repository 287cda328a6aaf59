import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../core/clock.ts";
import { type QuizId, sortableId, type UserId } from "../core/ids.ts";
import { parseInput } from "../core/parseInput.ts";
import { ForbiddenError, NotFoundError } from "../core/refusals.ts";
import type { PrismaClient, Quiz as QuizRow } from "../generated/prisma/client.ts";
import { identifyQuestions } from "./identifyQuestions.ts";
import type { Question, Quiz } from "./quiz.ts";
import { readQuestions, toQuiz, writeQuestions } from "./rows.ts";
import { type QuizDraft, type QuizInput, quizRules } from "./rules.ts";
import { forgetOldVersions } from "./versions.ts";

type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** What can be done to quizzes, by a user who is signed in. */
export function createQuizWrites(prisma: PrismaClient, clock: Clock) {
  return {
    /** @throws ValidationError */
    async create(input: QuizInput, owner: UserId, id: QuizId = sortableId()): Promise<Quiz> {
      const draft = parseInput(quizRules, input);
      return insertQuiz(prisma, id, owner, draft, identifyQuestions(draft.questions));
    },

    /**
     * Replaces the quiz by the input. Questions and choices that name an id of theirs stay the same ones. Sessions go
     * on with the version that they were opened with.
     * @throws ValidationError, NotFoundError, ForbiddenError
     */
    async update(id: QuizId, input: QuizInput, user: UserId): Promise<Quiz> {
      await ownedQuiz(prisma, id, user);
      const draft = parseInput(quizRules, input);
      await forgetOldVersions(prisma, id, clock.now());
      return prisma.$transaction(async (tx) => {
        // One edit of a quiz at a time, or the second would build on questions that are gone.
        await tx.$queryRaw`SELECT 1 FROM quiz WHERE id = ${id}::uuid FOR UPDATE`;
        const row = await ownedQuiz(tx, id, user);
        const versionId = await versionFor(tx, row, draft);
        const { visibility, title, description, level, questions } = draft;
        const data = { visibility, title, description, level, questionCount: questions.length, versionId };
        return toQuiz(await tx.quiz.update({ where: { id }, data }));
      });
    },

    /** It is gone for everyone; its sessions and their history stay. @throws NotFoundError, ForbiddenError */
    async remove(id: QuizId, user: UserId): Promise<void> {
      await ownedQuiz(prisma, id, user);
      await prisma.quiz.update({ where: { id }, data: { deletedAt: new Date(clock.now()) } });
    },

    /** A private copy, with ids of its own, of a public quiz or one's own. @throws NotFoundError, ForbiddenError */
    async copy(id: QuizId, user: UserId): Promise<Quiz> {
      const { title, description, level, versionId } = await runnableQuiz(prisma, id, user);
      const version = await prisma.quizVersion.findUniqueOrThrow({ where: { id: versionId } });
      const drafts = readQuestions(version.questions).map((question) => ({
        ...question,
        choices: [...question.choices],
        acceptedAnswers: [...question.acceptedAnswers],
      }));
      const draft: QuizDraft = { visibility: "PRIVATE", title, description, level, questions: drafts };
      return insertQuiz(prisma, sortableId(), user, draft, identifyQuestions(drafts));
    },
  };
}

async function insertQuiz(
  prisma: PrismaClient,
  id: QuizId,
  ownerId: UserId,
  { visibility, title, description, level }: QuizDraft,
  questions: readonly Question[],
): Promise<Quiz> {
  const version = { id: sortableId<"QuizVersion">(), title, questions: writeQuestions(questions) };
  const data = { id, ownerId, visibility, title, description, level, versionId: version.id };
  const row = await prisma.quiz.create({
    data: { ...data, questionCount: questions.length, versions: { create: version } },
  });
  return toQuiz(row);
}

/** The version that has this title and these questions: the present one where nothing of that changed. */
async function versionFor(tx: Transaction, row: QuizRow, draft: QuizDraft): Promise<string> {
  const present = await tx.quizVersion.findUniqueOrThrow({ where: { id: row.versionId } });
  const before = readQuestions(present.questions);
  const questions = identifyQuestions(draft.questions, before);
  if (present.title === draft.title && isDeepStrictEqual(questions, before)) return present.id;
  const id = sortableId<"QuizVersion">();
  await tx.quizVersion.create({
    data: { id, quizId: row.id, title: draft.title, questions: writeQuestions(questions) },
  });
  return id;
}

async function existingQuiz(prisma: Transaction, id: QuizId): Promise<QuizRow> {
  const row = await prisma.quiz.findFirst({ where: { id, deletedAt: null } });
  if (!row) throw new NotFoundError("There is no such quiz.");
  return row;
}

async function ownedQuiz(prisma: Transaction, id: QuizId, user: UserId): Promise<QuizRow> {
  const row = await existingQuiz(prisma, id);
  if (row.ownerId !== user) throw new ForbiddenError("Only its owner can change a quiz.");
  return row;
}

/** A quiz that this user may run and copy. @throws NotFoundError, ForbiddenError */
export async function runnableQuiz(prisma: Transaction, id: QuizId, user: UserId): Promise<QuizRow> {
  const row = await existingQuiz(prisma, id);
  if (row.visibility === "PRIVATE" && row.ownerId !== user) throw new ForbiddenError("This quiz is private.");
  return row;
}
