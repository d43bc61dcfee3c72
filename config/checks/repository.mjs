// What the checks look at: the files of the repository and, for TypeScript, their syntax trees.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';

const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', '.git', '.local', 'screenshots', 'bench-results']);

/** Paths of all files below `folder`, relative to `root`, with forward slashes, in a fixed order. */
export function listFiles(root, folder = '') {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const paths = entries.flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (NOT_OURS.has(entry.name)) return [];
    return entry.isDirectory() ? listFiles(root, path) : [path];
  });
  return paths.sort();
}

/** The TypeScript of apps, libs and loadtests. `isTest` means it runs in tests only: `x.test.ts`, and `test-x.ts` for their
 *  support (in libs/testkit everything is). */
export function typeScriptFiles(root) {
  const isOurs = (path) => /^(apps|libs|loadtests)\/.*\.tsx?$/.test(path) && !path.endsWith('.d.ts');
  return listFiles(root)
    .filter(isOurs)
    .map((path) => ({
      path,
      package: path.startsWith('loadtests/') ? 'loadtests' : path.split('/').slice(0, 2).join('/'),
      isTest: isTest(path),
      text: readFileSync(join(root, path), 'utf8'),
    }));
}

/** Whether a path is that of a test or benchmark, or of what supports them: `x.test.ts`, `test-x.ts`, `test/`, `bench/`. */
export const isTest = (path) => /(\.test\.tsx?|\/test-[^/]+\.tsx?|\/(test|bench)\/.+|\/bench\.main\.ts)$/.test(path);

/** The syntax tree (ESTree) and the imports of one file. */
export function parse({ path, text }) {
  const { program, module } = parseSync(path, text);
  return { program, module };
}

/** Every import of a file: `{ from, typeOnly }`. */
export function importsOf(file) {
  const { module } = parse(file);
  const fixed = module.staticImports.map(({ moduleRequest, entries }) => ({
    from: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
  }));
  const passedOn = module.staticExports
    .flatMap(({ entries }) => entries)
    .filter((entry) => entry.moduleRequest)
    .map((entry) => ({ from: entry.moduleRequest.value, typeOnly: entry.isType }));
  const late = module.dynamicImports.map(({ moduleRequest }) => ({
    from: file.text.slice(moduleRequest.start + 1, moduleRequest.end - 1),
    typeOnly: false,
  }));
  return [...fixed, ...passedOn, ...late];
}

/** Calls `visit` with every node of a syntax tree and the node above it. */
export function walk(node, visit, parent) {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) for (const child of node) walk(child, visit, parent);
  if (typeof node.type !== 'string') return;
  visit(node, parent);
  for (const key in node) if (key !== 'type') walk(node[key], visit, node);
}

/** Line number of an offset. */
export const lineAt = (text, offset) => text.slice(0, offset).split('\n').length;
