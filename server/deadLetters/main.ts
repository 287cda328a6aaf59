// npm run dead-letters -- list | replay --all | replay --session <id> | discard <id…> --yes
import { readAddresses } from "../config.ts";
import { runDeadLetters } from "./command.ts";

try {
  process.exitCode = await runDeadLetters({
    argv: process.argv.slice(2),
    databaseUrl: readAddresses().databaseUrl,
    print: (text) => console.log(text),
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
