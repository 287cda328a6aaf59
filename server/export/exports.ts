import type { Clock } from "../core/clock.ts";
import type { SessionId, UserId } from "../core/ids.ts";
import { ValidationError } from "../core/refusals.ts";
import type { ApiIds } from "./apiIds.ts";
import type { Table } from "./column.ts";
import { dictionaryOf, exportTables, type TableFacts } from "./dictionary.ts";
import { csvFormat } from "./formats/csv.ts";
import { ndjsonFormat } from "./formats/ndjson.ts";
import { readAhead, textChunks } from "./formats/textChunks.ts";
import { xapiFormat } from "./formats/xapi.ts";
import { xlsxChunks } from "./formats/xlsx.ts";
import type { ExportLink, ExportLinks, LinkClaim } from "./links.ts";
import { readAnswers } from "./readAnswers.ts";
import { type AttemptSource, readAttempts } from "./readAttempts.ts";
import { type ExportRequest, exportName, isPossible, readExportName, readParameters } from "./request.ts";
import { distractorRows, type StatisticsSource, statisticsOf, statisticsRows } from "./statisticsRows.ts";

/** A file that is written while it is read. */
export interface OpenedExport {
  readonly fileName: string;
  readonly contentType: string;
  /** Reads the database as it is drawn; ending it early ends that. */
  readonly chunks: AsyncIterable<string | Uint8Array>;
}

export interface Exports {
  /** What an address asks for: its file's name, and its parameters. @throws NotFoundError, ValidationError */
  read(name: string, parameters: URLSearchParams): ExportRequest;
  /** An address that gives this export to whoever has it, for some minutes. @throws ValidationError */
  link(userId: UserId, request: ExportRequest): Promise<ExportLink>;
  /** Whose export of what a link is; null where it is not, or no longer, good for a file of this name. */
  follow(name: string, token: string): Promise<LinkClaim | null>;
  /** @throws ValidationError, NotFoundError */
  open(userId: UserId, request: ExportRequest): Promise<OpenedExport>;
  /** What stands in which column. */
  readonly dictionary: readonly TableFacts[];
  /** The dictionary as a file. */
  dictionaryFile(format: "csv" | "json"): { readonly contentType: string; readonly text: string };
}

export interface ExportsParts extends AttemptSource, StatisticsSource {
  readonly ids: ApiIds;
  readonly links: ExportLinks;
  /** Under which players and activities have their names in statements. */
  readonly publicUrl: string;
  readonly clock: Clock;
  /** Waits for a session's history to be complete, at most so many milliseconds. */
  readonly caughtUp: (sessionId: SessionId, timeoutMs: number) => Promise<unknown>;
}

const CONTENT_TYPES: Readonly<Record<ExportRequest["format"], string>> = {
  csv: "text/csv; charset=utf-8; header=present",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ndjson: "application/x-ndjson; charset=utf-8",
  xapi: "application/json; charset=utf-8",
};

/** In attempts. A page of answers takes PostgreSQL some hundredths of a second, which nobody who plays feels. */
const ATTEMPTS_PAGE = 500;
const ANSWERS_PAGE = 500;
/** The journal is behind by less, unless PostgreSQL is away. */
const SAVED_WAIT_MS = 1500;

/** What of the history can be had as files. */
export function createExports(parts: ExportsParts): Exports {
  const { ids, links, publicUrl, clock, caughtUp } = parts;
  const tables = exportTables(ids);
  const dictionary = dictionaryOf(tables);

  function written<Row>(
    { format, mark }: ExportRequest,
    table: Table<Row>,
    rows: AsyncIterable<Iterable<Row>>,
  ) {
    const pages = readAhead(rows);
    switch (format) {
      case "csv":
        return textChunks(pages, csvFormat(table, mark));
      case "ndjson":
        return textChunks(pages, ndjsonFormat(table));
      case "xlsx":
        return xlsxChunks(table, pages);
      case "xapi":
        throw impossible();
    }
  }

  async function chunksOf(
    userId: UserId,
    request: ExportRequest,
  ): Promise<AsyncIterable<string | Uint8Array>> {
    const { table, format, filter } = request;
    switch (table) {
      case "attempts":
        return written(request, tables.attempts, readAttempts(parts, userId, filter, ATTEMPTS_PAGE));
      case "answers": {
        const rows = readAnswers(parts, readAhead(readAttempts(parts, userId, filter, ANSWERS_PAGE)));
        if (format === "xapi") return textChunks(readAhead(rows), xapiFormat(publicUrl));
        return written(request, tables.answers, rows);
      }
      case "statistics":
        return written(
          request,
          tables.statistics,
          onePage(statisticsRows(await statisticsOf(parts, userId, request))),
        );
      case "distractors":
        return written(
          request,
          tables.distractors,
          onePage(distractorRows(await statisticsOf(parts, userId, request))),
        );
    }
  }

  return {
    read: (name, parameters) => ({ ...readExportName(name), ...readParameters(parameters, ids.read) }),

    async link(userId, request) {
      if (!isPossible(request)) throw impossible();
      return links.issue({ userId, request });
    },

    async follow(name, token) {
      const claim = await links.verify(token);
      return claim && exportName(claim.request) === name ? claim : null;
    },

    async open(userId, request) {
      if (request.filter.sessionId !== undefined) {
        await caughtUp(request.filter.sessionId as SessionId, SAVED_WAIT_MS);
      }
      const chunks = await chunksOf(userId, request);
      const [table, ...endings] = exportName(request).split(".");
      const today = new Date(clock.now()).toISOString().slice(0, 10);
      const fileName = [`${table}-${today}`, ...endings].join(".");
      return { fileName, contentType: CONTENT_TYPES[request.format], chunks };
    },

    dictionary,

    dictionaryFile(format) {
      if (format === "json") {
        return {
          contentType: "application/json; charset=utf-8",
          text: `${JSON.stringify(dictionary, null, 2)}\n`,
        };
      }
      return { contentType: CONTENT_TYPES.csv, text: dictionaryCsv(dictionary) };
    },
  };
}

function impossible(): ValidationError {
  return ValidationError.of(["format"], "Statements (xAPI) tell of answers, and of nothing else.");
}

async function* onePage<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}

function dictionaryCsv(tables: readonly TableFacts[]): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = tables.flatMap(({ name, columns }) =>
    columns.map((column) => [name, column.name, column.type, quoted(column.description)].join(",")),
  );
  return `\uFEFFtable,column,type,description\r\n${lines.map((line) => `${line}\r\n`).join("")}`;
}
