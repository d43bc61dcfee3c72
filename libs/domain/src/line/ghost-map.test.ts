import fc from 'fast-check';
import { GhostMap } from './ghost-map.ts';
import { blockSize, FRONT_NUMBERS, ghostsAmong, packGhosts, readGhosts } from './ghosts.ts';

function randomFrom(start: number): () => number {
  let seed = start;
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

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
  const random = randomFrom(42);
  for (let number = 1; number <= last; number++) map.set(number, random() < 0.4);
  const digest = packGhosts(map, { served, last });
  expect(digest.front.length + digest.blocks.length).toBeLessThan(118);
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

test('whoever has 200 people or fewer ahead is told exactly how many, also where chance took more than four in ten', () => {
  const random = randomFrom(7);
  for (let line = 0; line < 300; line++) {
    const map = new GhostMap();
    const [served, last] = [line, line + 500];
    for (let number = served + 1; number <= last; number++) map.set(number, random() < 0.4);
    const reader = readGhosts(packGhosts(map, { served, last }), last - served);
    let ahead = 0;
    for (let number = served + 1; number <= last && ahead <= 200; number++) {
      const numbers = number - served - 1;
      if (numbers - ghostsAmong(reader, numbers) !== ahead)
        throw new Error(`line ${line}, number ${number}: not ${ahead}`);
      if (!map.isGhost(number)) ahead++;
    }
  }
});

test('blocks cover ten million numbers in at most 62 characters, which the line document has room for', () => {
  let covered = FRONT_NUMBERS;
  let blocks = 0;
  while (covered < 1e7) covered += blockSize(blocks++);
  expect(blocks).toBeLessThanOrEqual(62);
});
