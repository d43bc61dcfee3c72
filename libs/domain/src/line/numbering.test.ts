import { type Draw, numberOf } from '../draw/draw.ts';
import { numbering } from './numbering.ts';

test('gives the same numbers as the rule it is a faster form of', () => {
  const draws: Draw[] = [
    { firstIndex: 0, size: 100, seed: new Uint8Array(32).fill(7) },
    { firstIndex: 130, size: 50, seed: new Uint8Array(32).fill(9) },
  ];
  const line = { draws, firstUndrawnIndex: 200 };
  const fast = numbering(line);
  for (let index = 0; index < 260; index++) expect(fast(index)).toBe(numberOf(index, line));
});
