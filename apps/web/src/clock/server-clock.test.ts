import { clockOffset } from './server-clock.ts';

test('the offset is taken at the middle of the trip and is certain to half of it', () => {
  const sample = {
    serverTime: '2026-01-01T00:00:10.000Z',
    sentAtMs: Date.UTC(2026, 0, 1),
    receivedAtMs: Date.UTC(2026, 0, 1) + 400,
  };
  expect(clockOffset(sample)).toEqual({ offset: 9_800, certainty: 200 });
});
