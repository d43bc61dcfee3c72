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

test('a phase goes on while the next one gathers its pre-queue, and ends at its own time', () => {
  const [presale, general] = facts.windows;
  const windows = [
    { ...presale, closesAt: 450 },
    { ...general, prequeueOpensAt: 250, opensAt: 500 },
  ] as SaleFacts['windows'];
  const onlyPresale = { ...facts, windows, drawn: new Set(['presale']) };
  expect(salePhase(onlyPresale, 249)).toBe('open');
  expect(salePhase(onlyPresale, 250)).toBe('open');
  expect(salePhase({ ...onlyPresale, paused: true }, 250)).toBe('paused');
  expect(salePhase(onlyPresale, 450)).toBe('prequeue');
  expect(salePhase({ ...onlyPresale, drawn: new Set() }, 250)).toBe('prequeue');
  expect(salePhase({ ...facts, windows }, 500)).toBe('open');
});
