// Holds the weight of what a player downloads to join and play: at most 90 kB of JavaScript, gzipped.
// Run it after the web app has been built.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const limitBytes = 90_000;
const built = new URL("../dist/web/", import.meta.url);
/** Everything on the way from the first page to the podium, in one language. */
const needed = [
  "index.html",
  "src/features/home/HomePage.vue",
  "src/features/join/JoinPage.vue",
  "src/features/play/PlayPage.vue",
  "src/i18n/locales/vi/player.json",
];

/** @type {Record<string, { file: string, imports?: string[] }>} */
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", built), "utf8"));

/** @type {Set<string>} */
const files = new Set();
/** @param {string} key */
function collect(key) {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`${key} is not in the build`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) collect(imported);
}
for (const key of needed) collect(key);

const sizes = [...files]
  .map((file) => ({ file, bytes: gzipSync(readFileSync(new URL(file, built))).length }))
  .sort((a, b) => b.bytes - a.bytes);
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);

for (const { file, bytes } of sizes) console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`);
console.log(`${(total / 1000).toFixed(1).padStart(7)} kB  in all, of ${limitBytes / 1000} kB`);
if (total > limitBytes) {
  console.error("A player would have to load too much: see what the heaviest chunks above have taken in.");
  process.exit(1);
}
