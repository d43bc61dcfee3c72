// Lets a test import a .lua file as text, as esbuild's text loader does in a build.
module.exports = {
  process: (source) => ({ code: `module.exports = { __esModule: true, default: ${JSON.stringify(source)} };` }),
};
