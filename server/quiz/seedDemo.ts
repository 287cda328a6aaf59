import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { v5 } from "uuid";
import type { QuizId, UserId } from "../core/ids.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import type { QuizInput } from "./rules.ts";

/** Who owns the demo quizzes; printed at the start, so that anyone can try hosting. */
export const DEMO_HOST = { email: "demo@example.org", password: "vocabulary", name: "Demo Host" } as const;

// A fixed namespace: the same slug is the same quiz on every start.
const NAMESPACE = "6f1b7c52-0d5e-4c5e-9a53-1f0c2a7d9b10";

export interface DemoParts {
  readonly prisma: PrismaClient;
  /** Where the demo quizzes are, one JSON file each. */
  readonly folder: string;
  readonly signUp: (host: typeof DEMO_HOST) => Promise<{ readonly user: { readonly id: UserId } }>;
  readonly create: (input: QuizInput, owner: UserId, id: QuizId) => Promise<unknown>;
}

/**
 * Puts in the demo host and the demo quizzes that are not there yet, deleted ones included in "there". A start that
 * was interrupted is so completed by the next. Gives how many quizzes were put in.
 * @throws ValidationError where a demo quiz breaks the rules of quizzes
 */
export async function seedDemo({ prisma, folder, signUp, create }: DemoParts): Promise<number> {
  const host = await prisma.user.findUnique({ where: { email: DEMO_HOST.email }, select: { id: true } });
  const owner = (host?.id as UserId | undefined) ?? (await signUp(DEMO_HOST)).user.id;
  let count = 0;
  for (const { slug, ...quiz } of await readDemoQuizzes(folder)) {
    const id = v5(slug, NAMESPACE) as QuizId;
    if ((await prisma.quiz.count({ where: { id } })) > 0) continue;
    await create({ ...quiz, visibility: "PUBLIC" }, owner, id);
    count += 1;
  }
  return count;
}

async function readDemoQuizzes(folder: string): Promise<(QuizInput & { readonly slug: string })[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8"))));
}
