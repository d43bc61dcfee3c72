// Every deliberate fault of config/planted-faults.mjs can still be planted, and docs/planted-faults.md has its row.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync } from 'oxc-parser';
import { pageOf, readResults } from '../planted-faults-page.mjs';

export const name = 'planted faults';

const LIST = 'config/planted-faults.mjs';
const PAGE = 'docs/planted-faults.md';

export async function findFaults(root) {
  if (!existsSync(join(root, LIST))) return [];
  const { plantedFaults } = await import(pathToFileURL(join(root, LIST)).href);
  const names = plantedFaults.map(({ what }) => what);
  const twice = names.filter((what, i) => names.indexOf(what) < i).map((what) => `${LIST} has "${what}" twice`);
  const unfit = plantedFaults.flatMap((fault) => whyNot(root, fault).map((why) => `${LIST}, "${fault.what}": ${why}`));
  return [...twice, ...unfit, ...findFaultsOfPage(root, plantedFaults)];
}

function whyNot(root, { file, from, to }) {
  const path = join(root, file);
  if (!existsSync(path)) return [`${file} does not exist`];
  const parts = readFileSync(path, 'utf8').split(from);
  if (parts.length !== 2) return [`${file} holds ${parts.length - 1} times instead of once: ${from}`];
  if (from === to) return ['changes nothing'];
  // A fault that does not load is noticed by any test and shows nothing.
  if (/\.ts$/.test(file) && parseSync(file, parts.join(to)).errors.length > 0) return [`makes ${file} unreadable`];
  return [];
}

function findFaultsOfPage(root, faults) {
  const page = existsSync(join(root, PAGE)) ? readFileSync(join(root, PAGE), 'utf8') : '';
  const results = readResults(page);
  const never = faults.flatMap(({ what }, i) =>
    results.has(what) ? [] : [`${PAGE} has no "${what}": npm run planted-faults -- ${i + 1} ${i + 1}`],
  );
  const gone = [...results].flatMap(([what, by]) => {
    const file = by?.split(': ')[0];
    return file === undefined || existsSync(join(root, file)) ? [] : [`${PAGE}, "${what}": ${file} is gone`];
  });
  if (never.length + gone.length > 0 || page === pageOf(faults, results)) return [...never, ...gone];
  return [`${PAGE} differs from ${LIST}: npm run planted-faults -- page`];
}
