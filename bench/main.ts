// npm run bench <name> -- [options]     each bench ends with one line of its figures
import { StartError } from "../server/core/startError.ts";

const BENCHES: Readonly<Record<string, () => Promise<{ run(options: readonly string[]): Promise<void> }>>> = {
  history: () => import("./history.ts"),
};

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
