import { type ApiIds, idCell } from "../apiIds.ts";
import { type Column, part, type Table } from "../column.ts";
import type { ExportedAttempt } from "../records.ts";

/** Who played what, as every table of attempts or answers begins. */
export function attemptColumns(ids: ApiIds): readonly Column<ExportedAttempt>[] {
  return [
    {
      name: "attempt_id",
      type: "ID",
      description: "The attempt: one player's run through one session.",
      read: ({ id }) => ids.write("Attempt", id),
    },
    {
      name: "nickname",
      type: "TEXT",
      description: "As it was shown in the session.",
      read: ({ nickname }) => nickname,
    },
    {
      name: "user_id",
      type: "ID",
      description: "The player's account; empty for who played without one.",
      read: ({ userId }) => idCell(ids, "User", userId),
    },
    {
      name: "attempt_status",
      type: "WORD",
      description: "ACTIVE, FINISHED, or REMOVED by the host.",
      read: ({ status }) => status,
    },
    {
      name: "joined_at",
      type: "DATE_TIME",
      description: "When the player joined.",
      read: ({ joinedAt }) => joinedAt,
    },
    {
      name: "session_id",
      type: "ID",
      description: "The session: one run of a quiz.",
      read: ({ sessionId }) => ids.write("Session", sessionId),
    },
    {
      name: "session_code",
      type: "WORD",
      description: "The six digits that players joined with. Codes are used again; ids are not.",
      read: ({ sessionCode }) => sessionCode,
    },
    { name: "pacing", type: "WORD", description: "HOST_PACED or SELF_PACED.", read: ({ pacing }) => pacing },
    {
      name: "scoring",
      type: "WORD",
      description: "CLASSIC: speed and streaks count; ACCURACY: neither does.",
      read: ({ scoring }) => scoring,
    },
    {
      name: "quiz_id",
      type: "ID",
      description: "The quiz.",
      read: ({ quizId }) => ids.write("Quiz", quizId),
    },
    {
      name: "quiz_version_id",
      type: "ID",
      description: "Which edit of the quiz was played: a UUID, the same for the same questions.",
      read: ({ quizVersionId }) => quizVersionId,
    },
    {
      name: "quiz_title",
      type: "TEXT",
      description: "The quiz's title at that edit.",
      read: ({ quizTitle }) => quizTitle,
    },
  ];
}

/** One row for each attempt. */
export function attemptsTable(ids: ApiIds): Table<ExportedAttempt> {
  return {
    name: "attempts",
    description: "One row for each attempt, oldest first.",
    parts: [
      part<ExportedAttempt, ExportedAttempt>({ of: (attempt) => attempt, recurs: "ROW" }, [
        ...attemptColumns(ids),
        {
          name: "session_state",
          type: "WORD",
          description:
            "LOBBY, QUESTION_OPEN, QUESTION_CLOSED, RUNNING or FINISHED; of one that is not finished, figures may change.",
          read: ({ sessionState }) => sessionState,
        },
        {
          name: "session_created_at",
          type: "DATE_TIME",
          description: "When the session was opened.",
          read: ({ sessionCreatedAt }) => sessionCreatedAt,
        },
        {
          name: "session_finished_at",
          type: "DATE_TIME",
          description: "When the session was over; empty before.",
          read: ({ sessionFinishedAt }) => sessionFinishedAt,
        },
        {
          name: "finished_at",
          type: "DATE_TIME",
          description:
            "When the player had every question behind them, or the session was over; empty before.",
          read: ({ finishedAt }) => finishedAt,
        },
        { name: "score", type: "INTEGER", description: "The sum of the points.", read: ({ score }) => score },
        {
          name: "rank",
          type: "INTEGER",
          description: "In the session, from 1; equal scores share a rank. 0: removed.",
          read: ({ rank }) => rank,
        },
        {
          name: "questions_over",
          type: "INTEGER",
          description: "How many questions the player met that are over: answered or skipped.",
          read: ({ questionsOver }) => questionsOver,
        },
        {
          name: "answered_count",
          type: "INTEGER",
          description: "How many questions were answered, one that is still open included.",
          read: ({ answeredCount }) => answeredCount,
        },
        {
          name: "correct_count",
          type: "INTEGER",
          description: "How many answers were entirely right.",
          read: ({ correctCount }) => correctCount,
        },
      ]),
    ],
  };
}
