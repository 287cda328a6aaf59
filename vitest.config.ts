import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Each of these keeps several servers and a crowd of players busy: side by side, they would starve each other. */
const CROWDED = [
  "tests/faults/{faults,control,reconnect}.test.ts",
  "tests/kill/**/*.test.ts",
  "tests/nginx/**/*.test.ts",
];

export default defineConfig({
  resolve: {
    // graphql-js refuses objects made by another copy of itself. Node gives its CommonJS to Pothos and Yoga; without
    // this, Vite would give its ES modules to the sources.
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
  },
  test: {
    // Many tests wait for something to come back: even on two cores, two files at a time are done sooner.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: "side by side",
          include: ["server/**/*.test.ts", "web/{src,playground}/**/*.test.ts", "tests/**/*.test.ts"],
          exclude: CROWDED,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "one at a time",
          include: CROWDED,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    // A database engine starts in many files, on whatever machine this is.
    hookTimeout: 60_000,
    testTimeout: 30_000,
  },
});
