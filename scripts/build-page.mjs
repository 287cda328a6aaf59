// node scripts/build-page.mjs <vite config> <output folder>: builds a page and compresses what compresses.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "vite";

const [configFile, folder] = process.argv.slice(2);
await build({
  configFile: resolve(configFile),
  logLevel: "warn",
  // Libraries of the playground say "use client", which means nothing here.
  build: { rolldownOptions: { checks: { moduleLevelDirective: false } } },
});

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);
const smallest = 1024;

const files = readdirSync(resolve(folder), { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && /\.(css|html|js|json|svg|webmanifest)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

await Promise.all(
  files.map(async (path) => {
    const content = readFileSync(path);
    if (content.length < smallest) return;
    const [br, gz] = await Promise.all([
      compressBrotli(content, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
      }),
      compressGzip(content, { level: 9 }),
    ]);
    writeFileSync(`${path}.br`, br);
    writeFileSync(`${path}.gz`, gz);
  }),
);
