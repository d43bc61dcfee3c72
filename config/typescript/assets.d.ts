// Lua scripts are imported as text: by esbuild's text loader in builds, by config/jest/text-transform.cjs in tests.
declare module '*.lua' {
  const text: string;
  export default text;
}
