// The server and the thread of its database, each one file; the packages stay where they are.
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
rmSync(`${root}dist/server`, { recursive: true, force: true });

await build({
  absWorkingDir: root,
  entryPoints: { main: "server/main.ts", embeddedWorker: "server/database/embeddedWorker.ts" },
  outdir: "dist/server",
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20.19",
  sourcemap: "linked",
  logLevel: "warning",
});
