import { chanceOfTicket, statedWait } from './chance.ts';

const rate = { mean: 60, spread: 0.1 };
const kindOf = (seats: readonly [number, number, number, number | null], ahead: number, wanted = 1) =>
  chanceOfTicket({ ratePerMinute: rate, seats }, { ahead, wanted }).kind;

test('likely where the seats last for those before and then some, unlikely where even returned holds do not', () => {
  expect(kindOf([500, 0, 0, 2], 100)).toBe('likely');
  expect(kindOf([500, 0, 0, 2], 240)).toBe('uncertain');
  expect(kindOf([500, 0, 0, 2], 400)).toBe('unlikely');
  expect(kindOf([500, 400, 0, 2], 400)).toBe('uncertain');
  expect(kindOf([0, 0, 0, 2], 0)).toBe('unlikely');
  expect(kindOf([0, 5, 0, 2], 0)).toBe('uncertain');
});

test('who seeks now chooses first, and a large basket asks for more', () => {
  expect(kindOf([20, 0, 0, 1], 5)).toBe('likely');
  expect(kindOf([20, 0, 12, 1], 5)).toBe('uncertain');
  expect(kindOf([12, 0, 0, 1], 5, 4)).toBe('uncertain');
});

test('while nothing was measured only the extremes are told', () => {
  expect(kindOf([1000, 0, 0, null], 100)).toBe('likely');
  expect(kindOf([1000, 0, 0, null], 1000)).toBe('uncertain');
  expect(kindOf([1000, 0, 0, null], 5000)).toBe('unlikely');
});

test('those who will have given up take no seat, and the figures say so', () => {
  const seats = [500, 20, 10, 2] as const;
  const stays = chanceOfTicket({ ratePerMinute: rate, seats }, { ahead: 400 });
  const leaves = chanceOfTicket({ ratePerMinute: { ...rate, leaving: 0.2 }, seats }, { ahead: 400 });
  expect(stays).toMatchObject({ kind: 'unlikely', free: 500, held: 20, fansBefore: 410, seatsBefore: 820 });
  expect(leaves).toMatchObject({ kind: 'uncertain', fansBefore: 264 });
});

test('a time is stated to those who can count on a ticket, and where no stock is told', () => {
  expect(statedWait({ ratePerMinute: rate, seats: [500, 0, 0, 2] }, 100)).not.toBeNull();
  expect(statedWait({ ratePerMinute: rate, seats: [500, 0, 0, 2] }, 240)).toBeNull();
  expect(statedWait({ ratePerMinute: rate, seats: [500, 0, 0, null] }, 240)).not.toBeNull();
  expect(statedWait({ ratePerMinute: rate, seats: [500, 0, 0, null] }, 4000)).toBeNull();
  expect(statedWait({ ratePerMinute: rate }, 240)).not.toBeNull();
  expect(statedWait({ ratePerMinute: null }, 240)).toBeNull();
});
