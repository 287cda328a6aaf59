import type { Cell } from "./column.ts";
import type { ReadApiId } from "./request.ts";

type Noun = "User" | "Quiz" | "Question" | "Session" | "Attempt";

/** The ids of files are those of the API, so that what a file names can be asked for. */
export interface ApiIds {
  write(type: Noun, id: string): string;
  readonly read: ReadApiId;
}

export const idCell = (ids: ApiIds, type: Noun, id: string | null): Cell =>
  id === null ? null : ids.write(type, id);
