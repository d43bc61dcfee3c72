import fc from 'fast-check';
import { GhostMap } from './ghost-map.ts';
import { blockSize, FRONT_NUMBERS, ghostsAmong, packGhosts, readGhosts } from './ghosts.ts';

test('counts like a plain set, whatever comes and goes', () => {
  const step = fc.record({ number: fc.integer({ min: 1, max: 3000 }), ghost: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), fc.integer({ min: 0, max: 4000 }), (steps, through) => {
      const map = new GhostMap();
      const model = new Set<number>();
      for (const { number, ghost } of steps) {
        map.set(number, ghost);
        if (ghost) model.add(number);
        else model.delete(number);
      }
      expect(map.countThrough(through)).toBe([...model].filter((number) => number <= through).length);
      for (const { number } of steps) expect(map.isGhost(number)).toBe(model.has(number));
    }),
  );
});

test('the digest is exact in the front and, with four in ten gone, within 1 % beyond for 99 fans in 100', () => {
  const map = new GhostMap();
  const last = 200_000;
  const served = 1234;
  let seed = 42;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  for (let number = 1; number <= last; number++) map.set(number, random() < 0.4);
  const digest = packGhosts(map, { served, last });
  expect(digest.front.length + digest.blocks.length).toBeLessThan(110);
  const reader = readGhosts(digest, last - served);
  const errors: number[] = [];
  for (let number = served + 1; number <= last; number += number < 3000 ? 1 : 17) {
    const numbers = number - served - 1;
    const truth = map.countThrough(number - 1) - map.countThrough(served);
    const told = ghostsAmong(reader, numbers);
    if (numbers <= FRONT_NUMBERS) expect(told).toBe(truth);
    else errors.push(...Array(number < 3000 ? 1 : 17).fill(Math.abs(told - truth) / (numbers - truth)));
  }
  errors.sort((a, b) => a - b);
  expect(errors[Math.floor(errors.length * 0.99)]).toBeLessThan(0.01);
});

test('blocks cover ten million numbers in less than seventy characters', () => {
  let covered = FRONT_NUMBERS;
  let blocks = 0;
  while (covered < 1e7) covered += blockSize(blocks++);
  expect(blocks).toBeLessThan(70);
});
