import { type SaleFacts, salePhase } from './phase.ts';

const facts: SaleFacts = {
  windows: [
    { id: 'presale', kind: 'presale', prequeueOpensAt: 100, opensAt: 200, closesAt: 300 },
    { id: 'general', kind: 'general', prequeueOpensAt: 400, opensAt: 500, closesAt: 600 },
  ],
  drawn: new Set(['presale', 'general']),
  paused: false,
  soldOut: false,
  closedByStaff: false,
};

test.each([
  [99, 'scheduled'],
  [100, 'prequeue'],
  [199, 'prequeue'],
  [200, 'open'],
  [300, 'closed'],
  [400, 'prequeue'],
  [500, 'open'],
  [600, 'closed'],
])('at %i the sale is %s', (now, phase) => {
  expect(salePhase(facts, now)).toBe(phase);
});

test('a window stays a pre-queue until its draw has been held', () => {
  expect(salePhase({ ...facts, drawn: new Set() }, 250)).toBe('prequeue');
});

test('pause, sell-out and the closing by staff override the timetable in rising order', () => {
  expect(salePhase({ ...facts, paused: true }, 250)).toBe('paused');
  expect(salePhase({ ...facts, paused: true, soldOut: true }, 250)).toBe('sold_out');
  expect(salePhase({ ...facts, soldOut: true, closedByStaff: true }, 250)).toBe('closed');
});
