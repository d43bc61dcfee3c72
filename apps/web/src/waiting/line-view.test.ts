import type { LineDocument } from '@onsale/contracts';
import { isNewer, progressOf, waitRange } from './line-view.ts';

test('a range of time is told while the sale is open, not while it stands still', () => {
  const line = {
    phase: 'open',
    served: 0,
    ghosts: { front: '', blocks: '' },
    ratePerMinute: { mean: 60, spread: 0.25 },
  } as unknown as LineDocument;
  expect(waitRange(600, line)?.lowSeconds).toBeGreaterThan(300);
  expect(waitRange(600, { ...line, phase: 'paused' })).toBeNull();
});

test('progress is the share of those before me who are done', () => {
  expect(progressOf(1, 0)).toBe(1);
  expect(progressOf(101, 25)).toBe(0.75);
  expect(progressOf(101, 100)).toBe(0);
});

test('an older document never replaces a newer one, a new epoch always does', () => {
  const line = (epoch: number, seq: number) => ({ epoch, seq }) as LineDocument;
  expect(isNewer(line(1, 5), line(1, 4))).toBe(true);
  expect(isNewer(line(1, 4), line(1, 4))).toBe(false);
  expect(isNewer(line(2, 0), line(1, 400))).toBe(true);
  expect(isNewer(line(1, 0), null)).toBe(true);
});
