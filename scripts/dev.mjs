// npm run dev: the server, started anew at each change, and Vite with the web app in front of it.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const port = process.env.PORT || "4000";

await build(["database client", "playground"]).catch((error) => {
  console.error(error.message);
  process.exit(1);
});

const start = (args, env = {}) =>
  spawn(process.execPath, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
const children = [
  start(["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", "server/main.ts"], { PORT: port }),
  start(["node_modules/vite/bin/vite.js", "--config", "web/vite.config.ts", "--host"], {
    API_URL: `http://localhost:${port}`,
  }),
];

// One without the other is no use. Ctrl-C reaches all three by itself.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {
  for (const child of children) child.kill("SIGTERM");
});
for (const child of children) {
  child.once("exit", (code) => {
    process.exitCode ||= code ?? 0;
    for (const other of children) other.kill("SIGTERM");
  });
}
