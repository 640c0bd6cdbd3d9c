import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { BROWSERS, withoutIndentation } from "./builds.js";

/** The browser loads what the page imports without waiting for the page's own script. */
const preloaded: Plugin = {
  name: "preloaded",
  apply: "build",
  transformIndexHtml: (_, { chunk }) =>
    chunk?.imports.map((file) => ({ tag: "link", injectTo: "head", attrs: { rel: "modulepreload", crossorigin: true, href: `./${file}` } })),
};

/** All that the list needs. The panels at the side come after it, the page around it and the languages are files of their own. */
const LIST = /\/src\/(api|state)\/|\/format\/(actor|dates|download|visible)\.|\/locales\/(en|languages|localization|messages)\.|\/node_modules\/(@lit|lit)|\/elements\/(api-client-credentials|styles|define|localized|copy-field)\./;

// Relative addresses only: on AWS the page is served below a stage path such as /api/.
export default defineConfig({
  base: "./",
  plugins: [withoutIndentation, preloaded],
  build: {
    outDir: "../chalicelib/console_assets",
    emptyOutDir: true,
    target: BROWSERS,
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { page: "index.html", "api-client-credentials": "src/embed.ts" },
      preserveEntrySignatures: "exports-only",
      output: {
        // The embedding page needs an address that does not change; everything else is hashed and cached for good.
        entryFileNames: (chunk) =>
          chunk.name === "api-client-credentials" ? "console/[name].js" : "console/[name]-[hash].js",
        chunkFileNames: "console/[name]-[hash].js",
        // What the panels share with the list is in its file: more files would only compress worse.
        codeSplitting: { groups: [{ name: "element", test: LIST }] },
        assetFileNames: "console/[name]-[hash][extname]",
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
  },
});
