// `npm run conformance`: plays recorded scenarios and prints where the answers agree.
//   --uri mongodb://…   plays them against that server instead of an embedded one
//   --folder …          reads other scenario folders (may be given more than once)
//   --only …            only scenarios whose name contains this
//   --verbose           prints allowed differences as well
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findRecorded } from './conformance/find-recorded.ts';
import { listedDifferences } from './conformance/listed-differences.ts';
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

const recorded = findRecorded();
const folders = values.folder ?? (recorded === null ? [] : [recorded]);
const missing = folders.filter((folder) => !existsSync(folder));
if (missing.length > 0 || folders.length === 0) {
  process.stdout.write(`No scenarios in ${missing.join(', ') || 'sight'}: give a folder of them with --folder.\n`);
  process.exit(values.folder === undefined ? 0 : 2);
}

const own = values.uri === undefined ? await startEmbeddedMongo() : null;
const { hostname: host, port } = new URL(values.uri ?? own?.uri ?? '');
const totals = { agree: 0, newer: 0, mayDiffer: 0, listed: 0, differ: 0 };

for (const file of folders.flatMap(readScenarios)) {
  process.stdout.write(`\n${file.group}\n`);
  for (const scenario of file.scenarios) {
    if (values.only !== undefined && !scenario.name.includes(values.only)) continue;
    const differences = await playScenario({ host, port: Number(port || 27017) }, scenario).catch((error: unknown) => [
      { step: -1, command: '', details: [String(error)], newer: undefined, mayDiffer: undefined },
    ]);
    report(scenario, differences);
  }
}

const { agree, newer, mayDiffer, listed, differ } = totals;
const count = agree + newer + mayDiffer + listed + differ;
process.stdout.write(
  `\n${count} scenarios: ${agree} agree in every step, ${newer} differ only where newer servers do, ${mayDiffer} only where the recorded server is no model, ${listed} in listed differences, ${differ} otherwise\n`,
);
await own?.stop();
process.exit(differ > 0 ? 1 : 0);

function report(scenario: Scenario, differences: readonly Difference[]): void {
  const verdict = verdictOf(scenario, differences);
  totals[verdict] += 1;
  const words = {
    agree: 'agrees',
    newer: 'agrees (as newer servers)',
    mayDiffer: 'agrees (recorded server is no model)',
    listed: 'differs as listed',
    differ: 'DIFFERS',
  };
  process.stdout.write(`  ${words[verdict].padEnd(26)} ${scenario.name}\n`);
  for (const difference of differences) {
    const kind = kindOf(scenario, difference);
    if (kind !== 'differ' && !values.verbose) continue;
    process.stdout.write(`      step ${difference.step} (${kind}) ${difference.command}\n`);
    for (const detail of difference.details) process.stdout.write(`        ${detail}\n`);
    if (difference.newer) process.stdout.write(`        newer: ${difference.newer}\n`);
  }
}

type Verdict = keyof typeof totals;

function kindOf(scenario: Scenario, { step, newer: note, mayDiffer: excuse }: Difference): Verdict {
  if (note !== undefined) return 'newer';
  if (excuse !== undefined) return 'mayDiffer';
  return listedDifferences.some((known) => known.scenario === scenario.name && known.step === step)
    ? 'listed'
    : 'differ';
}

function verdictOf(scenario: Scenario, differences: readonly Difference[]): Verdict {
  const kinds = differences.map((difference) => kindOf(scenario, difference));
  return (['differ', 'listed', 'mayDiffer', 'newer'] as const).find((kind) => kinds.includes(kind)) ?? 'agree';
}
