import { defineConfig } from "vitest/config";

// Relative addresses only: on AWS the page is served below a stage path such as /api/.
export default defineConfig({
  base: "./",
  build: {
    outDir: "../chalicelib/console_assets",
    emptyOutDir: true,
    target: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { page: "index.html", "api-client-credentials": "src/embed.ts" },
      preserveEntrySignatures: "exports-only",
      output: {
        // The embedding page needs an address that does not change; everything else is hashed and cached for good.
        entryFileNames: (chunk) =>
          chunk.name === "api-client-credentials" ? "console/[name].js" : "console/[name]-[hash].js",
        chunkFileNames: "console/[name]-[hash].js",
        assetFileNames: "console/[name]-[hash][extname]",
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
  },
});
