/** The npm package's modules: `lit` comes from whoever installs it, unless the mode is `standalone`. */

import { defineConfig } from "vite";
import { BROWSERS, withoutIndentation } from "./builds.js";

const LOCALES = ["ar", "de", "en"];

export default defineConfig(({ mode }) => {
  const standalone = mode === "standalone";
  const element = { "api-client-credentials": "src/embed.ts" };
  const locales = LOCALES.map((locale) => [`locales/${locale}`, `src/locales/${locale}.ts`]);
  const frameworks = ["react", "vue"].map((framework) => [`frameworks/${framework}`, `src/frameworks/${framework}.ts`]);
  return {
    plugins: [withoutIndentation],
    build: {
      emptyOutDir: true,
      target: BROWSERS,
      minify: standalone,
      modulePreload: false,
      // A library: Vite adds no helper of its own, which the Vite of whoever builds with it would take for its own.
      ...(standalone ? {} : { lib: { entry: { ...element, ...Object.fromEntries([...frameworks, ...locales]) }, formats: ["es" as const] } }),
      rolldownOptions: {
        ...(standalone ? { input: element } : {}),
        external: standalone ? [] : /^lit(\/|$)/,
        preserveEntrySignatures: "strict" as const,
        output: { entryFileNames: "[name].js", chunkFileNames: standalone ? "[name].js" : "chunks/[name].js" },
      },
    },
  };
});
