import type { AttemptSelection } from "../../../graphql/generated/graphql.ts";

/** What can be taken away as files, and in which forms. */
export const exportTables = [
  { table: "statistics", formats: ["xlsx", "csv", "ndjson"] },
  { table: "distractors", formats: ["xlsx", "csv", "ndjson"] },
  { table: "attempts", formats: ["xlsx", "csv", "ndjson"] },
  { table: "answers", formats: ["xlsx", "csv", "ndjson", "xapi.json"] },
] as const;

export type ExportTable = (typeof exportTables)[number]["table"];
type ExportFormat = (typeof exportTables)[number]["formats"][number];

/** What a report is about, and so the files that belong to it. */
export type Exported = { readonly session: string } | { readonly quiz: string; readonly from?: string };

/** What the columns of the files mean. */
export const dictionaryAddress = "/export/dictionary.csv";

/** Where the server gives out a file; who asks is known by the browser's sign-in. */
export function exportAddress(
  table: ExportTable,
  format: ExportFormat,
  exported: Exported,
  selection: AttemptSelection,
): string {
  const counted = table === "statistics" || table === "distractors";
  const query = new URLSearchParams({
    ...exported,
    ...(counted && selection === "ALL" && { attempts: "all" }),
  });
  return `/export/${table}.${format}?${query}`;
}
