// The server and the thread of its database, each one file; the packages stay where they are.
import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
rmSync(`${root}dist/server`, { recursive: true, force: true });

await build({
  absWorkingDir: root,
  entryPoints: {
    main: "server/main.ts",
    worker: "server/worker.ts",
    audit: "server/audit/main.ts",
    account: "server/accountCommand/main.ts",
    rollups: "server/rollups/main.ts",
    "dead-letters": "server/deadLetters/main.ts",
    embeddedWorker: "server/database/embeddedWorker.ts",
  },
  outdir: "dist/server",
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20.19",
  sourcemap: "linked",
  logLevel: "warning",
});

// Scripts of Redis are read from beside the file that runs them.
for (const folder of ["server/session/store/redis/lua", "server/journal/stream/lua"])
  cpSync(`${root}${folder}`, `${root}dist/server/lua`, { recursive: true });
