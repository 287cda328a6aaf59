-- DropIndex
DROP INDEX "answer_question_id_idx";

-- DropIndex
DROP INDEX "attempt_joined_at_id_idx";

-- DropIndex
DROP INDEX "attempt_user_id_joined_at_idx";

-- AlterTable
ALTER TABLE "attempt" ADD COLUMN     "host_id" TEXT,
ADD COLUMN     "quiz_id" UUID,
ADD COLUMN     "final_score" INTEGER;

-- What there is gets them from its session.
UPDATE "attempt" SET "host_id" = "session"."host_id", "quiz_id" = "session"."quiz_id",
  "final_score" = CASE WHEN "session"."state" = 'FINISHED' THEN "attempt"."score" END
FROM "session" WHERE "session"."id" = "attempt"."session_id";

ALTER TABLE "attempt" ALTER COLUMN "host_id" SET NOT NULL,
ALTER COLUMN "quiz_id" SET NOT NULL;

-- CreateTable
CREATE TABLE "quiz_rollup" (
    "quiz_id" UUID NOT NULL,
    "question_ids" UUID[],

    CONSTRAINT "quiz_rollup_pkey" PRIMARY KEY ("quiz_id")
);

-- CreateTable
CREATE TABLE "counted_attempt" (
    "attempt_id" UUID NOT NULL,
    "quiz_id" UUID NOT NULL,
    "user_id" TEXT,
    "repeat" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL,
    "asked" INTEGER NOT NULL,
    "numbers" INTEGER[],
    "score" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,

    CONSTRAINT "counted_attempt_pkey" PRIMARY KEY ("attempt_id")
);

-- CreateTable
CREATE TABLE "rollup_total" (
    "quiz_id" UUID NOT NULL,
    "repeat" BOOLEAN NOT NULL,
    "total" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "scores" BIGINT NOT NULL,

    CONSTRAINT "rollup_total_pkey" PRIMARY KEY ("quiz_id","repeat","total")
);

-- CreateTable
CREATE TABLE "rollup_score" (
    "quiz_id" UUID NOT NULL,
    "repeat" BOOLEAN NOT NULL,
    "hundred" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,

    CONSTRAINT "rollup_score_pkey" PRIMARY KEY ("quiz_id","repeat","hundred")
);

-- CreateTable
CREATE TABLE "rollup_question" (
    "quiz_id" UUID NOT NULL,
    "repeat" BOOLEAN NOT NULL,
    "question_id" UUID NOT NULL,
    "asked" INTEGER NOT NULL,
    "answered" INTEGER NOT NULL,
    "correct" INTEGER NOT NULL,
    "shares" BIGINT NOT NULL,
    "squares" BIGINT NOT NULL,
    "products" BIGINT NOT NULL,

    CONSTRAINT "rollup_question_pkey" PRIMARY KEY ("quiz_id","question_id","repeat")
);

-- CreateTable
CREATE TABLE "rollup_choice" (
    "quiz_id" UUID NOT NULL,
    "repeat" BOOLEAN NOT NULL,
    "question_id" UUID NOT NULL,
    "choice_key" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "answers" INTEGER NOT NULL,

    CONSTRAINT "rollup_choice_pkey" PRIMARY KEY ("quiz_id","question_id","choice_key","total","repeat")
);

-- CreateTable
CREATE TABLE "rollup_time" (
    "quiz_id" UUID NOT NULL,
    "repeat" BOOLEAN NOT NULL,
    "question_id" UUID NOT NULL,
    "elapsed_ms" INTEGER NOT NULL,
    "answers" INTEGER NOT NULL,

    CONSTRAINT "rollup_time_pkey" PRIMARY KEY ("quiz_id","question_id","elapsed_ms","repeat")
);

-- CreateTable
CREATE TABLE "rollup_time_span" (
    "quiz_id" UUID NOT NULL,
    "repeat" BOOLEAN NOT NULL,
    "question_id" UUID NOT NULL,
    "span" INTEGER NOT NULL,
    "answers" INTEGER NOT NULL,

    CONSTRAINT "rollup_time_span_pkey" PRIMARY KEY ("quiz_id","question_id","span","repeat")
);

-- CreateIndex
CREATE INDEX "counted_attempt_quiz_id_user_id_idx" ON "counted_attempt"("quiz_id", "user_id");

-- CreateIndex
CREATE INDEX "answer_question_id_answered_at_attempt_id_idx" ON "answer"("question_id", "answered_at", "attempt_id");

-- CreateIndex
CREATE INDEX "attempt_user_id_joined_at_id_idx" ON "attempt"("user_id", "joined_at", "id");

-- CreateIndex
CREATE INDEX "attempt_host_id_final_score_id_idx" ON "attempt"("host_id", "final_score", "id");

-- CreateIndex
CREATE INDEX "attempt_host_id_joined_at_id_idx" ON "attempt"("host_id", "joined_at", "id");

-- CreateIndex
CREATE INDEX "attempt_quiz_id_joined_at_id_idx" ON "attempt"("quiz_id", "joined_at", "id");

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_quiz_id_fkey" FOREIGN KEY ("quiz_id") REFERENCES "quiz"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quiz_rollup" ADD CONSTRAINT "quiz_rollup_quiz_id_fkey" FOREIGN KEY ("quiz_id") REFERENCES "quiz"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "counted_attempt" ADD CONSTRAINT "counted_attempt_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "counted_attempt" ADD CONSTRAINT "counted_attempt_quiz_id_fkey" FOREIGN KEY ("quiz_id") REFERENCES "quiz_rollup"("quiz_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollup_total" ADD CONSTRAINT "rollup_total_quiz_id_fkey" FOREIGN KEY ("quiz_id") REFERENCES "quiz_rollup"("quiz_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollup_score" ADD CONSTRAINT "rollup_score_quiz_id_fkey" FOREIGN KEY ("quiz_id") REFERENCES "quiz_rollup"("quiz_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollup_question" ADD CONSTRAINT "rollup_question_quiz_id_fkey" FOREIGN KEY ("quiz_id") REFERENCES "quiz_rollup"("quiz_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollup_choice" ADD CONSTRAINT "rollup_choice_quiz_id_fkey" FOREIGN KEY ("quiz_id") REFERENCES "quiz_rollup"("quiz_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollup_time" ADD CONSTRAINT "rollup_time_quiz_id_fkey" FOREIGN KEY ("quiz_id") REFERENCES "quiz_rollup"("quiz_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollup_time_span" ADD CONSTRAINT "rollup_time_span_quiz_id_fkey" FOREIGN KEY ("quiz_id") REFERENCES "quiz_rollup"("quiz_id") ON DELETE CASCADE ON UPDATE CASCADE;
