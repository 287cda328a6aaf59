import { defineConfig } from "@playwright/test";
import type { Setting } from "./tests/browser/support/test.ts";

/** `npm test` finds a Chromium, or installs one, and says here where it is. */
const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

export default defineConfig<object, { setting: Setting }>({
  testDir: "tests/browser",
  outputDir: "test-results/browser",
  // Several pages each, and a server: more at once only fight for the processor.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env["CI"] !== undefined,
  projects: [
    { name: "embedded", use: { setting: "embedded" } },
    {
      name: "two servers",
      use: { setting: "two servers" },
      // Pages that are the same whoever serves them are looked at once, unless everything is asked for.
      ...(process.env["BROWSER_TESTS"] !== "all" && {
        testMatch: /(hostPacedGame|serverRestart)\.spec\.ts$/,
      }),
    },
  ],
  reporter: [["line"], ["json", { outputFile: "test-results/browser.json" }]],
  use: {
    actionTimeout: 20_000,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
