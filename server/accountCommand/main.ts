// npm run account -- export <email> [--to <file>] | erase <email> [--yes] [--sessions delete]
import { readAddresses, readConfig } from "../config.ts";
import { StartError } from "../core/startError.ts";
import { runAccount } from "./command.ts";

try {
  const { databaseUrl } = readAddresses();
  const { database } = databaseUrl === undefined ? readConfig() : { database: { url: databaseUrl } };
  if (!("url" in database) && database.kind !== "embedded")
    throw new StartError("DATABASE_URL names no database.");
  process.exitCode = await runAccount({
    argv: process.argv.slice(2),
    database,
    print: (text) => console.log(text),
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
