import { changesOf } from './change-words.ts';

test('only what differs is told, named by its path', () => {
  const before = { paused: false, admission: { ratePerMinute: 60, maxActive: 50 }, notice: null };
  const after = { paused: true, admission: { ratePerMinute: 90, maxActive: 50 }, notice: 'Late' };
  expect(changesOf(before, after)).toEqual([
    { field: 'paused', before: 'false', after: 'true' },
    { field: 'admission.ratePerMinute', before: '60', after: '90' },
    { field: 'notice', before: null, after: 'Late' },
  ]);
});

test('a part that comes or goes is told by its own fields alone', () => {
  const call = { manualCall: { count: 7 } };
  expect(changesOf({ manualCall: null }, call)).toEqual([{ field: 'manualCall.count', before: null, after: '7' }]);
  expect(changesOf(call, { manualCall: null })).toEqual([{ field: 'manualCall.count', before: '7', after: null }]);
});

test('what was made has no before, and an act that changed nothing tells nothing', () => {
  expect(changesOf(null, { seats: ['a', 'b'] })).toEqual([{ field: 'seats', before: null, after: '["a","b"]' }]);
  expect(changesOf({ paused: true }, { paused: true })).toEqual([]);
});
