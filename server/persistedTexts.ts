import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./core/projectRoot.ts";

/** Texts of operations by their ids. */
type OperationTexts = ReadonlyMap<string, string>;

/** The operations of all versions of the web app that have been served of late. */
interface OperationArchive {
  /** Notes that they are in use. */
  keep(texts: OperationTexts): Promise<void>;
  read(): Promise<OperationTexts>;
}

/** As built, and as generated: where one works on the web app, they may differ. */
const FILES = [
  join(projectRoot, "dist", "web", ".vite", "persisted-operations.json"),
  join(projectRoot, "web", "src", "graphql", "generated", "persisted-documents.json"),
];

/** The web app's operations: of this version, which are put into the archive, and of all that are in it. */
export async function loadPersistedTexts(archive: OperationArchive, files = FILES): Promise<OperationTexts> {
  const own = new Map(files.filter((file) => existsSync(file)).flatMap(textsIn));
  await archive.keep(own);
  return new Map([...(await archive.read()), ...own]);
}

const textsIn = (file: string) =>
  Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>);
