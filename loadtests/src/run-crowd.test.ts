import { testStack } from '@onsale/testkit';
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
