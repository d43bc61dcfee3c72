import { type Row, seatsBetween } from './seat-range.ts';

const row = { id: 'r', label: '7', seats: ['a', 'b', 'c', 'd'].map((id) => ({ id, label: id })) } as unknown as Row;

test('a range holds both its ends, in whichever order they are named', () => {
  expect(seatsBetween(row, 'b', 'd')).toEqual(['b', 'c', 'd']);
  expect(seatsBetween(row, 'd', 'b')).toEqual(['b', 'c', 'd']);
  expect(seatsBetween(row, 'c', 'c')).toEqual(['c']);
  expect(seatsBetween(row, 'c', 'nothing')).toEqual([]);
});
