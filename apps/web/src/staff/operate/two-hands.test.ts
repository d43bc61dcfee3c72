import type { AdmissionSettings } from '@onsale/contracts';
import { clashesOf, undoOf } from './two-hands.ts';

const seen: AdmissionSettings = {
  mode: 'automatic',
  ratePerMinute: 60,
  maxActive: 100,
  floor: 1,
  ceiling: 0,
  noShowCompensation: true,
  stockAware: true,
  autoSlow: true,
};

test('a setting that another hand changed meanwhile is told with all three values', () => {
  const now = { ...seen, ratePerMinute: 90 };
  expect(clashesOf({ ratePerMinute: 120 }, { seen, now })).toEqual([
    { name: 'ratePerMinute', seen: 60, theirs: 90, mine: 120 },
  ]);
});

test('nobody is undone when the other hand changed something else, or the same to the same', () => {
  expect(clashesOf({ ratePerMinute: 120 }, { seen, now: { ...seen, maxActive: 5 } })).toEqual([]);
  expect(clashesOf({ ratePerMinute: 120 }, { seen, now: { ...seen, ratePerMinute: 120 } })).toEqual([]);
});

test('a change is taken back to what was seen, and nothing else with it', () => {
  expect(undoOf({ ratePerMinute: 120, autoSlow: false }, seen)).toEqual({ ratePerMinute: 60, autoSlow: true });
});
