// `npm run check`: the small checks of config/checks, each a file that exports its name and a function that returns
// the faults it found, one sentence each.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rootDir } from './build.mjs';

/** Runs every check and tells the faults. */
export async function runChecks(say) {
  const count = { passed: 0, failed: 0 };
  const folder = join(rootDir, 'config/checks');
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.check.mjs'))
    .sort()) {
    const { name, findFaults } = await import(pathToFileURL(join(folder, file)).href);
    const faults = await findFaults(rootDir);
    say(`${faults.length === 0 ? 'ok    ' : 'FAILED'} ${name}`);
    for (const fault of faults) console.log(`            ${fault}`);
    count[faults.length === 0 ? 'passed' : 'failed'] += 1;
  }
  return count;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { failed } = await runChecks((line) => console.log(line));
  process.exit(failed === 0 ? 0 : 1);
}
