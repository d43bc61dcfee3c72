// `npm run conformance`: plays scenarios, the project's own and recorded ones, and prints where the answers agree.
//   --uri mongodb://…   plays them against that server instead of an embedded one
//   --folder …          reads these scenario folders instead of looking for recorded ones (may be given more than once)
//   --only …            only scenarios whose name contains this
//   --verbose           prints listed differences as well
// The exit code is 1 where an answer differs and is not listed, or where a listed difference is none any more.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findRecorded } from './conformance/find-recorded.ts';
import { allListed, reasonFor } from './conformance/listed-differences.ts';
import { ownScenarios } from './conformance/own/own-scenarios.ts';
import { type Difference, playScenario } from './conformance/play-scenario.ts';
import { readScenarios, type Scenario } from './conformance/scenario.ts';
import { startEmbeddedMongo } from './server.ts';

const { values } = parseArgs({
  options: {
    uri: { type: 'string' },
    folder: { type: 'string', multiple: true },
    only: { type: 'string' },
    verbose: { type: 'boolean' },
  },
});
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const recorded = findRecorded();
const folders = values.folder ?? (recorded === null ? [] : [recorded]);
const missing = folders.filter((folder) => !existsSync(folder));
if (missing.length > 0) {
  say(`There is no folder ${missing.join(', ')}.`);
  process.exit(2);
}

const own = values.uri === undefined ? await startEmbeddedMongo() : null;
const { hostname: host, port } = new URL(values.uri ?? own?.uri ?? '');
const totals = { agree: 0, listed: 0, differ: 0 };
const metListed = new Set<string>();

for (const { group, scenarios } of [...ownScenarios, ...folders.flatMap(readScenarios)]) {
  say(`\n${group}`);
  for (const scenario of scenarios) {
    if (values.only !== undefined && !scenario.name.includes(values.only)) continue;
    const differences = await playScenario({ host, port: Number(port || 27017) }, scenario).catch(
      (error: unknown): Difference[] => [{ step: -1, command: '', details: [String(error)], answer: 'nothing' }],
    );
    report(scenario, differences);
  }
}

const complete = own !== null && values.only === undefined && values.folder === undefined && recorded !== null;
const stale = complete ? allListed().filter(({ scenario, step }) => !metListed.has(`${scenario}:${step}`)) : [];
for (const { scenario, step } of stale) say(`listed as a difference, but agrees: ${scenario}, step ${step}`);
say(
  `\n${totals.agree + totals.listed + totals.differ} scenarios: ${totals.agree} agree in every step, ${totals.listed} differ only as listed, ${totals.differ} otherwise`,
);
if (folders.length === 0) say('These are the own ones; no recorded ones were found (--folder names a folder of them).');
await own?.stop();
process.exit(totals.differ + stale.length > 0 ? 1 : 0);

function report(scenario: Scenario, differences: readonly Difference[]): void {
  const found = differences.map((difference) => ({ difference, excuse: excuseOf(scenario, difference) }));
  const kind = found.some(({ excuse }) => excuse === undefined) ? 'differ' : found.length > 0 ? 'listed' : 'agree';
  totals[kind] += 1;
  say(`  ${{ agree: 'agrees', listed: 'differs as listed', differ: 'DIFFERS' }[kind].padEnd(18)} ${scenario.name}`);
  for (const { difference, excuse } of found) {
    if (excuse !== undefined && !values.verbose) continue;
    say(`      step ${difference.step} answers ${difference.answer} to ${difference.command}`);
    for (const detail of difference.details) say(`        ${detail}`);
    if (excuse !== undefined) say(`        listed: ${excuse}`);
  }
}

// A real server is excused by the notes of the recording, ours only by what is listed with just this answer.
function excuseOf({ name }: Scenario, { step, answer, newer, mayDiffer }: Difference): string | undefined {
  if (own === null) return newer ?? mayDiffer;
  const reason = reasonFor(name, step, answer);
  if (reason !== undefined) metListed.add(`${name}:${step}`);
  return reason;
}
