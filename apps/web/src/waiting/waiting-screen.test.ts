import type { LineDocument, PlaceView, SaleView } from '@onsale/contracts';
import { nextTurn, waitingScreen, windowAt } from './waiting-screen.ts';

const minute = 60_000;
const openAt = Date.UTC(2026, 5, 1, 12);
const iso = (ms: number) => new Date(ms).toISOString();
const window = {
  prequeueOpensAt: iso(openAt - 10 * minute),
  opensAt: iso(openAt),
  closesAt: iso(openAt + 60 * minute),
};
const sale = { phase: 'prequeue', now: iso(openAt - minute), phases: [window] } as SaleView;
const line = (phase: LineDocument['phase']) => ({ phase }) as LineDocument;
const place = (state: PlaceView['state'], number: number | null = null) => ({ state, number }) as PlaceView;
const before = openAt - minute;
const after = openAt + minute;

test('who has not joined sees the timetable, then the lobby', () => {
  expect(waitingScreen({ sale: { ...sale, phase: 'scheduled' }, line: null, place: null }, before)).toBe('scheduled');
  expect(waitingScreen({ sale, line: null, place: null }, before)).toBe('lobby');
  expect(waitingScreen({ sale, line: line('paused'), place: null }, after)).toBe('lobby');
});

test('who has joined goes through pre-queue, draw, waiting and the call', () => {
  expect(waitingScreen({ sale, line: line('prequeue'), place: place('prequeue') }, before)).toBe('prequeue');
  expect(waitingScreen({ sale, line: line('prequeue'), place: place('prequeue') }, after)).toBe('drawing');
  expect(waitingScreen({ sale, line: line('open'), place: place('waiting', 7) }, after)).toBe('waiting');
  expect(waitingScreen({ sale, line: line('paused'), place: place('waiting', 7) }, after)).toBe('waiting');
  expect(waitingScreen({ sale, line: line('open'), place: place('called', 7) }, after)).toBe('called');
  expect(waitingScreen({ sale, line: line('open'), place: place('missed', 7) }, after)).toBe('missed');
});

test('sold out is told to those who wait, not to those who are called or inside', () => {
  expect(waitingScreen({ sale, line: line('sold_out'), place: place('waiting', 7) }, after)).toBe('sold_out');
  expect(waitingScreen({ sale, line: line('sold_out'), place: place('called', 7) }, after)).toBe('called');
  expect(waitingScreen({ sale, line: line('sold_out'), place: place('admitted', 7) }, after)).toBe('admitted');
  expect(waitingScreen({ sale, line: line('closed'), place: place('admitted', 7) }, after)).toBe('closed');
});

test('the timetable names its window and its next turn', () => {
  expect(windowAt(sale, before)?.opensAt).toBe(iso(openAt));
  expect(nextTurn(sale, before)).toBe(openAt);
  expect(nextTurn(sale, after)).toBe(openAt + 60 * minute);
  expect(nextTurn(sale, openAt + 61 * minute)).toBeNull();
});
