import type { ApiIds } from "../apiIds.ts";
import { type Column, part, type Table } from "../column.ts";
import type { AnswerRow, ExportedQuestion, GivenAnswer } from "../records.ts";
import { attemptColumns } from "./attempts.ts";

const questionColumns = (ids: ApiIds): readonly Column<ExportedQuestion>[] => [
  {
    name: "question_number",
    type: "INTEGER",
    description: "The question's place in the quiz, from 1.",
    read: ({ number }) => number,
  },
  {
    name: "question_id",
    type: "ID",
    description: "The question; the same in every version of the quiz that has it.",
    read: ({ id }) => ids.write("Question", id),
  },
  {
    name: "question_kind",
    type: "WORD",
    description: "SINGLE_CHOICE, MULTIPLE_CHOICE, TYPED or ORDER.",
    read: ({ question }) => question.kind,
  },
  { name: "prompt", type: "TEXT", description: "What was asked.", read: ({ question }) => question.prompt },
  {
    name: "right_answer",
    type: "TEXT",
    description:
      "What is right: several choices, parts in their order, or all accepted texts stand between ' | '.",
    read: ({ rightAnswer }) => rightAnswer,
  },
];

const GIVEN_COLUMNS: readonly Column<GivenAnswer>[] = [
  {
    name: "given_answer",
    type: "TEXT",
    description: "What the player gave, several choices or parts between ' | '; empty where skipped.",
    read: ({ text }) => text,
  },
  {
    name: "given_choice_ids",
    type: "ID",
    description:
      "The UUIDs of the choices that were picked, or of the parts in the player's order, between spaces.",
    read: ({ choiceIds }) => (choiceIds.length === 0 ? null : choiceIds.join(" ")),
  },
];

const ANSWER_COLUMNS: readonly Column<AnswerRow>[] = [
  {
    name: "skipped",
    type: "BOOLEAN",
    description:
      "Whether the player met the question and gave no answer. It counts as wrong, with no share and no points.",
    read: ({ answer }) => answer === null,
  },
  {
    name: "correct",
    type: "BOOLEAN",
    description: "Whether the answer is entirely right.",
    read: ({ answer }) => answer?.correct ?? false,
  },
  {
    name: "share",
    type: "NUMBER",
    description: "How much of it is right, 0 to 1: between the two only for MULTIPLE_CHOICE.",
    read: ({ answer }) => answer?.share ?? 0,
  },
  {
    name: "points",
    type: "INTEGER",
    description: "What it earned: round half up (base_points × speed × share) + streak_bonus.",
    read: ({ answer }) => answer?.points ?? 0,
  },
  {
    name: "base_points",
    type: "INTEGER",
    description: "What the question was worth; empty where skipped.",
    read: ({ answer }) => answer?.basePoints ?? null,
  },
  {
    name: "speed",
    type: "NUMBER",
    description: "The factor for speed, 0.5 to 1; empty where skipped.",
    read: ({ answer }) => answer?.speed ?? null,
  },
  {
    name: "streak",
    type: "INTEGER",
    description: "Right answers in a row, with this one; empty where skipped.",
    read: ({ answer }) => answer?.streak ?? null,
  },
  {
    name: "streak_bonus",
    type: "INTEGER",
    description: "Points for the streak; empty where skipped.",
    read: ({ answer }) => answer?.streakBonus ?? null,
  },
  {
    name: "elapsed_ms",
    type: "INTEGER",
    description: "From the question's opening to the answer's arrival, in milliseconds; empty where skipped.",
    read: ({ answer }) => answer?.elapsedMs ?? null,
  },
  {
    name: "answered_at",
    type: "DATE_TIME",
    description: "When the answer arrived; empty where skipped.",
    read: ({ answer }) => answer?.answeredAt ?? null,
  },
];

/** One row for each question that is over for an attempt. */
export function answersTable(ids: ApiIds): Table<AnswerRow> {
  return {
    name: "answers",
    description:
      "One row for each question that is over for an attempt, answered or skipped: by attempt, oldest first, then by question.",
    parts: [
      part<AnswerRow, AnswerRow["attempt"]>(
        { of: ({ attempt }) => attempt, recurs: "RUN" },
        attemptColumns(ids),
      ),
      part<AnswerRow, ExportedQuestion>(
        { of: ({ question }) => question, recurs: "FILE" },
        questionColumns(ids),
      ),
      part<AnswerRow, GivenAnswer>({ of: ({ given }) => given, recurs: "FILE" }, GIVEN_COLUMNS),
      part<AnswerRow, AnswerRow>({ of: (row) => row, recurs: "ROW" }, ANSWER_COLUMNS),
    ],
  };
}
