import type { StockCommand } from './booking-command.ts';
import type { BookingRecord } from './booking-record.ts';
import { type BookingWorld, countKey, fanKey } from './booking-world.ts';
import { decide } from './decide.ts';
import {
  applied,
  EUR,
  emptyWorld,
  fan,
  NOW,
  PERFORMANCE,
  payment,
  reserveCommand,
  SALE,
  STALLS,
  STANDING,
  seat,
  withPayment,
} from './test-world.ts';

const aino = fan('aino');
const seats = (...ids: string[]) => [{ seatIds: ids.map(seat) }];
const PAY = payment('pay_1.0');
const END = NOW + 600_000;

/** A world with one hold and a payment begun for it, and commands about the two. */
function holding(world: BookingWorld = emptyWorld(), items: Parameters<typeof reserveCommand>[0] = seats('A1', 'A2')) {
  const reserved = decide(world, [reserveCommand(items, { fanId: aino })]);
  const booking = reserved.outcomes[0]?.booking;
  if (booking?.state !== 'held') throw new Error(`expected a hold, got ${booking?.state} ${booking?.reason}`);
  const about = { performanceId: PERFORMANCE, bookingId: booking.id };
  const amount = booking.total ?? EUR(0);
  return {
    booking,
    world: withPayment(applied(world, reserved.changes), booking, PAY),
    pay: { ...about, type: 'confirm', paymentId: PAY, amount, captured: true } as StockCommand,
    authorise: { ...about, type: 'confirm', paymentId: PAY, amount, captured: false } as StockCommand,
    expire: { ...about, type: 'expire' } as StockCommand,
    accept: { ...about, type: 'accept' } as StockCommand,
    release: { ...about, type: 'release', by: 'fan' } as StockCommand,
    cancel: { ...about, type: 'cancel' } as StockCommand,
    refund: (...ordinals: number[]): StockCommand => ({
      ...about,
      type: 'refund',
      paymentId: PAY,
      ticketIds: ordinals.length === 0 ? null : ordinals.map((n) => `tk_${booking.id.slice(3)}.${n}` as never),
    }),
  };
}

function play(world: BookingWorld, now: number, ...commands: StockCommand[]) {
  const { changes, outcomes } = decide({ ...world, now }, commands);
  const after = applied(world, changes);
  const orders = changes.orders.map(({ id, kind, amount }) => [id, kind, amount.amount]);
  return { world: after, changes, outcomes, orders, booking: outcomes.at(-1)?.booking, paid: after.payments.get(PAY) };
}

const cancelled = (world: BookingWorld): BookingWorld => ({
  ...world,
  performances: new Map([...world.performances].map(([id, facts]) => [id, { ...facts, cancelled: true }])),
});

const stalls = (world: BookingWorld) => world.counts.get(countKey(PERFORMANCE, STALLS));
const refundAll = ['pay_1.0.refund-0', 'refund', 9000];

describe('money that comes too late', () => {
  test('takes the same seats if they are still free', () => {
    const { world, expire, pay } = holding();
    const { changes, booking, orders } = play(world, END, expire, pay);
    expect(booking?.state).toBe('confirmed');
    expect(changes.claims).toEqual([]);
    expect(orders).toEqual([]);
  });

  test('is kept for equal seats until the fan accepts them, and then buys them', () => {
    const { world, expire, pay, accept } = holding();
    const other = reserveCommand(seats('A1', 'A2'));
    const late = play(world, END, expire, other, pay);
    expect(late.booking).toMatchObject({ state: 'held', paymentId: PAY, total: EUR(9000) });
    const kept = late.booking?.items.map(({ seatId }) => seatId) ?? [];
    expect(kept).toHaveLength(2);
    expect(kept.filter((id) => id === 'A1' || id === 'A2')).toEqual([]);
    expect(late.orders).toEqual([]);
    const bought = play(late.world, END + 1, accept, accept);
    expect(bought.outcomes.map(({ kind, booking }) => [kind, booking?.state])).toEqual([
      ['decided', 'confirmed'],
      ['repeated', 'confirmed'],
    ]);
    expect(bought.changes.ticketsIssued.map(({ seatId }) => seatId)).toEqual(kept);
    expect(stalls(bought.world)).toMatchObject({ held: 2, sold: 2 });
    expect(bought.orders).toEqual([]);
  });

  test.each(['release', 'expire'] as const)('goes back when the offer ends by %s', (how) => {
    const { world, expire, pay, [how]: end } = holding();
    const late = play(world, END, expire, reserveCommand(seats('A1', 'A2')), pay);
    const over = play(late.world, END + 1_200_000, end, end);
    expect(over.booking).toMatchObject({ state: how === 'release' ? 'released' : 'expired', paymentId: null });
    expect(over.orders).toEqual([refundAll]);
    expect(over.paid).toMatchObject({ state: 'succeeded', refunded: 9000 });
    expect(play(over.world, END + 1_200_001, pay).orders).toEqual([]);
  });

  test('goes back when there are no equal seats, and only once', () => {
    const { world, expire, pay } = holding(emptyWorld({ rows: [2] }));
    const { booking, orders, paid, changes } = play(world, END, expire, reserveCommand(seats('A1', 'A2')), pay, pay);
    expect(booking?.state).toBe('expired');
    expect(orders).toEqual([refundAll]);
    expect(paid).toMatchObject({ state: 'succeeded', refunded: 9000 });
    expect(changes.ticketsIssued).toEqual([]);
  });

  test('goes back when the fan took as many other seats as one may have', () => {
    const { world, expire, pay } = holding(emptyWorld({ terms: { limits: { seatsPerBooking: 6, seatsPerFan: 2 } } }));
    const { orders, world: after } = play(world, END, expire, reserveCommand(seats('B1', 'B2'), { fanId: aino }), pay);
    expect(orders).toEqual([refundAll]);
    expect(after.fanSeats.get(fanKey(SALE, aino))).toBe(2);
  });

  test('for a released booking, for general admission that is gone and after a cancellation goes back', () => {
    const released = holding();
    expect(play(released.world, NOW, released.release, released.pay).orders).toEqual([refundAll]);
    const standing = holding(emptyWorld({ standing: 1 }), [{ categoryId: STANDING, quantity: 1 }]);
    const rival = reserveCommand([{ categoryId: STANDING, quantity: 1 }]);
    expect(play(standing.world, END, standing.expire, rival, standing.pay).orders).toEqual([
      ['pay_1.0.refund-0', 'refund', 2500],
    ]);
    const called = holding();
    expect(play(cancelled(called.world), NOW, called.pay).orders).toEqual([refundAll]);
  });
});

test('a second payment of a confirmed booking and a payment of the wrong amount go back', () => {
  const { world, booking, pay } = holding();
  const second = payment('pay_1.1');
  const twice = withPayment(world, booking, second);
  expect(play(twice, NOW, pay, { ...pay, paymentId: second } as StockCommand).orders).toEqual([
    ['pay_1.1.refund-0', 'refund', 9000],
  ]);
  const little = play(world, NOW, { ...pay, amount: EUR(1) } as StockCommand);
  expect(little.orders).toEqual([refundAll]);
  expect(little.booking?.state).toBe('held');
});

describe('money that is authorised first', () => {
  test('confirms the booking and is then captured; a repeated word changes nothing', () => {
    const { world, authorise, pay } = holding();
    const { booking, orders, paid, world: after } = play(world, NOW, authorise, authorise);
    expect(booking?.state).toBe('confirmed');
    expect(orders).toEqual([['pay_1.0.capture', 'capture', 9000]]);
    expect(paid).toMatchObject({ state: 'authorised', refunded: 0 });
    const captured = play(after, NOW + 1, pay);
    expect([captured.paid?.state, captured.orders]).toEqual(['succeeded', []]);
  });

  test('is let go, not refunded, when it buys nothing, and buys nothing when it is told again', () => {
    const { world, authorise, expire, pay } = holding(emptyWorld({ rows: [2] }));
    const rival = reserveCommand(seats('A1', 'A2'));
    const late = play(world, END, expire, rival, authorise, authorise);
    expect(late.orders).toEqual([['pay_1.0.void', 'void', 9000]]);
    expect(late.paid?.state).toBe('voided');
    const freed = play(
      late.world,
      END,
      { type: 'release', by: 'fan', performanceId: PERFORMANCE, bookingId: rival.bookingId },
      authorise,
    );
    expect([freed.booking?.state, freed.orders]).toEqual(['expired', []]);
    // A provider that took the money all the same gives it back.
    expect(play(freed.world, END, pay).orders).toEqual([refundAll]);
  });

  test('that waited for an accepted offer is captured, of a declined one let go', () => {
    const { world, authorise, expire, accept, release } = holding();
    const late = play(world, END, expire, reserveCommand(seats('A1', 'A2')), authorise);
    expect([late.booking?.state, late.orders]).toEqual(['held', []]);
    expect(play(late.world, END, accept).orders).toEqual([['pay_1.0.capture', 'capture', 9000]]);
    expect(play(late.world, END, release).orders).toEqual([['pay_1.0.void', 'void', 9000]]);
  });

  test('and could not be captured cancels the booking without money going back', () => {
    const { world, authorise, refund } = holding();
    const sold = play(world, NOW, authorise);
    const record = sold.paid;
    if (record === undefined) throw new Error('no payment');
    const refused = { ...sold.world, payments: new Map([[PAY, { ...record, state: 'failed' as const }]]) };
    const over = play(refused, NOW, refund());
    expect([over.booking?.state, over.orders]).toEqual(['cancelled', []]);
    expect(over.changes.ticketsVoided).toHaveLength(2);
  });
});

describe('giving back', () => {
  const sold = (items?: Parameters<typeof reserveCommand>[0]) => {
    const hold = holding(emptyWorld(), items);
    return { ...hold, world: play(hold.world, NOW, hold.pay).world };
  };

  test('the whole booking frees its seats, voids its tickets and orders all its money back, once', () => {
    const { world, refund } = sold();
    const { booking, changes, orders, paid } = play(world, NOW + 1, refund(), refund());
    expect(booking?.state).toBe('refunded');
    expect(changes.ticketsVoided).toHaveLength(2);
    expect(changes.claims.map(({ to }) => to)).toEqual([null, null]);
    expect(changes.counts).toMatchObject([{ categoryId: STALLS, held: 0, sold: -2 }]);
    expect(orders).toEqual([refundAll]);
    expect(paid).toMatchObject({ refunded: 9000 });
  });

  test('one ticket after another gives back what each cost, and the last one ends the booking', () => {
    const { world, refund } = sold([{ seatIds: [seat('A1')] }, { categoryId: STANDING, quantity: 2 }]);
    const first = play(world, NOW + 1, refund(1), refund(1));
    expect(first.outcomes.map(({ kind }) => kind)).toEqual(['decided', 'repeated']);
    expect(first.orders).toEqual([['pay_1.0.refund-0', 'refund', 2500]]);
    expect(first.booking).toMatchObject({ state: 'confirmed', total: EUR(7000) });
    expect(first.changes.ticketsVoided.map((id) => id.slice(-2))).toEqual(['.1']);
    expect(first.world.fanSeats.get(fanKey(SALE, aino))).toBe(2);
    const rest = play(first.world, NOW + 2, refund(0, 1), refund());
    expect(rest.orders).toEqual([
      ['pay_1.0.refund-2500', 'refund', 4500],
      ['pay_1.0.refund-7000', 'refund', 2500],
    ]);
    expect(rest.booking).toMatchObject({ state: 'refunded' });
    expect([rest.paid?.refunded, rest.paid?.amount.amount]).toEqual([9500, 9500]);
    expect(rest.world.fanSeats.get(fanKey(SALE, aino))).toBe(0);
  });

  test('a booking that was not bought, and another payment, give nothing back', () => {
    const { world, refund } = holding();
    expect(play(world, NOW, refund()).outcomes[0]).toMatchObject({ kind: 'ignored', why: 'not_confirmed' });
    const other = sold();
    const wrong = { ...other.refund(), paymentId: payment('pay_2') } as StockCommand;
    expect(play(other.world, NOW, wrong).outcomes[0]).toMatchObject({ kind: 'ignored', why: 'not_confirmed' });
  });
});

describe('a cancelled performance', () => {
  test('lets holds go, gives back what is left of each booking, and sells nothing more', () => {
    const held = holding();
    const released = play(cancelled(held.world), NOW, held.cancel, held.cancel, reserveCommand(seats('B1', 'B2')));
    expect(released.outcomes.map(({ booking }) => booking?.state)).toEqual(['cancelled', 'cancelled', 'rejected']);
    expect(released.booking?.reason).toBe('performance_cancelled');
    const hold = holding();
    const part = play(hold.world, NOW, hold.pay, hold.refund(0));
    const over = play(cancelled(part.world), NOW, hold.cancel, hold.cancel);
    expect(over.booking?.state).toBe('cancelled');
    expect(over.orders).toEqual([['pay_1.0.refund-4500', 'refund', 4500]]);
    expect(over.paid?.refunded).toBe(9000);
  });

  test('is not cancelled because a command says so', () => {
    const { world, cancel } = holding();
    expect(play(world, NOW, cancel).outcomes[0]).toMatchObject({ kind: 'ignored', why: 'not_cancelled' });
  });
});

test('bookings of any path keep their records whole', () => {
  const { world, pay, refund } = holding();
  const end: BookingRecord | null | undefined = play(world, NOW, pay, refund(1)).booking;
  expect(end?.items.map(({ ticketId }) => ticketId?.slice(-2))).toEqual(['.0']);
  expect(end?.returned.map(({ ticketId }) => ticketId?.slice(-2))).toEqual(['.1']);
});
