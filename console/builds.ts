/** What the builds of the console have in common. */

import type { Plugin } from "vite";

/** Those that have light-dark() and the other things that the styles need. */
export const BROWSERS = ["chrome123", "firefox120", "safari17.5"];

/** Every template of an element is HTML or CSS: how far it is indented would be a tenth of what a browser loads. */
export const withoutIndentation: Plugin = {
  name: "without-indentation",
  apply: "build",
  transform: (code, id) => (/\/src\/(elements|page)\//.test(id) ? code.replace(/\n[ \t]+/g, "\n") : undefined),
};
