import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import vue from "@vitejs/plugin-vue";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env["API_URL"] ?? "http://localhost:4000";

/** Leaves the texts of the app's operations, which it sends by their ids alone, to the server. */
const persistedOperations = (): Plugin => ({
  name: "persisted-operations",
  apply: "build",
  generateBundle() {
    this.emitFile({
      type: "asset",
      fileName: ".vite/persisted-operations.json",
      source: readFileSync(here("./src/graphql/generated/persisted-documents.json"), "utf8"),
    });
  },
});

export default defineConfig({
  root: here("."),
  plugins: [vue(), tailwindcss(), persistedOperations()],
  define: {
    // Parts of Vue that nothing here uses: players should not download them.
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
  },
  build: {
    outDir: here("../dist/web"),
    emptyOutDir: true,
    manifest: true,
    target: ["chrome111", "edge111", "firefox114", "safari16.4"],
    modulePreload: { polyfill: false },
    // Nothing inline, so that the content security policy needs no exceptions.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every page needs travels in two files instead of a dozen: fewer requests, and better compressed.
            { name: "vendor", test: /node_modules\/(@vue|vue|vue-router|@urql|@0no-co|wonka|graphql-ws)\// },
            {
              name: "base",
              test: /web\/src\/(graphql|i18n\/[^/]+\.ts|ui\/(AppButton|BrandMark|EmptyState|ErrorPanel|FieldFrame|LanguageMenu|LoadingState|PageShell|TextField|ThemeToggle|ToastHost|use\w+))/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/graphql": { target: server, ws: true },
      "/health": server,
    },
  },
});
