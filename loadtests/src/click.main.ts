// `npm run bench -- console [--acts N] [--connections N] [--stack FILE]`: from the operator's act to the changed decision, with
// the booking API at rest and at saturation. scripts/bench-console.mjs brings a stack of its own.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runClick } from './click/run-click.ts';
import { clickConfig } from './config.ts';
import { readStackFile } from './options.ts';

const WAITING = 200;

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { acts: text, connections: text, stack: text } });
const { origin, admin, apps } = readStackFile(values.stack ?? '.local/stack.json');
const shop = apps['booking-api'];
if (shop === undefined) throw new Error('there is no booking API in this stack');
const times = await runClick(
  { origin, admin, shop },
  {
    acts: Number(values.acts ?? 60),
    connections: Number(values.connections ?? 64),
    waiting: WAITING,
    say: (line) => console.log(line),
  },
);
const { resultFile } = clickConfig();
if (resultFile !== null) writeFileSync(resultFile, `${JSON.stringify(times, null, 2)}\n`);
