import { testStack } from '@onsale/testkit';
import { quantile, runClick } from './click/run-click.ts';
import { readOptions } from './options.ts';
import { runCrowd } from './run-crowd.ts';

const stack = testStack();
const RUN_LIMIT_MS = 240_000;

async function crowd(...argv: string[]): Promise<string> {
  const said: string[] = [];
  const { origin, admin, mongoUri, pidOf } = stack;
  const { held } = await runCrowd({
    options: readOptions(argv),
    stack: { origin, admin, local: { mongoUri, pidOf } },
    say: (text) => said.push(text),
  });
  // The whole verdict is shown when a rule was broken.
  expect(held ? 'nothing was violated' : said.join('\n')).toBe('nothing was violated');
  return said.join('\n');
}

test(
  'a crowd for numbered seats finds nothing violated although worker and admitter are killed in the middle',
  async () => {
    const said = await crowd(
      '--profile',
      'theatre',
      '--fans',
      '120',
      '--prequeue-seconds',
      '5',
      '--kill',
      'booking-worker,admitter',
    );
    expect(said).toContain('killed booking-worker');
    expect(said).toContain('killed admitter');
    expect(said).toMatch(/all \d+ invariants hold/);
  },
  RUN_LIMIT_MS,
);

test(
  'an operator changes the calls while the booking API is kept busy',
  async () => {
    const { origin, admin } = stack;
    const shop = { port: stack.portOf('booking-api'), pid: stack.pidOf('booking-api') };
    const { saturated, shop: seen } = await runClick(
      { origin, admin, shop },
      { acts: 6, connections: 16, waiting: 30, say: () => undefined },
    );
    expect(saturated.effectMs).toHaveLength(6);
    expect(quantile(saturated.effectMs, 0.5)).toBeLessThan(10_000); // a machine of tests is busy with others, too
    expect(seen.acceptedPerSecond).toBeGreaterThan(0);
  },
  RUN_LIMIT_MS,
);
