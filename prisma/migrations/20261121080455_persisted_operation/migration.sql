-- CreateTable
CREATE TABLE "persisted_operation" (
    "id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "persisted_operation_pkey" PRIMARY KEY ("id")
);
