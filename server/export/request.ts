import { z } from "zod";
import { NotFoundError, ValidationError } from "../core/refusals.ts";
import type { AttemptFilter, AttemptSelection } from "../history/index.ts";

export const TABLES = ["attempts", "answers", "statistics", "distractors"] as const;
export const FORMATS = ["csv", "xlsx", "ndjson", "xapi"] as const;
export type TableName = (typeof TABLES)[number];
export type Format = (typeof FORMATS)[number];

/** What somebody wants as a file. */
export interface ExportRequest {
  readonly table: TableName;
  readonly format: Format;
  /** Which attempts; a `Date` in it is a moment. */
  readonly filter: AttemptFilter;
  /** For statistics: which attempts of a learner count. */
  readonly selection: AttemptSelection;
  /** Whether a CSV begins with the mark by which Excel knows UTF-8. */
  readonly mark: boolean;
}

/** How a file is called in an address: `answers.csv`; statements are JSON: `answers.xapi.json`. */
export function exportName({ table, format }: Pick<ExportRequest, "table" | "format">): string {
  return format === "xapi" ? `${table}.xapi.json` : `${table}.${format}`;
}

/** Reads a name as `exportName` writes it. @throws NotFoundError */
export function readExportName(name: string): Pick<ExportRequest, "table" | "format"> {
  for (const table of TABLES) {
    for (const format of FORMATS) {
      if (exportName({ table, format }) === name && isPossible({ table, format })) return { table, format };
    }
  }
  throw new NotFoundError(`There is no such export. Ask for ${possibleNames().join(", ")}.`);
}

/** Statements tell of answers, and of nothing else. */
export function isPossible({ table, format }: Pick<ExportRequest, "table" | "format">): boolean {
  return format !== "xapi" || table === "answers";
}

function possibleNames(): string[] {
  return TABLES.flatMap((table) =>
    FORMATS.filter((format) => isPossible({ table, format })).map((format) => exportName({ table, format })),
  );
}

/** Reads an id of the API; null where it is none of this type. */
export type ReadApiId = (type: "Quiz" | "Session" | "User", text: string) => string | null;

const PARAMETERS = [
  "quiz",
  "session",
  "user",
  "nickname",
  "from",
  "to",
  "minScore",
  "maxScore",
  "attempts",
  "bom",
];
/** No id of ours: an id that cannot be one matches nothing. */
const NOTHING = "00000000-0000-0000-0000-000000000000";
const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/i;

/** Reads what an address asks for after its name. @throws ValidationError */
export function readParameters(
  parameters: URLSearchParams,
  readId: ReadApiId,
): Pick<ExportRequest, "filter" | "selection" | "mark"> {
  const unknown = [...parameters.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) {
    throw ValidationError.of(
      [unknown],
      `There is no parameter "${unknown}". There are ${PARAMETERS.join(", ")}.`,
    );
  }
  const twice = PARAMETERS.find((name) => parameters.getAll(name).length > 1);
  if (twice !== undefined) throw ValidationError.of([twice], `Give "${twice}" once.`);
  const given = (name: string) => parameters.get(name);
  const id = (name: string, type: "Quiz" | "Session" | "User") => {
    const text = given(name);
    return text === null ? undefined : (readId(type, text) ?? NOTHING);
  };
  const filter = {
    quizId: id("quiz", "Quiz"),
    sessionId: id("session", "Session"),
    userId: id("user", "User"),
    nickname: given("nickname") ?? undefined,
    joinedAfter: readMoment("from", given("from")),
    joinedBefore: readMoment("to", given("to")),
    minScore: readScore("minScore", given("minScore")),
    maxScore: readScore("maxScore", given("maxScore")),
  };
  return {
    filter: withoutUndefined(filter),
    selection: oneOf("attempts", given("attempts"), { first: "FIRST", all: "ALL" } as const) ?? "FIRST",
    mark: oneOf("bom", given("bom"), { true: true, false: false }) ?? true,
  };
}

function readMoment(name: string, text: string | null): Date | undefined {
  if (text === null) return undefined;
  const date = new Date(DATE.test(text) ? text : Number.NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw ValidationError.of(
    [name],
    `"${name}" is a date, which begins at 00:00 UTC, or a moment with a time zone: 2026-03-01 or 2026-03-01T09:30:00Z.`,
  );
}

function readScore(name: string, text: string | null): number | undefined {
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw ValidationError.of([name], `"${name}" is a whole number from 0.`);
}

function oneOf<Value>(
  name: string,
  text: string | null,
  values: Readonly<Record<string, Value>>,
): Value | undefined {
  if (text === null) return undefined;
  const found = Object.entries(values).find(([word]) => word === text.toLowerCase());
  if (found) return found[1];
  throw ValidationError.of([name], `"${name}" is ${Object.keys(values).join(" or ")}.`);
}

type Defined<Shape> = { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> };

function withoutUndefined<Shape extends object>(shape: Shape): Defined<Shape> {
  return Object.fromEntries(
    Object.entries(shape).filter(([, value]) => value !== undefined),
  ) as Defined<Shape>;
}

const moment = z.iso.datetime().transform((text) => new Date(text));
const stored = z.object({
  table: z.enum(TABLES),
  format: z.enum(FORMATS),
  selection: z.enum(["FIRST", "ALL"]),
  mark: z.boolean(),
  filter: z
    .object({
      quizId: z.string(),
      sessionId: z.string(),
      userId: z.string(),
      nickname: z.string(),
      joinedAfter: moment,
      joinedBefore: moment,
      minScore: z.number(),
      maxScore: z.number(),
    })
    .partial()
    .transform(withoutUndefined),
});

/** Reads a request that went through JSON; null where it is none. */
export function readStoredRequest(json: unknown): ExportRequest | null {
  const { success, data } = stored.safeParse(json);
  return success ? data : null;
}
