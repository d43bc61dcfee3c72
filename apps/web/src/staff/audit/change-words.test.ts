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
  expect(changesOf(null, { seats: ['a', 'b'] })).toEqual([{ field: 'seats', before: null, after: 'a, b' }]);
  expect(changesOf({ paused: true }, { paused: true })).toEqual([]);
});

test('a list is told readably: plain values in a row, no more than a dozen, and things one by one', () => {
  const seats = Array.from({ length: 15 }, (_, i) => `s${i}`);
  expect(changesOf(null, { seats })).toEqual([
    { field: 'seats', before: null, after: 's0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11 and 3 more' },
  ]);
  expect(changesOf({ seats: ['a'] }, { seats: [] })).toEqual([{ field: 'seats', before: 'a', after: '–' }]);
  expect(changesOf(null, { phases: [{ kind: 'presale' }, { kind: 'general' }] })).toEqual([
    { field: 'phases.1.kind', before: null, after: 'presale' },
    { field: 'phases.2.kind', before: null, after: 'general' },
  ]);
});
