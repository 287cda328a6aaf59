import type { Pool } from "pg";
import type { QuizVersionId } from "../core/ids.ts";
import type { SessionContent } from "../session/index.ts";
import { exportedQuestions, givenAnswer, NOTHING_GIVEN } from "./exportedQuestions.ts";
import { cell, isoMoment, momentSql, type RawRow, rawRows } from "./rawRows.ts";
import type { AttemptSource } from "./readAttempts.ts";
import type { AnswerRow, ExportedAnswer, ExportedAttempt } from "./records.ts";

/**
 * All answers of an attempt in one text, a line for each, its figures between spaces: apart, their cells would take PostgreSQL as
 * long and us twice as long to read. None holds a space but the moment, which has one, and what was typed, which comes last.
 */
const ANSWERS = `SELECT attempt_id, string_agg(concat_ws(' ', number, correct, share, points, base, speed, streak, streak_bonus,
    elapsed_ms, ${momentSql("answered_at")}, choice_ids::text, to_json(text)), E'\\n')
  FROM answer WHERE attempt_id = ANY ($1::uuid[]) GROUP BY attempt_id`;
/** Where what was typed begins. */
const TYPED = 12;

/**
 * Of each attempt, every question that is over for it, in their order: with its answer, or as skipped. A player who was
 * removed skipped nothing.
 */
export async function* readAnswers(
  source: AttemptSource,
  attempts: AsyncIterable<readonly ExportedAttempt[]>,
): AsyncGenerator<Iterable<AnswerRow>> {
  for await (const page of attempts) {
    const given = await answersOf(
      source.pool,
      page.map(({ id }) => id),
    );
    const contents = await Promise.all(
      page.map(({ quizVersionId }) => source.loadContent(quizVersionId as QuizVersionId)),
    );
    yield rowsOf(page, contents, given);
  }
}

/** Made one by one, as they are written: a page of them would live long enough to keep the garbage collector busy. */
function* rowsOf(
  page: readonly ExportedAttempt[],
  contents: readonly SessionContent[],
  given: ReadonlyMap<string, string>,
): Generator<AnswerRow> {
  for (const [index, attempt] of page.entries()) {
    const content = contents[index];
    if (!content) continue;
    const answers = linesOf(given.get(attempt.id));
    for (const question of exportedQuestions(content)) {
      if (question.number > attempt.questionsOver) break;
      const cells = answers[question.number];
      if (cells) {
        const words = givenAnswer(question, cell(cells, TYPED - 1), typedIn(cells));
        yield { attempt, question, given: words, answer: answerOf(cells) };
      } else if (attempt.status !== "REMOVED") {
        yield { attempt, question, given: NOTHING_GIVEN, answer: null };
      }
    }
  }
}

/** The answers of attempts, as text. */
async function answersOf(pool: Pool, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await rawRows(pool, ANSWERS, [ids]);
  return new Map(rows.map((row) => [cell(row, 0), cell(row, 1)]));
}

/** The cells of each answer, at the place of its question's number. */
function linesOf(text: string | undefined): readonly (RawRow | undefined)[] {
  const lines: RawRow[] = [];
  for (const line of text?.split("\n") ?? []) {
    const cells = line.split(" ");
    lines[Number(cells[0])] = cells;
  }
  return lines;
}

/** Written as JSON, in which there is no end of a line; null for choices. */
function typedIn(cells: RawRow): string | null {
  return cells.length > TYPED ? String(JSON.parse(cells.slice(TYPED).join(" "))) : null;
}

function answerOf(cells: RawRow): ExportedAnswer {
  return {
    correct: cells[1] === "t",
    share: cell(cells, 2),
    points: cell(cells, 3),
    basePoints: cell(cells, 4),
    speed: cell(cells, 5),
    streak: cell(cells, 6),
    streakBonus: cell(cells, 7),
    elapsedMs: cell(cells, 8),
    answeredAt: isoMoment(`${cell(cells, 9)} ${cell(cells, 10)}`),
  };
}
