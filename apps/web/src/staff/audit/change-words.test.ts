import { changesOf } from './change-words.ts';

test('only what differs is told, named by its path', () => {
  const before = { paused: false, admission: { ratePerMinute: 60, maxActive: 50 }, notice: null };
  const after = { paused: true, admission: { ratePerMinute: 90, maxActive: 50 }, notice: 'Late' };
  expect(changesOf(before, after)).toEqual([
    { field: 'paused', before: 'false', after: 'true' },
    { field: 'admission.ratePerMinute', before: '60', after: '90' },
    { field: 'notice', before: '–', after: 'Late' },
  ]);
});

test('what was made has no before, and an act that changed nothing tells nothing', () => {
  expect(changesOf(null, { seats: ['a', 'b'] })).toEqual([{ field: 'seats', before: null, after: '["a","b"]' }]);
  expect(changesOf({ paused: true }, { paused: true })).toEqual([]);
});
