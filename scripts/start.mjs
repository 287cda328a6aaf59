// npm start, npm run worker, npm run audit, npm run account, npm run dead-letters: builds what is out of date, then runs the program in this process.
import { build } from "./build.mjs";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is needed; this is ${process.version}.`);
  process.exit(1);
}

try {
  await build();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.env.NODE_ENV ??= "production";
process.setSourceMapsEnabled(true);
const [program = "main"] = process.argv.splice(2, 1);
await import(`../dist/server/${program}.js`);
