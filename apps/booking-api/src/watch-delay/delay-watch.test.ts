import type { BookingId, SaleId } from '@onsale/domain';
import { createLogger } from '@onsale/runtime';
import { delayWatch } from './delay-watch.ts';

const saleId = 'sale-1' as SaleId;
const id = (name: string) => name as BookingId;

function watched() {
  let now = 0;
  const decided = new Set<BookingId>();
  const told: number[] = [];
  const watch = delayWatch({
    elapsed: () => now,
    decidedAmong: async (ids) => new Set(ids.filter((one) => decided.has(one))),
    tell: async ({ delayMs }) => void told.push(delayMs),
    logger: createLogger({ app: 'test', level: 'silent' }),
  });
  const pass = async (ms: number) => {
    for (const end = now + ms; now < end; ) {
      now += 200;
      await watch.look();
    }
  };
  return { watch, decided, told, pass, accept: (name: string) => watch.accepted({ saleId, bookingId: id(name) }) };
}

test('tells how long bookings take, once a second, and nothing when there are none', async () => {
  const { decided, told, pass, accept } = watched();
  await pass(3000);
  expect(told).toEqual([]);
  accept('a');
  await pass(400);
  decided.add(id('a'));
  await pass(600);
  expect(told).toEqual([600]);
  await pass(10_000);
  expect(told.length).toBeLessThanOrEqual(4); // what was seen fades, and then nothing is said
});

test('a worker that decides nothing shows as a delay that grows', async () => {
  const { told, pass, accept } = watched();
  for (const name of ['a', 'b', 'c']) {
    accept(name);
    await pass(200);
  }
  await pass(5000);
  expect(told.at(-1)).toBeGreaterThan(4000);
  expect([...told].sort((a, b) => a - b)).toEqual(told);
});

test('one command that is never decided does not slow the others', async () => {
  const { decided, told, pass, accept } = watched();
  accept('poison');
  for (let i = 0; i < 20; i++) {
    await pass(200);
    accept(`good-${i}`);
    decided.add(id(`good-${i}`));
  }
  await pass(1000);
  expect(told.at(-1)).toBe(200);
});
