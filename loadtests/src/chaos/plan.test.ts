import { planRound, services, wordsOf } from './plan.ts';

const processes = ['booking-worker', 'booking-worker-2', 'jobs'];
const shape = { seed: 7, kills: 30, windowMs: 60_000, processes };

test('a seed means the same acts again, another seed others', () => {
  expect(planRound(shape)).toEqual(planRound(shape));
  expect(planRound({ ...shape, seed: 8 })).not.toEqual(planRound(shape));
});

test('there are as many kills as were asked for, spread over the window and over every target alike', () => {
  const kills = planRound(shape).filter(({ kind }) => kind === 'kill');
  expect(kills).toHaveLength(30);
  expect(Math.max(...kills.map(({ atMs }) => atMs))).toBeLessThanOrEqual(shape.windowMs);
  for (const target of [...processes, ...services]) {
    expect(kills.filter((act) => act.target === target)).toHaveLength(5);
  }
});

test('over some rounds every kind of disturbance happens, and each act can be told', () => {
  const acts = Array.from({ length: 5 }, (_, seed) => planRound({ ...shape, seed })).flat();
  expect(new Set(acts.map(({ kind }) => kind))).toEqual(new Set(['kill', 'freeze', 'cut', 'silence', 'delay', 'flap']));
  for (const act of acts) expect(wordsOf(act)).toMatch(/^\S.*/);
});
