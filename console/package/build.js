/**
 * Makes the npm package's folder: `node package/build.js FOLDER`, in console/. `make console-package` then packs it.
 */

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const CONSOLE = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = resolve(process.argv[2]);
const { resolve: installed } = createRequire(import.meta.url);

/** The documented custom properties, each with its default, from where the styles have them. */
function themeProperties() {
  const styles = readFileSync(join(CONSOLE, "src/elements/styles.ts"), "utf8");
  return [...styles.matchAll(/var\((--acc-[\w-]+), (.+)\);/g)].map(([, property, value]) => ({ property, value }));
}

function run(script, ...parameters) {
  const done = spawnSync(process.execPath, [script, ...parameters], { cwd: CONSOLE, stdio: ["ignore", "ignore", "inherit"] });
  if (done.status !== 0) throw new Error(`${script} failed`);
}

/** What an editor shows of the element; what is private is nobody's. */
function manifest() {
  const { bin } = JSON.parse(readFileSync(installed("@custom-elements-manifest/analyzer/package.json"), "utf8"));
  const analyzer = join(dirname(installed("@custom-elements-manifest/analyzer/package.json")), Object.values(bin)[0]);
  run(analyzer, "analyze", "--quiet", "--config", "package/manifest.config.js", "--outdir", relative(CONSOLE, folder));
  const file = join(folder, "custom-elements.json");
  const found = JSON.parse(readFileSync(file, "utf8"));
  const isPublic = (member) => !["private", "protected"].includes(member.privacy) && !["render", "styles"].includes(member.name);
  for (const module of found.modules) {
    module.path = "dist/api-client-credentials.js";
    for (const exported of module.exports) exported.declaration.module = module.path;
    module.declarations = module.declarations.filter(({ tagName }) => tagName);
    for (const element of module.declarations) {
      element.members = element.members.filter((member) => isPublic(member) && member.kind === "field");
      element.cssProperties = themeProperties().map(({ property, value }) => ({ name: property, default: value }));
    }
  }
  writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
}

function theme() {
  const lines = themeProperties().map(({ property, value }) => `  ${property}: ${value};`);
  return [
    "/* Every property of the theme, with the value that it has where a page sets none. Copy it, change it, load it. */",
    "api-client-credentials {",
    ...lines,
    "}",
    "",
  ].join("\n");
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [mode, outDir] of [["production", "dist"], ["standalone", "dist/standalone"]])
  await build({ root: CONSOLE, configFile: join(CONSOLE, "vite.package.config.ts"), mode, logLevel: "warn", build: { outDir: join(folder, outDir) } });
run(installed("typescript/package.json").replace("package.json", "bin/tsc"), "-p", "tsconfig.package.json", "--outDir", join(folder, "dist/types"));
manifest();
writeFileSync(join(folder, "theme.css"), theme());
for (const file of ["package.json", "README.md", "CHANGELOG.md"]) cpSync(join(CONSOLE, "package", file), join(folder, file));
cpSync(join(CONSOLE, "..", "LICENSE"), join(folder, "LICENSE"));
