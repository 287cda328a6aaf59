import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // graphql-js refuses objects made by another copy of itself. Node gives its CommonJS to Pothos and Yoga; without
    // this, Vite would give its ES modules to the sources.
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
  },
  test: {
    include: ["server/**/*.test.ts", "web/{src,playground}/**/*.test.ts", "tests/**/*.test.ts"],
    // A database engine starts in many files, on whatever machine this is.
    hookTimeout: 60_000,
    testTimeout: 30_000,
  },
});
