// What the tests need besides npm's packages: a Chromium, redis-server, nginx, promtool, the binaries of PostgreSQL.
// Found, or installed where this is Debian and the user is root; otherwise an error says what to do.
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

const CHROMIUMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The path of a Chromium that runs. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(`CHROMIUM_PATH is ${given}, where no program is.`);
  }
  const found = CHROMIUMS.map(onPath).find(Boolean);
  if (found) return found;
  installed("chromium");
  const installedNow = CHROMIUMS.map(onPath).find(Boolean);
  if (installedNow) return installedNow;
  throw new Error(
    "The browser tests need Chromium: install it (Debian: apt-get install chromium), or set CHROMIUM_PATH.",
  );
}

/** The path of a redis-server. */
export function findRedis() {
  const given = process.env.REDIS_BIN;
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(`REDIS_BIN is ${given}, where no program is.`);
  }
  const found = onPath("redis-server");
  if (found) return found;
  installed("redis-server");
  const installedNow = onPath("redis-server");
  if (installedNow) return installedNow;
  throw new Error(
    "Some tests need Redis: install its server (Debian: apt-get install redis-server), or set REDIS_BIN.",
  );
}

/** The path of nginx, which Debian puts where only root looks. */
export function findNginx() {
  const given = process.env.NGINX_BIN;
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(`NGINX_BIN is ${given}, where no program is.`);
  }
  const find = () => onPath("nginx") ?? ["/usr/sbin/nginx"].find(isProgram);
  const found = find();
  if (found) return found;
  installed("nginx");
  const installedNow = find();
  if (installedNow) return installedNow;
  throw new Error("Some tests need nginx: install it (Debian: apt-get install nginx), or set NGINX_BIN.");
}

/** The path of promtool, which tests alert rules. */
export function findPromtool() {
  const given = process.env.PROMTOOL_BIN;
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(`PROMTOOL_BIN is ${given}, where no program is.`);
  }
  const found = onPath("promtool");
  if (found) return found;
  installed("prometheus");
  const installedNow = onPath("promtool");
  if (installedNow) return installedNow;
  throw new Error(
    "The tests of the alert rules need promtool: install it (Debian: apt-get install prometheus), or set PROMTOOL_BIN.",
  );
}

/** The folder of PostgreSQL's binaries; null where DATABASE_TEST_URL names a running server instead. */
export function findPostgres() {
  if (process.env.DATABASE_TEST_URL) return null;
  const found = postgresFolder();
  if (found) return found;
  installed("postgresql");
  const installedNow = postgresFolder();
  if (installedNow) return installedNow;
  throw new Error(
    "Some tests need PostgreSQL: install its server (Debian: apt-get install postgresql), or set DATABASE_TEST_URL to an empty database.",
  );
}

function postgresFolder() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, "bin")), ...pathFolders()];
  return folders.find((folder) => isProgram(join(folder, "initdb")) && isProgram(join(folder, "postgres")));
}

/** Tries to install a Debian package. What became of it, the caller sees by looking again. */
function installed(name) {
  if (process.getuid?.() !== 0 || !onPath("apt-get")) return;
  console.log(`  installing ${name} with apt-get`);
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  try {
    execFileSync("apt-get", ["update", "-qq"], options);
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], options);
  } catch (error) {
    console.error(`apt-get could not install ${name}: ${error.message}`);
  }
}

function onPath(name) {
  return pathFolders()
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function pathFolders() {
  return (process.env.PATH ?? "").split(delimiter).filter(Boolean);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
