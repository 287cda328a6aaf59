-- CreateTable
CREATE TABLE "dead_letter" (
    "stream" TEXT NOT NULL,
    "entry_id" TEXT NOT NULL,
    "session_id" TEXT,
    "version" INTEGER,
    "entry" TEXT NOT NULL,
    "error" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("stream","entry_id")
);

-- CreateIndex
CREATE INDEX "dead_letter_session_id_idx" ON "dead_letter"("session_id");
