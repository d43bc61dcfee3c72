import { recommendScaling, type SystemFacts } from './recommend-scaling.ts';

const sale = { name: 'Winter Light', isLed: true, shopDelayMs: 40, delayTargetMs: 1000 };
const facts: SystemFacts = {
  partitions: [
    { waiting: 0, consumers: 2 },
    { waiting: 3, consumers: 2 },
  ],
  deadLetters: 0,
  workers: 2,
  sales: [sale],
};
const told = (change: Partial<SystemFacts>) =>
  recommendScaling({ ...facts, ...change }).map(({ process, more, urgent }) => [process, more, urgent]);

test('a system that keeps up needs nothing', () => {
  expect(recommendScaling(facts)).toEqual([]);
});

test.each<[string, Partial<SystemFacts>, unknown]>([
  ['one worker alone', { workers: 1 }, [['booking-worker', 1, false]]],
  ['no worker', { workers: 0, partitions: [{ waiting: 9, consumers: 0 }] }, [['booking-worker', 2, true]]],
  ['no broker', { partitions: null }, [['rabbitmq', 0, true]]],
  ['dead letters', { deadLetters: 3 }, [['dead letters', 0, false]]],
  ['a line nobody leads', { sales: [{ ...sale, isLed: false }] }, [['admitter', 1, true]]],
  ['a slow shop with empty queues', { sales: [{ ...sale, shopDelayMs: 4000 }] }, [['booking-api', 1, true]]],
])('%s', (_, change, expected) => {
  expect(told(change)).toEqual(expected);
});

test('a backlog asks for workers as long as partitions have none of their own, then for partitions', () => {
  const behind = Array.from({ length: 4 }, (_, i) => ({ waiting: i < 3 ? 900 : 0, consumers: 2 }));
  expect(told({ partitions: behind, workers: 2 })).toEqual([['booking-worker', 2, true]]);
  expect(told({ partitions: behind, workers: 4 })).toEqual([['partitions', 4, true]]);
  expect(recommendScaling({ ...facts, partitions: behind })[0]?.why).toMatch(
    /^2700 commands wait in 3 of 4 partitions/,
  );
});

test('the urgent comes first', () => {
  expect(told({ deadLetters: 1, sales: [{ ...sale, isLed: false }] }).map(([process]) => process)).toEqual([
    'admitter',
    'dead letters',
  ]);
});
