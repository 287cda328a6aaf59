import type { Pool } from "pg";
import type { QuizId, QuizVersionId, SessionId, UserId } from "../core/ids.ts";
import type { ContentLoader, SessionContent } from "../session/index.ts";
import { type AttemptFilter, filterSql, Values } from "./attemptFilter.ts";
import { computeRollup, readStoredRollup, rebuildRollup, sqlOf } from "./rollups/index.ts";
import { type AttemptSelection, analyse, type QuizStatistics } from "./statistics.ts";

export interface StatisticsParts {
  readonly pool: Pool;
  readonly loadContent: ContentLoader;
}

export interface StatisticsReader {
  /** Item analysis of a quiz as it is now, over its finished attempts; null for those who do not own it. */
  ofQuiz(
    quizId: QuizId,
    userId: UserId,
    filter: AttemptFilter,
    selection: AttemptSelection,
  ): Promise<QuizStatistics | null>;
  /** The same over the finished attempts of one session, for the questions that it played. */
  ofSession(
    session: { readonly id: SessionId; readonly quizVersionId: QuizVersionId },
    selection: AttemptSelection,
  ): Promise<QuizStatistics>;
}

/** The values that computed rollups have before those of the filter. */
const COMPUTED_VALUES = 3;

const OWN_QUIZ = "SELECT version_id FROM quiz WHERE id = $1::uuid AND owner_id = $2 AND deleted_at IS NULL";

/** What stands under `statistics` comes from the rollups, unless a filter chooses attempts: then from the answers. */
export function createStatistics({ pool, loadContent }: StatisticsParts): StatisticsReader {
  const run = sqlOf(pool);

  async function computed(content: SessionContent, filter: AttemptFilter, selection: AttemptSelection) {
    const values = new Values(COMPUTED_VALUES);
    const which = { sql: filterSql(filter, values), values: values.all };
    const rollup = await computeRollup(run, which, idsOf(content), selection === "ALL");
    return analyse(content.questions, rollup, selection);
  }

  return {
    async ofQuiz(quizId, userId, { quizId: alsoOf, ...filter }, selection) {
      const [quiz] = await run<{ version_id: QuizVersionId }>(OWN_QUIZ, [quizId, userId]);
      if (!quiz) return null;
      const content = await loadContent(quiz.version_id);
      const another = alsoOf !== undefined && alsoOf !== quizId;
      if (another || Object.keys(filter).length > 0) {
        const nothing = another ? { sessionId: NOTHING } : {};
        return computed(content, { ...filter, ...nothing, quizId }, selection);
      }
      const stored = () => readStoredRollup(run, quizId, idsOf(content), selection === "ALL");
      let rollup = await stored();
      if (!rollup) {
        // Nobody has asked before, or the quiz has other questions since.
        await rebuildRollup(pool, quizId);
        rollup = await stored();
      }
      // Edited once more just now: then what the content says is computed.
      return rollup
        ? analyse(content.questions, rollup, selection)
        : computed(content, { quizId }, selection);
    },

    ofSession: async ({ id, quizVersionId }, selection) =>
      computed(await loadContent(quizVersionId), { sessionId: id }, selection),
  };
}

/** No id of ours. */
const NOTHING = "00000000-0000-0000-0000-000000000000";

function idsOf({ questions }: SessionContent): string[] {
  return questions.map(({ id }) => id).sort();
}
