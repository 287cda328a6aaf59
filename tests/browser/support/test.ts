import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { createQuizApi, type QuizApi } from "../../api/quizApi.ts";
import { signIn } from "../../fixtures/apiClient.ts";
import { freePort, type ServerProcess, startServer } from "../../fixtures/serverProcess.ts";
import { startTwoServers } from "../../fixtures/twoServers.ts";
import { DEMO_HOST } from "./hostPage.ts";

/** The product as it is built and started, with data of its own. */
export interface Product {
  readonly url: string;
  readonly api: QuizApi;
  /** The demo host's bearer token. */
  readonly hostToken: string;
  /** Ends the server as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again where it was, with the data that is there. */
  startAgain(): Promise<void>;
}

export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;
/** A phone's window for somebody who has no finger on it, only keys. */
export const PHONE_WITH_KEYS = { viewport: { width: 360, height: 740 } } as const;
export const PROJECTOR = { viewport: { width: 1280, height: 720 } } as const;

/** Opens a page on a device of its own: own storage, own network. Whatever goes wrong in it fails the test. */
export type OpenDevice = (device: BrowserContextOptions) => Promise<Page>;

/** How the product is run: by itself, or as two servers with Redis and PostgreSQL behind a balancer. */
export type Setting = "embedded" | "two servers";

type Running = Pick<Product, "url" | "kill" | "startAgain"> & { readonly remove: () => Promise<void> };

/** The programs that are told of things are on this machine. */
const ENV = { WEBHOOK_ALLOW_PRIVATE: "on" } as const;

async function startEmbedded(): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), "quiz-browser-"));
  const port = await freePort();
  let server: ServerProcess = await startServer({ port, dataDir, env: ENV });
  return {
    url: server.url,
    async kill() {
      await server.stop("SIGKILL");
    },
    async startAgain() {
      server = await startServer({ port, dataDir, env: ENV });
    },
    async remove() {
      await server.stop("SIGTERM");
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const test = base.extend<{ openDevice: OpenDevice }, { product: Product; setting: Setting }>({
  setting: ["embedded", { option: true, scope: "worker" }],

  product: [
    async ({ setting }, use) => {
      const { url, kill, startAgain, remove } = await (setting === "embedded"
        ? startEmbedded()
        : startTwoServers(DEMO_HOST));
      const hostToken = await signIn(url, DEMO_HOST.email, DEMO_HOST.password);
      await use({ url, api: createQuizApi(url), hostToken, kill, startAgain });
      await remove();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  baseURL: ({ product }, use) => use(product.url),

  openDevice: async ({ browser, baseURL }, use) => {
    const errors: Error[] = [];
    const opened: Page[] = [];
    await use(async (device) => {
      const context = await browser.newContext({
        baseURL: baseURL ?? "",
        locale: "en-GB",
        // Nothing is caught in the middle of a movement.
        reducedMotion: "reduce",
        ...device,
      });
      const page = await context.newPage();
      page.on("pageerror", (error) => errors.push(error));
      opened.push(page);
      return page;
    });
    for (const page of opened) await page.context().close();
    expect(errors, "errors thrown in the pages").toEqual([]);
  },
});

export { expect };
