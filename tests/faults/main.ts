import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runFaults } from "./run.ts";
import { isClean, report } from "./verdict.ts";

// npm run test:faults: the product on many machines, played while everything breaks, and judged by what is left.

const BUILD = fileURLToPath(new URL("../../scripts/build.mjs", import.meta.url));

const USAGE = `npm run test:faults -- [options]

  --minutes N      how long things go wrong (default 3)
  --players N      how many play at any time (default 200)
  --seed N         of the faults; printed, so that a run can be had again (default: any)
  --min-kills N    how many processes must be killed (default: 10 a minute)
  --servers N      (default 2)
  --workers N      (default 2)
  --logs FOLDER    keeps what servers and workers print
  --control        workers acknowledge before they store: the checker must find what is lost, and the exit code says so
`;

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "3" },
    players: { type: "string", default: "200" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    "min-kills": { type: "string" },
    servers: { type: "string", default: "2" },
    workers: { type: "string", default: "2" },
    logs: { type: "string" },
    control: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

function say(text: string): void {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
}

// What was started ends with this process, however it ends.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

if (values.help) process.stdout.write(USAGE);
else {
  const minutes = Number(values.minutes);
  const seed = Number(values.seed);
  execFileSync(process.execPath, [BUILD, "database client", "server"], { stdio: "inherit" });
  say(`seed ${seed}`);
  const verdict = await runFaults({
    minutes,
    seed,
    players: Number(values.players),
    minKills: Number(values["min-kills"] ?? Math.floor(minutes * 10)),
    servers: Number(values.servers),
    workers: Number(values.workers),
    acknowledgeFirst: values.control,
    logFolder: values.logs,
    log: say,
    progress: say,
  });
  say(`seed ${seed}`);
  process.stdout.write(`${report(verdict).join("\n")}\n`);
  process.exit(isClean(verdict) ? 0 : 1);
}
