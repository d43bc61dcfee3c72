import type { BookingId, PerformanceId } from '@onsale/domain';
import { HoldAgenda } from './hold-agenda.ts';

const performanceId = 'p' as PerformanceId;
const hold = (id: string, endsAt: number) => ({ bookingId: id as BookingId, performanceId, endsAt });
const held = (id: string, holdExpiresAt: number | null, state: 'held' | 'confirmed' = 'held') => ({
  id: id as BookingId,
  performanceId,
  state,
  holdExpiresAt,
});

function agenda(...holds: ReturnType<typeof hold>[]) {
  const timer = { ms: 0 };
  return { timer, agenda: new HoldAgenda({ at: 1_000, holds, elapsed: () => timer.ms }) };
}
const idsOf = (due: readonly { bookingId: BookingId }[]) => due.map(({ bookingId }) => bookingId);

test('what was held at the take-over is due when the time of the database has come', () => {
  const { agenda: it, timer } = agenda(hold('a', 1_500), hold('b', 3_000));
  expect(it.nextInMs()).toBe(500);
  expect(it.takeDue(10)).toEqual([]);
  timer.ms = 500;
  expect(it.nextInMs()).toBe(0);
  expect(idsOf(it.takeDue(10))).toEqual(['a']);
  expect(it.nextInMs()).toBe(1_500);
});

test('commits bring holds, move their ends and take them off, and tell the time', () => {
  const { agenda: it, timer } = agenda();
  expect(it.nextInMs()).toBeNull();
  it.learn(10_000, [held('a', 10_400), held('b', 10_200), null]);
  it.learn(10_100, [held('b', 12_000), held('a', null, 'confirmed')]);
  timer.ms = 1_900;
  expect(idsOf(it.takeDue(10))).toEqual(['b']);
  expect(it.nextInMs()).toBeNull();
});

test('a hold that was proposed too early stays, and no more are taken than can be decided at once', () => {
  const { agenda: it } = agenda(hold('a', 900), hold('b', 950), hold('c', 960));
  expect(idsOf(it.takeDue(2))).toEqual(['a', 'b']);
  it.learn(1_000, [held('a', 1_050)]);
  expect(idsOf(it.takeDue(2))).toEqual(['c']);
  expect(it.nextInMs()).toBe(50);
});
