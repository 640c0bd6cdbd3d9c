import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  // Vue would look for a component of this name.
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === "api-client-credentials" } } })],
});
