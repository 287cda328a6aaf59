// npm run rollups:rebuild     counts the statistics of all quizzes anew
import { readAddresses, readConfig } from "../config.ts";
import { StartError } from "../core/startError.ts";
import { rebuildRollups } from "./command.ts";

try {
  const { databaseUrl } = readAddresses();
  const { database } = databaseUrl === undefined ? readConfig() : { database: { url: databaseUrl } };
  if (!("url" in database) && database.kind !== "embedded")
    throw new StartError("DATABASE_URL names no database.");
  const quizzes = await rebuildRollups({ database, print: (text) => console.log(text) });
  console.log(`The statistics of ${quizzes} quizzes were counted anew.`);
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
