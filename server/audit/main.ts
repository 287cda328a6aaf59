// npm run audit -- --session <id> | --all [--json]
import { readAddresses } from "../config.ts";
import { runAudit } from "./command.ts";

try {
  process.exitCode = await runAudit({
    argv: process.argv.slice(2),
    ...readAddresses(),
    print: (text) => console.log(text),
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
