import fc from 'fast-check';
import { toHex, utf8 } from '../hash/bytes.ts';
import { sha256 } from '../hash/sha256.ts';
import { numbering } from '../line/numbering.ts';
import { crowdedHash, crowdedText, drawRoot, keptOf } from './crowded.ts';
import { numberOf } from './draw.ts';
import { permutationTable } from './permutation.ts';

const roster = fc.record({
  size: fc.integer({ min: 1, max: 700 }),
  firstIndex: fc.constantFrom(0, 17),
  word: fc.string(),
  groupOf: fc.func(fc.integer({ min: 0, max: 3 })),
});

test('nobody is thrown out: with groups, the numbers are still each one once, and the order within each half is as drawn', () => {
  fc.assert(
    fc.property(roster, ({ size, firstIndex, word, groupOf }) => {
      const seed = sha256(utf8(word));
      const groups: number[][] = [[], [], []];
      for (let i = 0; i < size; i++) groups[groupOf(i) - 1]?.push(firstIndex + i);
      const draws = [{ firstIndex, size, seed, crowded: groups }];
      const of = numbering({ draws, firstUndrawnIndex: null });
      const numbers = Array.from({ length: size }, (_, i) => of(firstIndex + i) as number);
      expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => firstIndex + i + 1));
      const drawn = permutationTable(seed, size);
      const demoted = new Set(
        groups.flatMap((group) =>
          [...group].sort((a, b) => drawn(a - firstIndex) - drawn(b - firstIndex)).slice(keptOf(group.length)),
        ),
      );
      const last = size - demoted.size;
      for (let i = 0; i < size; i++) {
        expect((numbers[i] as number) - firstIndex > last).toBe(demoted.has(firstIndex + i));
      }
      for (const half of [true, false]) {
        const members = numbers.flatMap((number, i) =>
          demoted.has(firstIndex + i) === half ? [{ number, drawn: drawn(i) }] : [],
        );
        const byNumber = [...members].sort((a, b) => a.number - b.number).map(({ drawn }) => drawn);
        expect(byNumber).toEqual([...byNumber].sort((a, b) => a - b));
      }
      expect(numberOf(firstIndex, { draws, firstUndrawnIndex: null })).toBe(numbers[0]);
    }),
    { numRuns: 30 },
  );
});

test('a farm of ten thousand is worth a thousand, a house of a hundred all of itself', () => {
  expect([1, 100, 101, 1_000, 10_000].map(keptOf)).toEqual([1, 100, 101, 317, 1_000]);
});

test('groups are written down in one way only, and bind the root', () => {
  expect(crowdedText([[9, 4], [], [3, 8]])).toBe('[[3,8],[4,9]]');
  const parts = { firstIndex: 3, size: 9, rosterRoot: sha256(utf8('roster')), crowdedHash: crowdedHash('[[3,8]]') };
  const changes = [{ firstIndex: 4 }, { size: 8 }, { rosterRoot: sha256(utf8('other')) }, { crowdedHash: null }];
  const roots = [{}, { crowdedHash: crowdedHash('[[3,9]]') }, ...changes].map((change) =>
    toHex(drawRoot({ ...parts, ...change })),
  );
  expect(new Set(roots).size).toBe(roots.length);
});
