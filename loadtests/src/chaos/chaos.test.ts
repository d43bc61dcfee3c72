import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChaosStack, startChaosStack } from './chaos-stack.ts';
import { drillOutages } from './drill-outages.ts';
import { drillRestarts } from './drill-restarts.ts';
import { runRound } from './round.ts';

const START_LIMIT_MS = 200_000;
const RUN_LIMIT_MS = 300_000;

const folder = mkdtempSync(join(tmpdir(), 'onsale-chaos-'));
let stack: ChaosStack;
let said: string[] = [];
const say = (line: string) => void said.push(line);

/** The whole protocol, what broke first: a long one is shortened in the middle where it is shown. */
function protocol(): string {
  const lines = said.join('\n').split('\n');
  return [...lines.filter((line) => /^ {2}(YES|BROKEN)|^ {8}\S/.test(line)), ...lines].join('\n');
}

beforeAll(async () => {
  stack = await startChaosStack(folder, say);
}, START_LIMIT_MS);
afterAll(async () => {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
}, START_LIMIT_MS);
beforeEach(() => {
  said = [];
});

test(
  'a crowd whose stack is killed, frozen and cut at random finds nothing violated, and the books are right',
  async () => {
    const shape = { seed: 4, kills: 8, windowMs: 20_000, fans: 60, profile: 'theatre' } as const;
    const end = await runRound(stack, shape, { say, note: say });
    const isGood = end.violations === 0 && end.audited && end.deadLetters === 0;
    expect(isGood ? 'nothing was violated' : protocol()).toBe('nothing was violated');
    expect(end).toMatchObject({ kills: 8, missed: 0 });
    expect(end.sold).toBeGreaterThan(0);
  },
  RUN_LIMIT_MS,
);

test(
  'every service alone may die or stand still: pages stay honest, and bookings go on soon after it is back',
  async () => {
    const isGood = await drillOutages(stack, { awayMs: 1_500, say });
    expect(isGood ? 'the goal was reached' : protocol()).toBe('the goal was reached');
    expect(said.filter((line) => line.includes('the first good booking'))).toHaveLength(6);
  },
  RUN_LIMIT_MS,
);

test(
  'processes are restarted in turn under load, and no fan notices',
  async () => {
    const names = ['booking-api', 'booking-worker', 'waiting-room', 'booking-api-2', 'booking-worker-2', 'admitter'];
    const isGood = await drillRestarts(stack, { fans: 250, seed: 1, names, say });
    expect(isGood ? 'nothing was violated' : protocol()).toBe('nothing was violated');
    expect(said.filter((line) => line.startsWith('restarted '))).toHaveLength(names.length);
  },
  RUN_LIMIT_MS,
);
