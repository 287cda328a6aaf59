// Loaded before any measured program (node --expose-gc --import): lets the bench collect its garbage before memory is
// read, and ends it when the bench is gone.
import { setTimeout as pause } from "node:timers/promises";

const ROUNDS = 4;

process.on("message", async ({ ask, name }) => {
  if (name !== "collect garbage") return;
  for (let round = 0; round < ROUNDS; round++) {
    globalThis.gc();
    await pause(50);
  }
  process.send({ reply: ask, value: process.memoryUsage() });
});
process.once("disconnect", () => process.exit(1));
process.channel?.unref();
