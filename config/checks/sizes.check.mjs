// Files under 400 lines, functions under 70. What is longer does more than one thing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineAt, listFiles, parse, typeScriptFiles, walk } from './repository.mjs';

export const name = 'sizes of files and functions';

const FILE_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 70;
const CODE = /^(apps|libs|loadtests|scripts|config)\/.*\.(ts|tsx|mjs|cjs|lua)$/;

export function findFaults(root) {
  const long = listFiles(root)
    .filter((path) => CODE.test(path))
    .flatMap((path) => {
      const lines = readFileSync(join(root, path), 'utf8').trimEnd().split('\n').length;
      return lines > FILE_LINES_MAX ? [`${path} has ${lines} lines (limit ${FILE_LINES_MAX})`] : [];
    });
  return [...long, ...typeScriptFiles(root).flatMap(longFunctions)];
}

function longFunctions(file) {
  const faults = [];
  walk(parse(file).program, (node, parent) => {
    const isFunction = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
    if (!isFunction || isDescribe(parent)) return;
    const [from, to] = [lineAt(file.text, node.start), lineAt(file.text, node.end)];
    const lines = to - from + 1;
    if (lines > FUNCTION_LINES_MAX)
      faults.push(`${file.path}:${from}: a function of ${lines} lines (limit ${FUNCTION_LINES_MAX})`);
  });
  return faults;
}

// A `describe` groups tests; each test in it counts for itself.
function isDescribe(parent) {
  return parent?.type === 'CallExpression' && parent.callee.type === 'Identifier' && parent.callee.name === 'describe';
}
