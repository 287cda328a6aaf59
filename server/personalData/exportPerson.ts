import type { UserId } from "../core/ids.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import { playedBy } from "./played.ts";
import { TooMuchDataError } from "./refusals.ts";

/** Everything that the program knows of a person, as it is told to them. Dates become ISO 8601 in JSON. */
export type PersonalData = NonNullable<Awaited<ReturnType<typeof exportPerson>>>;

export interface ExportOptions {
  readonly now: number;
  /** More attempts are refused; without, there is no limit. */
  readonly attemptLimit?: number;
}

/**
 * Reads everything about a person. Not in it: the password and the keys, of which only hashes are known, the secrets of webhooks,
 * and what others did in the person's sessions, which is theirs. Null where there is no such user.
 * @throws TooMuchDataError
 */
export async function exportPerson(
  prisma: PrismaClient,
  userId: UserId,
  { now, attemptLimit }: ExportOptions,
) {
  const user = await prisma.user.findUnique({
    where: { id: userId },
    select: {
      ...{ id: true, name: true, email: true, createdAt: true, updatedAt: true },
      webhooks: { select: { url: true, events: true, description: true, enabled: true, createdAt: true } },
      signIns: { select: { createdAt: true, expiresAt: true, ipAddress: true, userAgent: true } },
      apiKeys: {
        select: {
          ...{ name: true, start: true, permissions: true },
          ...{ createdAt: true, expiresAt: true, lastRequest: true },
        },
      },
    },
  });
  if (!user) return null;
  if (attemptLimit !== undefined && (await prisma.attempt.count({ where: { userId } })) > attemptLimit)
    throw new TooMuchDataError();
  const { signIns, apiKeys, webhooks, ...account } = user;
  return {
    format: "vocabulary-quiz personal data 1",
    exportedAt: new Date(now),
    account,
    signIns,
    apiKeys: apiKeys.map(({ permissions, lastRequest, ...key }) => ({
      ...key,
      scopes: permissions,
      lastUsedAt: lastRequest,
    })),
    webhooks,
    quizzes: await quizzesOf(prisma, userId),
    sessionsHosted: await sessionsOf(prisma, userId),
    attempts: await playedBy(prisma, userId),
  };
}

const quizzesOf = (prisma: PrismaClient, ownerId: UserId) =>
  prisma.quiz.findMany({
    where: { ownerId },
    orderBy: { createdAt: "asc" },
    select: {
      ...{ id: true, title: true, description: true, level: true, visibility: true },
      ...{ createdAt: true, updatedAt: true, deletedAt: true },
      versions: {
        orderBy: { createdAt: "asc" },
        select: { title: true, questions: true, createdAt: true },
      },
    },
  });

async function sessionsOf(prisma: PrismaClient, hostId: UserId) {
  const rows = await prisma.session.findMany({
    where: { hostId },
    orderBy: { createdAt: "asc" },
    select: {
      ...{
        id: true,
        code: true,
        pacing: true,
        scoring: true,
        state: true,
        createdAt: true,
        finishedAt: true,
      },
      quizVersion: { select: { title: true } },
      _count: { select: { attempts: true } },
    },
  });
  return rows.map(({ quizVersion, _count, ...session }) => ({
    ...session,
    quizTitle: quizVersion.title,
    players: _count.attempts,
  }));
}
