import type { QuestionId, QuizId, QuizVersionId, UserId } from "../core/ids.ts";
import { type CountedPage, dateKey, idKey, pageOf, readPageRequest } from "../core/page.ts";
import { UnauthenticatedError, ValidationError } from "../core/refusals.ts";
import { cleanText } from "../core/textRules.ts";
import type { Prisma, PrismaClient } from "../generated/prisma/client.ts";
import type { CefrLevel, Question, Quiz } from "./quiz.ts";
import { readQuestions, toQuiz } from "./rows.ts";

export interface QuizListArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  /** Every word of it is in the title or the description, in any case. */
  readonly search?: string | null | undefined;
  readonly level?: CefrLevel | null | undefined;
  readonly mine?: boolean | null | undefined;
}

const SEARCH_LIMIT = 200;

/** What can be read of quizzes. `viewer`: the user who asks; null for players and the anonymous. */
export function createQuizReads(prisma: PrismaClient) {
  return {
    /** Null for none, a deleted one, and a private one of somebody else. */
    async quiz(id: QuizId, viewer: UserId | null): Promise<Quiz | null> {
      const row = await prisma.quiz.findFirst({ where: { id, ...visibleTo(viewer) } });
      return row && toQuiz(row);
    },

    /**
     * The public quizzes and the viewer's own, newest first; with `mine` only the latter.
     * @throws ValidationError; UnauthenticatedError for `mine` without a user
     */
    async list(args: QuizListArgs, viewer: UserId | null): Promise<CountedPage<Quiz>> {
      const request = readPageRequest(args, 2);
      const wanted = { AND: [filterOf(args, viewer), ...searchOf(args.search)] };
      const rows = await prisma.quiz.findMany({
        where: request.after ? { AND: [wanted, isAfter(request.after)] } : wanted,
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: request.first + 1,
      });
      const page = pageOf(request, rows, (row) => [row.createdAt.toISOString(), row.id], toQuiz);
      return { ...page, totalCount: () => prisma.quiz.count({ where: wanted }) };
    },

    /** The questions of each version, with their solutions: for the owner. In the order of the ids. */
    async questionsOf(versionIds: readonly QuizVersionId[]): Promise<(readonly Question[])[]> {
      const rows = await prisma.quizVersion.findMany({ where: { id: { in: [...versionIds] } } });
      const questions = new Map(rows.map((row) => [row.id, readQuestions(row.questions)]));
      return versionIds.map((id) => questions.get(id) ?? []);
    },

    /** A question of one of the owner's quizzes, as it is now. */
    async question(id: QuestionId, owner: UserId): Promise<Question | null> {
      const versions = await prisma.quizVersion.findMany({
        where: { quiz: { ownerId: owner, deletedAt: null }, questions: { array_contains: [{ id }] } },
        include: { quiz: { select: { versionId: true } } },
      });
      const current = versions.find((version) => version.id === version.quiz.versionId);
      return (current && readQuestions(current.questions).find((question) => question.id === id)) ?? null;
    },
  };
}

function visibleTo(viewer: UserId | null): Prisma.QuizWhereInput {
  const isPublic = { visibility: "PUBLIC" } as const;
  return { deletedAt: null, ...(viewer === null ? isPublic : { OR: [isPublic, { ownerId: viewer }] }) };
}

function filterOf({ level, mine }: QuizListArgs, viewer: UserId | null): Prisma.QuizWhereInput {
  if (mine && viewer === null) throw new UnauthenticatedError("Sign in to see your own quizzes.");
  return {
    ...(mine && viewer !== null ? { deletedAt: null, ownerId: viewer } : visibleTo(viewer)),
    ...(level && { level }),
  };
}

function searchOf(search: string | null | undefined): Prisma.QuizWhereInput[] {
  const text = cleanText(search ?? "");
  if (text.length > SEARCH_LIMIT) {
    throw ValidationError.of(["search"], `A search has at most ${SEARCH_LIMIT} characters.`);
  }
  return text
    .split(/\s+/u)
    .filter((word) => word !== "")
    .map((word) => {
      // `contains` becomes ILIKE, in which these three mean something.
      const contains = { contains: word.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } as const;
      return { OR: [{ title: contains }, { description: contains }] };
    });
}

function isAfter(keys: readonly string[]): Prisma.QuizWhereInput {
  const [createdAt, id] = [dateKey(keys[0]), idKey(keys[1])];
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}
