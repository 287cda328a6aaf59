import { z } from "zod";
import type { UserId } from "../core/ids.ts";
import type { Prisma, PrismaClient } from "../generated/prisma/client.ts";

/** Read at a time. */
const PAGE = 200;

/** Of the stored questions, what an answer is told by. */
const asked = z.array(
  z.looseObject({
    id: z.string(),
    prompt: z.string(),
    choices: z.array(z.looseObject({ id: z.string(), text: z.string() })),
  }),
);
type Asked = ReadonlyMap<string, z.infer<typeof asked>[number]>;

const SELECT = {
  ...{ id: true, nickname: true, status: true, score: true, finalRank: true },
  ...{ answeredCount: true, correctCount: true, joinedAt: true, finishedAt: true },
  session: { select: { code: true, quizVersionId: true } },
  answers: {
    orderBy: { number: "asc" },
    select: {
      ...{ questionId: true, choiceIds: true, text: true, correct: true },
      ...{ points: true, elapsedMs: true, answeredAt: true },
    },
  },
} as const satisfies Prisma.AttemptSelect;

type Row = Prisma.AttemptGetPayload<{ select: typeof SELECT }>;

/** A person's attempts with their answers, in words rather than ids, in the order of joining. */
export async function playedBy(prisma: PrismaClient, userId: UserId) {
  const versions = new Map<string, { readonly title: string; readonly questions: Asked }>();
  const played: ReturnType<typeof tell>[] = [];
  for (let after: string | undefined; ; ) {
    const rows = await prisma.attempt.findMany({
      where: { userId },
      orderBy: [{ joinedAt: "asc" }, { id: "asc" }],
      ...(after !== undefined && { cursor: { id: after }, skip: 1 }),
      take: PAGE,
      select: SELECT,
    });
    await readVersions(prisma, rows, versions);
    for (const row of rows) played.push(tell(row, versions));
    after = rows.at(-1)?.id;
    if (rows.length < PAGE) return played;
  }
}

async function readVersions(
  prisma: PrismaClient,
  rows: readonly Row[],
  known: Map<string, { title: string; questions: Asked }>,
): Promise<void> {
  const ids = new Set(rows.map(({ session }) => session.quizVersionId).filter((id) => !known.has(id)));
  const versions = await prisma.quizVersion.findMany({ where: { id: { in: [...ids] } } });
  for (const { id, title, questions } of versions)
    known.set(id, { title, questions: new Map(asked.parse(questions).map((one) => [one.id, one])) });
}

function tell(
  { session, answers, finalRank, ...attempt }: Row,
  versions: ReadonlyMap<string, { readonly title: string; readonly questions: Asked }>,
) {
  const version = versions.get(session.quizVersionId);
  return {
    ...attempt,
    rank: finalRank,
    sessionCode: session.code,
    quizTitle: version?.title ?? null,
    answers: answers.map(({ questionId, choiceIds, text, ...answer }) => {
      const question = version?.questions.get(questionId);
      const choices = choiceIds.map((id) => question?.choices.find((choice) => choice.id === id)?.text ?? id);
      return { question: question?.prompt ?? questionId, given: text ?? choices, ...answer };
    }),
  };
}
