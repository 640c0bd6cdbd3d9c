export default {
  globs: ["src/elements/api-client-credentials.ts"],
  litelement: true,
  // Else it writes where the manifest is into console/package.json.
  packagejson: false,
};
