import type { StockCommand } from './booking-command.ts';
import type { BookingRecord, ExtensionReason } from './booking-record.ts';
import type { BookingWorld } from './booking-world.ts';
import { decide } from './decide.ts';
import { longestHoldMs } from './hold-time.ts';
import {
  applied,
  emptyWorld,
  fan,
  NOW,
  PERFORMANCE,
  payment,
  reserveCommand,
  seat,
  withPayment,
} from './test-world.ts';

const HOLD_MS = 600_000;
const LONGEST_MS = 1_200_000;
const aino = fan('aino');
const request = () => reserveCommand([{ seatIds: [seat('A1'), seat('A2')] }], { fanId: aino });
const extend = ({ id }: BookingRecord, by: ExtensionReason): StockCommand => ({
  type: 'extend',
  by,
  paymentId: by === 'fan' ? null : payment('p'),
  performanceId: PERFORMANCE,
  bookingId: id,
});

/** The world after the commands, at the time it is given. */
function after(world: BookingWorld, now: number, ...commands: StockCommand[]) {
  const { changes, outcomes } = decide({ ...world, now }, commands);
  return { world: applied(world, changes), outcomes, booking: outcomes.at(-1)?.booking };
}

function held(world = emptyWorld()) {
  const { world: next, booking } = after(world, NOW, request());
  if (booking?.state !== 'held') throw new Error(`expected a hold, got ${booking?.state} ${booking?.reason}`);
  return { world: next, booking };
}

test('who begins to pay in the last moment gets three minutes from then, once', () => {
  const { world, booking } = held();
  const { outcomes } = after(world, NOW + 590_000, extend(booking, 'payment'), extend(booking, 'payment'));
  expect(outcomes[0]?.booking?.holdExpiresAt).toBe(NOW + 590_000 + 180_000);
  expect(outcomes[1]).toMatchObject({ kind: 'ignored', why: 'no_extension' });
});

test('beginning to pay early neither shortens the hold nor uses the extension up', () => {
  const { world, booking } = held();
  const early = after(world, NOW + 1_000, extend(booking, 'payment'));
  expect(early.outcomes[0]).toMatchObject({ kind: 'ignored', why: 'no_extension' });
  const late = after(early.world, NOW + 590_000, extend(booking, 'payment'));
  expect(late.outcomes[0]?.booking?.holdExpiresAt).toBe(NOW + 770_000);
});

test('the fan may ask once for as much time again, beside the one for paying, up to the longest hold', () => {
  const { world, booking } = held();
  const { outcomes } = after(
    world,
    NOW + 590_000,
    extend(booking, 'payment'),
    extend(booking, 'fan'),
    extend(booking, 'fan'),
  );
  expect(outcomes.map(({ kind, booking: now }) => [kind, now?.holdExpiresAt])).toEqual([
    ['decided', NOW + 770_000],
    ['decided', NOW + LONGEST_MS],
    ['ignored', NOW + LONGEST_MS],
  ]);
});

test('each reason counts once, however much longer the organizer lets a hold live', () => {
  const { world, booking } = held(emptyWorld({ terms: { holdMaxMs: 10 * HOLD_MS } }));
  const asked = (by: ExtensionReason) => {
    const { outcomes } = after(world, NOW + 590_000, extend(booking, by), extend(booking, by));
    return outcomes.map(({ kind, booking: now }) => [kind, now?.holdExpiresAt]);
  };
  const twice = NOW + 2 * HOLD_MS;
  expect(asked('fan')).toEqual(['decided', 'ignored'].map((kind) => [kind, twice]));
  const paying = after(world, NOW + 590_000, extend(booking, 'payment'));
  expect(after(paying.world, NOW + 700_000, extend(booking, 'payment')).outcomes[0]?.kind).toBe('ignored');
});

test('where the organizer grants no more than a hold there is no extension', () => {
  const { world, booking } = held(emptyWorld({ terms: { holdMaxMs: HOLD_MS } }));
  const { outcomes } = after(world, NOW + 590_000, extend(booking, 'fan'), extend(booking, 'payment'));
  expect(outcomes.map(({ kind }) => kind)).toEqual(['ignored', 'ignored']);
});

test('a hold whose end has come is not prolonged, although no sweep has looked yet', () => {
  const { world, booking } = held();
  expect(after(world, NOW + HOLD_MS, extend(booking, 'fan')).outcomes[0]).toMatchObject({ kind: 'ignored' });
});

test('letting holds run out and holding again ends when the time of a fan in the sale is used up', () => {
  let world = emptyWorld();
  const states: unknown[] = [];
  for (let round = 0; round < 8; round++) {
    const start = NOW + round * HOLD_MS;
    const next = after(world, start, request());
    states.push(next.booking?.state === 'held' ? 'held' : next.booking?.reason);
    world = next.world;
    if (next.booking?.state !== 'held') continue;
    const about = { performanceId: PERFORMANCE, bookingId: next.booking.id };
    world = after(world, start + HOLD_MS, { ...about, type: 'expire' }).world;
  }
  expect(states).toEqual(['held', 'held', 'held', 'held', 'held', 'held', 'hold_time_used', 'hold_time_used']);
  const other = reserveCommand([{ seatIds: [seat('A1'), seat('A2')] }], { fanId: fan('eino') });
  expect(after(world, NOW, other).booking?.state).toBe('held');
});

test('time that was not used is given back, and time that ended in a purchase counts for nothing', () => {
  const first = held();
  const about = { performanceId: PERFORMANCE, bookingId: first.booking.id };
  const released = after(first.world, NOW + 1_000, { ...about, type: 'release', by: 'fan' });
  expect([...released.world.fanHeldMs.values()]).toEqual([1_000]);
  const paid = withPayment(first.world, first.booking, payment('p'));
  const amount = first.booking.total ?? { amount: 0, currency: 'EUR' };
  const bought = after(paid, NOW + 590_000, extend(first.booking, 'payment'), extend(first.booking, 'fan'), {
    ...about,
    type: 'confirm',
    captured: true,
    paymentId: payment('p'),
    amount,
  });
  expect(bought.booking?.state).toBe('confirmed');
  expect([...bought.world.fanHeldMs.values()]).toEqual([0]);
});

test('without a word of the organizer a hold may double, and always leaves room to pay', () => {
  expect(longestHoldMs({ holdSeconds: 600 })).toBe(1_200_000);
  expect(longestHoldMs({ holdSeconds: 60 })).toBe(240_000);
  expect(longestHoldMs({ holdSeconds: 60, holdMaxSeconds: 90 })).toBe(90_000);
  expect(longestHoldMs({ holdSeconds: 60, holdMaxSeconds: 30 })).toBe(60_000);
});
