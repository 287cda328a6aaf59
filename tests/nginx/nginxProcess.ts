import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../fixtures/serverProcess.ts";

export interface NginxProcess {
  readonly url: string;
  readonly port: number;
  /** As an operator does it: new workers with the settings read anew, the old ones stay for their connections. */
  reload(): Promise<void>;
  /** How many workers there are, those that end with their last connection among them. */
  workers(): number;
  stop(): Promise<void>;
}

const SETTINGS = fileURLToPath(new URL("../../ops/nginx/", import.meta.url));
const READY_TRIES = 200;

/** The path of nginx: NGINX_BIN, or where Debian puts it, which is not on everyone's PATH. */
function findNginx(): string {
  const given = process.env["NGINX_BIN"];
  if (given !== undefined) return given;
  return existsSync("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
}

/**
 * nginx with the settings of ops/nginx, before the servers on these two ports of loopback. Changed are addresses and
 * places, so that no special rights are needed, and what `changes` says.
 */
export async function startNginx(
  servers: readonly [number, number],
  changes: Readonly<Record<string, string>> = {},
): Promise<NginxProcess> {
  const binary = findNginx();
  const place = mkdtempSync(join(tmpdir(), "quiz-nginx-"));
  const port = await freePort();
  const at = (name: string) => join(place, name);
  write(at("quiz.conf"), "quiz.conf", {
    "listen 80;": `listen 127.0.0.1:${port};`,
    "server server-1:4000": `server 127.0.0.1:${servers[0]}`,
    "server server-2:4000": `server 127.0.0.1:${servers[1]}`,
    ...changes,
  });
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${at(name)};`)
    .join(" ");
  write(at("nginx.conf"), "nginx.conf", {
    "pid /var/run/nginx.pid;": `pid ${at("nginx.pid")};`,
    "error_log /dev/stderr": `error_log ${at("error.log")}`,
    "access_log /dev/stdout": `access_log ${at("access.log")}`,
    "include /etc/nginx/conf.d/quiz.conf;": `include ${at("quiz.conf")}; ${temporary}`,
  });
  const user = process.getuid?.() === 0 ? " user root;" : "";
  const args = ["-p", place, "-c", at("nginx.conf"), "-e", at("error.log"), "-g", `daemon off;${user}`];
  const log = () => (existsSync(at("error.log")) ? readFileSync(at("error.log"), "utf8") : "");

  const child = spawn(binary, args, { stdio: "ignore" });
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  failed.catch(() => {});
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([failed, untilAnswers(child, url, log)]);

  return {
    url,
    port,
    async reload() {
      const before = new Set(workersOf(child));
      execFileSync(binary, [...args, "-s", "reload"], { stdio: "ignore" });
      const old = () => workersOf(child).filter((pid) => before.has(pid));
      while (workersOf(child).length === old().length || !old().every(isLeaving)) await sleep(20);
      // Old workers close what idles, and whoever kept such a connection to ask again has to see that first.
      await sleep(100);
    },
    workers: () => workersOf(child).length,
    async stop() {
      const gone = child.exitCode === null && child.signalCode === null ? once(child, "exit") : null;
      child.kill("SIGTERM");
      await gone;
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** Copies a file of the settings, with changes; what they replace must be in it. */
function write(path: string, name: string, changes: Readonly<Record<string, string>>): void {
  let text = readFileSync(join(SETTINGS, name), "utf8");
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`${name} does not say "${from}" any more`);
    text = text.replace(from, to);
  }
  writeFileSync(path, text);
}

function workersOf({ pid }: ChildProcess): string[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
}

/** A worker that takes nothing new says so in its title. */
function isLeaving(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("shutting down");
  } catch {
    return true;
  }
}

async function untilAnswers(child: ChildProcess, url: string, log: () => string): Promise<void> {
  for (let tries = 0; tries < READY_TRIES; tries++) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}:\n${log()}`);
    const answer = await fetch(`${url}/metrics`).catch(() => null);
    await answer?.body?.cancel();
    if (answer) return;
    await sleep(25);
  }
  child.kill("SIGKILL");
  throw new Error(`nginx did not answer in time:\n${log()}`);
}
