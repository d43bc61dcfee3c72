// Every invariant of docs/invariants.md has a test that is named after it, and every such test has its invariant.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './repository.mjs';

export const name = 'invariants and their tests';

export function findFaults(root) {
  const page = 'docs/invariants.md';
  if (!existsSync(join(root, page))) return [`${page} is missing`];
  const listed = numbersIn(readFileSync(join(root, page), 'utf8'), /\bINV-(\d+)\b/g);
  const tests = listFiles(root).filter((path) => /\.test\.tsx?$/.test(path));
  const tested = new Map();
  for (const path of tests) {
    const named = numbersIn(readFileSync(join(root, path), 'utf8'), /['"`]INV-(\d+): /g);
    for (const number of named) tested.set(number, path);
  }
  return [
    ...[...listed]
      .filter((number) => !tested.has(number))
      .map((number) => `INV-${number} has no test named 'INV-${number}: …'`),
    ...[...tested]
      .filter(([number]) => !listed.has(number))
      .map(([number, path]) => `${path}: INV-${number} is not in ${page}`),
  ];
}

const numbersIn = (text, pattern) => new Set([...text.matchAll(pattern)].map(([, number]) => Number(number)));
