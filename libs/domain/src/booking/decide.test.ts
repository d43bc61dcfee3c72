import type { Confirm, StockCommand } from './booking-command.ts';
import type { BookingRecord } from './booking-record.ts';
import type { BookingWorld } from './booking-world.ts';
import { decide } from './decide.ts';
import {
  applied,
  bookingId,
  EUR,
  emptyWorld,
  fan,
  NOW,
  PERFORMANCE,
  payment,
  reserveCommand,
  STALLS,
  STANDING,
  seat,
  withPayment,
} from './test-world.ts';

const seats = (...ids: string[]) => [{ seatIds: ids.map(seat) }];
const about = (booking: BookingRecord) => ({ performanceId: PERFORMANCE, bookingId: booking.id });

function held(world: BookingWorld, command = reserveCommand(seats('A1', 'A2'))) {
  const { changes, outcomes } = decide(world, [command]);
  const booking = outcomes[0]?.booking;
  if (booking?.state !== 'held') throw new Error(`expected a hold, got ${booking?.state} ${booking?.reason}`);
  return { world: applied(world, changes), booking };
}

function paying(booking: BookingRecord, id = payment(`pay-${booking.id}`)): Confirm {
  return { ...about(booking), type: 'confirm', paymentId: id, amount: booking.total ?? EUR(0), captured: true };
}

describe('reserve', () => {
  test('holds the seats asked for, with the price of the moment and an end by the given clock', () => {
    const { booking, world } = held(emptyWorld());
    expect(booking.items.map(({ seatId }) => seatId)).toEqual(['A1', 'A2']);
    expect(booking.total).toEqual(EUR(9000));
    expect(booking.holdExpiresAt).toBe(NOW + 600_000);
    expect(booking.items[0]?.label).toBe('Stalls, row A, seat 1');
    expect(world.counts.get(`perf:${STALLS}`)).toMatchObject({ held: 2, sold: 0 });
  });

  test('of two bookings for one seat in a batch the first wins and the second is offered the nearest equal block', () => {
    const { outcomes } = decide(emptyWorld(), [reserveCommand(seats('A4', 'A5')), reserveCommand(seats('A5', 'A6'))]);
    expect(outcomes.map(({ booking }) => booking?.state)).toEqual(['held', 'rejected']);
    expect(outcomes[1]?.booking?.reason).toBe('seat_taken');
    expect(outcomes[1]?.booking?.alternatives).toHaveLength(2);
  });

  test('the same booking again meets its first answer and changes nothing', () => {
    const command = reserveCommand(seats('A1'));
    const first = decide(emptyWorld(), [command, command]);
    expect(first.outcomes.map(({ kind }) => kind)).toEqual(['decided', 'repeated']);
    const again = decide(applied(emptyWorld(), first.changes), [command]);
    expect(again.changes).toEqual({
      created: [],
      changed: [],
      claims: [],
      counts: [],
      fans: [],
      tallies: [],
      blocks: [],
      payments: [],
      orders: [],
      ticketsIssued: [],
      ticketsVoided: [],
    });
    expect(again.outcomes[0]).toEqual({ kind: 'repeated', booking: first.outcomes[0]?.booking });
  });

  test('INV-1: general admission never goes below zero, whatever comes in one batch', () => {
    const commands = Array.from({ length: 20 }, () => reserveCommand([{ categoryId: STANDING, quantity: 2 }]));
    const { changes, outcomes } = decide(emptyWorld({ standing: 5 }), commands);
    expect(outcomes.filter(({ booking }) => booking?.state === 'held')).toHaveLength(2);
    expect(outcomes.filter(({ booking }) => booking?.reason === 'sold_out')).toHaveLength(18);
    expect(changes.counts).toMatchObject([{ performanceId: PERFORMANCE, categoryId: STANDING, held: 4, sold: 0 }]);
  });

  test('a choice that would leave a single seat is refused with better seats, the last seats never', () => {
    const { outcomes } = decide(emptyWorld(), [reserveCommand(seats('A2', 'A3'))]);
    expect(outcomes[0]?.booking).toMatchObject({ state: 'rejected', reason: 'orphan_seat' });
    expect(outcomes[0]?.booking?.alternatives).toHaveLength(2);
    expect(decide(emptyWorld({ rows: [3] }), [reserveCommand(seats('A1', 'A2'))]).outcomes[0]?.booking?.state).toBe(
      'held',
    );
  });

  test('when no section has room for all, the largest placement is offered', () => {
    const { outcomes } = decide(emptyWorld({ rows: [3] }), [reserveCommand([{ categoryId: STALLS, quantity: 4 }])]);
    expect(outcomes[0]?.booking).toMatchObject({ reason: 'no_block', alternatives: ['A1', 'A2', 'A3'] });
  });

  test('seats and general admission can be one booking', () => {
    const { booking } = held(
      emptyWorld(),
      reserveCommand([{ seatIds: [seat('A1')] }, { categoryId: STANDING, quantity: 2 }]),
    );
    expect(booking.items.map(({ categoryId }) => categoryId)).toEqual([STALLS, STANDING, STANDING]);
    expect(booking.total).toEqual(EUR(9500));
  });

  test('limits count per booking and per fan over all that the fan holds in the sale', () => {
    const over = decide(emptyWorld(), [reserveCommand([{ categoryId: STALLS, quantity: 7 }])]);
    expect(over.outcomes[0]?.booking?.reason).toBe('limit_exceeded');
    const aino = fan('aino');
    const { outcomes } = decide(emptyWorld(), [
      reserveCommand([{ categoryId: STALLS, quantity: 6 }], { fanId: aino }),
      reserveCommand([{ categoryId: STALLS, quantity: 2 }], { fanId: aino }),
      reserveCommand([{ categoryId: STALLS, quantity: 1 }], { fanId: aino }),
    ]);
    expect(outcomes.map(({ booking }) => booking?.state)).toEqual(['held', 'held', 'rejected']);
  });

  test('a sale that does not sell, an unknown seat, a seat asked for twice and an unknown category are refused', () => {
    const reasonOf = (world: BookingWorld, command: StockCommand) =>
      decide(world, [command]).outcomes[0]?.booking?.reason;
    expect(reasonOf(emptyWorld({ terms: { sells: false } }), reserveCommand(seats('A1')))).toBe('sale_closed');
    expect(reasonOf(emptyWorld(), reserveCommand(seats('Z9')))).toBe('unknown_seat');
    expect(reasonOf(emptyWorld(), reserveCommand(seats('A1', 'A1')))).toBe('unknown_seat');
    expect(reasonOf(emptyWorld(), reserveCommand([{ categoryId: 'x' as never, quantity: 1 }]))).toBe(
      'unknown_category',
    );
  });
});

describe('after the hold', () => {
  test('a payment confirms and issues one ticket per item; a repeated payment changes nothing', () => {
    const { booking, world } = held(emptyWorld());
    const paid = withPayment(world, booking);
    const { changes, outcomes } = decide(paid, [paying(booking), paying(booking)]);
    expect(outcomes.map(({ kind, booking: after }) => [kind, after?.state])).toEqual([
      ['decided', 'confirmed'],
      ['repeated', 'confirmed'],
    ]);
    expect(changes.ticketsIssued.map(({ seatId }) => seatId)).toEqual(['A1', 'A2']);
    expect(changes.counts).toMatchObject([{ performanceId: PERFORMANCE, categoryId: STALLS, held: -2, sold: 2 }]);
    expect(changes.claims).toEqual([]);
  });

  test('release gives the seats back, and a seat freed and taken in one batch changes its owner once', () => {
    const { booking, world } = held(emptyWorld());
    const next = reserveCommand(seats('A1'));
    const { changes } = decide(world, [{ ...about(booking), type: 'release', by: 'fan' }, next]);
    expect(changes.claims).toEqual([
      { performanceId: PERFORMANCE, seatId: 'A1', from: booking.id, to: next.bookingId },
      { performanceId: PERFORMANCE, seatId: 'A2', from: booking.id, to: null },
    ]);
    expect(changes.counts).toMatchObject([{ performanceId: PERFORMANCE, categoryId: STALLS, held: -1, sold: 0 }]);
  });

  test('a hold expires only when the database says that its time has come', () => {
    const { booking, world } = held(emptyWorld());
    const expire: StockCommand = { ...about(booking), type: 'expire' };
    const early = decide({ ...world, now: NOW + 599_999 }, [expire]);
    expect(early.outcomes[0]).toMatchObject({ kind: 'ignored', why: 'not_due' });
    const due = decide({ ...world, now: NOW + 600_000 }, [expire, expire]);
    expect(due.outcomes.map(({ kind }) => kind)).toEqual(['decided', 'repeated']);
    expect(due.changes.claims.map(({ to }) => to)).toEqual([null, null]);
  });

  test('commands for a booking nobody knows are ignored', () => {
    const unknown = { performanceId: PERFORMANCE, bookingId: bookingId('bk_unknown') };
    const { outcomes } = decide(emptyWorld(), [
      { ...unknown, type: 'release', by: 'fan' },
      { ...unknown, type: 'expire' },
      { ...unknown, type: 'confirm', paymentId: payment('p'), amount: EUR(1), captured: true },
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['ignored', 'ignored', 'ignored']);
  });
});

test('a command that cannot be decided is left out with its error, and leaves no trace of what it had begun', () => {
  const world = emptyWorld({ standing: 5 });
  const broken = reserveCommand([{ categoryId: STANDING, quantity: 2 }, null as never]);
  const others = [reserveCommand(seats('A1', 'A2')), reserveCommand([{ categoryId: STANDING, quantity: 5 }])];
  const [first, second] = others;
  if (first === undefined || second === undefined) throw new Error('two others');
  const { undecided, ...rest } = decide(world, [first, broken, second]);
  expect(undecided).toEqual([{ command: broken, error: expect.any(TypeError) }]);
  expect(rest).toMatchObject({ outcomes: [{ booking: { state: 'held' } }, { booking: { state: 'held' } }] });
  const { undecided: none, ...alone } = decide(world, others);
  expect(none).toEqual([]);
  expect(rest).toEqual(alone);
});
