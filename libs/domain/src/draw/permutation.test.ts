import { fromHex } from '../hash/bytes.ts';
import { permutation, permutationTable } from './permutation.ts';

// Frozen values published by smoketurner/virtual-waiting-room (crates/wr-common/src/permutation): [index, position].
const frozen: readonly { seed: string; n: number; cases: readonly (readonly [number, number])[] }[] = [
  {
    seed: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
    n: 2,
    cases: [
      [0, 0],
      [1, 1],
    ],
  },
  {
    seed: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
    n: 7,
    cases: [
      [0, 2],
      [3, 3],
      [6, 6],
    ],
  },
  {
    seed: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
    n: 17,
    cases: [
      [0, 12],
      [8, 16],
      [16, 6],
    ],
  },
  {
    seed: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
    n: 1000000,
    cases: [
      [0, 890568],
      [12345, 541088],
      [999999, 2522],
    ],
  },
  {
    seed: 'abababababababababababababababababababababababababababababababab',
    n: 3,
    cases: [
      [0, 0],
      [1, 2],
      [2, 1],
    ],
  },
  {
    seed: 'abababababababababababababababababababababababababababababababab',
    n: 16,
    cases: [
      [0, 3],
      [1, 6],
      [15, 9],
    ],
  },
  {
    seed: 'abababababababababababababababababababababababababababababababab',
    n: 1000,
    cases: [
      [0, 266],
      [1, 89],
      [500, 909],
      [999, 288],
    ],
  },
];
const seed = fromHex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');

test.each(frozen)('the frozen positions of a roster of $n hold', ({ seed: hex, n, cases }) => {
  const table = permutationTable(fromHex(hex), n);
  for (const [index, position] of cases) {
    expect(permutation(fromHex(hex), index, n)).toBe(position);
    expect(table(index)).toBe(position);
  }
});

test('every index gets a position of its own', () => {
  for (const n of [1, 2, 3, 5, 64, 1000]) {
    const positions = new Set(Array.from({ length: n }, (_, index) => permutation(seed, index, n)));
    expect(positions.size).toBe(n);
  }
});

test('the table gives what the single computation gives', () => {
  const table = permutationTable(seed, 4321);
  for (let index = 0; index < 4321; index += 7) expect(table(index)).toBe(permutation(seed, index, 4321));
});

test('a roster, an index or a seed out of range is refused', () => {
  expect(() => permutation(seed, 5, 5)).toThrow(RangeError);
  expect(() => permutation(seed, -1, 5)).toThrow(RangeError);
  expect(() => permutation(seed, 0, 2 ** 30 + 1)).toThrow(RangeError);
  expect(() => permutation(seed.subarray(1), 0, 5)).toThrow(RangeError);
});
