// npm run bench <name> -- [options]     each bench ends with one line of its figures
import { StartError } from "../server/core/startError.ts";

const BENCHES: Readonly<Record<string, () => Promise<{ run(options: readonly string[]): Promise<void> }>>> = {
  answers: () => import("./answers.ts"),
  fanout: () => import("./fanout.ts"),
  frames: () => import("./frames.ts"),
  game: () => import("./game.ts"),
  history: () => import("./history.ts"),
  journal: () => import("./journal.ts"),
  report: () => import("./report.ts"),
};

// Leaving in an orderly way ends what was started, too.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

const [name = "", ...options] = process.argv.slice(2);
const load = BENCHES[name];
if (!load) {
  console.error(`Which bench? One of: ${Object.keys(BENCHES).join(", ")}`);
  process.exit(1);
}
try {
  const bench = await load();
  await bench.run(options);
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}
