import { ForbiddenError, UnauthenticatedError, ValidationError } from "../../core/refusals.ts";
import { builder } from "../../graphql/builder.ts";
import { refusable } from "../../graphql/errors.ts";
import { requireUser } from "../../graphql/identity.ts";
import { AttemptFilterInput, AttemptSelectionEnum, readFilter } from "../../history/graphql/index.ts";

const ExportTableEnum = builder.enumType("ExportTable", {
  description: "What a file has rows of. /export/dictionary.json tells every column.",
  values: {
    ATTEMPTS: { description: "Attempts, oldest first.", value: "attempts" },
    ANSWERS: {
      description:
        "Questions that are over for an attempt, answered or skipped: by attempt, then by question.",
      value: "answers",
    },
    STATISTICS: {
      description: "Item analysis, by question. Wants a quiz or a session.",
      value: "statistics",
    },
    DISTRACTORS: {
      description: "How often each choice was picked, and by whom. Wants a quiz or a session.",
      value: "distractors",
    },
  } as const,
});

const ExportFormatEnum = builder.enumType("ExportFormat", {
  description: "How a file is written. Moments are in UTC.",
  values: {
    CSV: {
      description:
        "RFC 4180, UTF-8 with a byte order mark, without which Excel takes it for something else. A text that a spreadsheet would\nrun as a formula has an apostrophe in front.",
      value: "csv",
    },
    XLSX: { description: "A workbook for Excel, with the data dictionary as its last sheet.", value: "xlsx" },
    NDJSON: { description: "A JSON object on each line, texts unchanged: for programs.", value: "ndjson" },
    XAPI: {
      description:
        "ANSWERS only: xAPI 1.0.3 `answered` statements as a JSON array, for a learning record store.",
      value: "xapi",
    },
  } as const,
});

const CreateExportInput = builder.inputType("CreateExportInput", {
  description:
    "What to export. A host gets the attempts of their own sessions, a signed-in learner their own.",
  fields: (t) => ({
    table: t.field({ type: ExportTableEnum, required: true, description: "What to have rows of." }),
    format: t.field({ type: ExportFormatEnum, required: true, description: "How to write it." }),
    filter: t.field({ type: AttemptFilterInput, description: "Of which attempts." }),
    attempts: t.field({
      type: AttemptSelectionEnum,
      defaultValue: "FIRST",
      description: "STATISTICS and DISTRACTORS: which attempts of a learner count.",
    }),
    byteOrderMark: t.boolean({ defaultValue: true, description: "CSV: whether it begins with the mark." }),
  }),
});

const CreateExportSuccess = builder
  .objectRef<{ readonly url: string; readonly expiresAt: Date }>("CreateExportSuccess")
  .implement({
    description: "The address of the file, which is written when it is fetched.",
    fields: (t) => ({
      url: t.exposeString("url", {
        description: "For GET, without a sign-in: whoever has it can fetch the file until it expires.",
      }),
      expiresAt: t.expose("expiresAt", { type: "DateTime", description: "Until then a download can begin." }),
    }),
  });

const CreateExportResult = refusable("CreateExportResult", {
  success: CreateExportSuccess,
  errors: [UnauthenticatedError, ForbiddenError, ValidationError],
});

builder.mutationField("createExport", (t) =>
  t.field({
    type: CreateExportResult,
    description:
      "An address that a browser, a spreadsheet or a program can fetch a file from, for a quarter of an hour. With a bearer\ntoken or a sign-in, GET /export/answers.csv and the like do the same at once.",
    authScopes: { can: "READ_HISTORY" },
    args: { input: t.arg({ type: CreateExportInput, required: true, description: "What to export." }) },
    resolve: (_root, { input }, context) =>
      context.services.exports.link(requireUser(context), {
        table: input.table,
        format: input.format,
        filter: readFilter(input.filter),
        selection: input.attempts ?? "FIRST",
        mark: input.byteOrderMark ?? true,
      }),
  }),
);
