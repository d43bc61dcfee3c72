import type { CodeId, CodeSetId, PhaseId } from '../ids.ts';
import type { Reserve, StockCommand } from './booking-command.ts';
import type { BookingWorld } from './booking-world.ts';
import { decide } from './decide.ts';
import { normalisedEmail } from './normalised-email.ts';
import { defaultSeatingRules } from './seating-rules.ts';
import {
  applied,
  EUR,
  emptyWorld,
  fan,
  NOW,
  PERFORMANCE,
  reserveCommand,
  SALE,
  STALLS,
  STANDING,
  seat,
} from './test-world.ts';

const seats = (...ids: string[]) => [{ seatIds: ids.map(seat) }];
const stalls = (quantity: number, accessible?: number) => [{ categoryId: STALLS, quantity, accessible }];
const standing = (quantity: number) => [{ categoryId: STANDING, quantity }];

function run(world: BookingWorld, ...commands: StockCommand[]) {
  const { changes, outcomes } = decide(world, commands);
  return { world: applied(world, changes), bookings: outcomes.map(({ booking }) => booking) };
}
const ask = (world: BookingWorld, items: Reserve['items'], over: Partial<Reserve> = {}) =>
  run(world, reserveCommand(items, over)).bookings[0];
const seatIdsOf = (booking: ReturnType<typeof ask>) => booking?.items.map(({ seatId }) => seatId);

describe('limits', () => {
  const email = (address: string) => ({ contact: { name: 'Aino', email: address } });

  test('by mailbox: however it is spelled, and freed by what is given back', () => {
    const limited = emptyWorld({ terms: { limits: { seatsPerBooking: 6, seatsPerFan: 8, seatsPerEmail: 2 } } });
    const first = reserveCommand(standing(2), email('aino.salo@gmail.com'));
    const { world } = run(limited, first);
    for (const spelling of ['Aino.Salo@GMAIL.com', 'ainosalo+tickets@googlemail.com', ' aino.salo@gmail.com ']) {
      expect(ask(world, standing(1), email(spelling))).toMatchObject({ reason: 'limit_exceeded' });
    }
    expect(ask(world, standing(1), email('eino@gmail.com'))).toMatchObject({ state: 'held' });
    const { bookingId } = first;
    const back = run(world, { type: 'release', performanceId: PERFORMANCE, bookingId, by: 'fan' }).world;
    expect(ask(back, standing(2), email('ainosalo@gmail.com'))).toMatchObject({ state: 'held' });
  });

  test('dots and pluses count where the provider says so only', () => {
    expect(normalisedEmail('A.B@Example.ORG')).toBe('a.b@example.org');
    expect(normalisedEmail('ab+x@example.org')).toBe('ab@example.org');
    expect(normalisedEmail('a.b+x@googlemail.com')).toBe('ab@gmail.com');
    expect(normalisedEmail('+x@example.org')).toBe('+x@example.org');
  });

  test('by code, over all who share it', () => {
    const limited = emptyWorld({ terms: { limits: { seatsPerBooking: 6, seatsPerFan: 8, seatsPerCode: 3 } } });
    const code = { codeSetId: 's' as CodeSetId, codeId: 'c' as CodeId };
    const { bookings } = run(
      limited,
      reserveCommand(standing(2), { code }),
      reserveCommand(standing(2), { code }),
      reserveCommand(standing(1), { code }),
      reserveCommand(standing(2), { code: { ...code, codeId: 'd' as CodeId } }),
    );
    expect(bookings.map((booking) => booking?.state)).toEqual(['held', 'rejected', 'held', 'held']);
  });

  test('by fan within a phase; the next phase begins anew', () => {
    const phase = (id: string, seatsPerFan?: number) => ({ phase: { id: id as PhaseId, seatsPerFan } });
    const aino = { fanId: fan('aino') };
    const presale = run(emptyWorld({ terms: phase('presale', 2) }), reserveCommand(standing(2), aino)).world;
    expect(ask(presale, standing(1), aino)).toMatchObject({ reason: 'limit_exceeded' });
    const known = presale.sales.get(SALE);
    if (known === undefined) throw new Error('no terms');
    const general = { ...presale, sales: new Map([[SALE, { ...known, ...phase('general') }]]) };
    expect(ask(general, standing(1), aino)).toMatchObject({ state: 'held' });
  });
});

describe('the sale', () => {
  test('that staff halted takes nothing new, and says so', () => {
    expect(ask(emptyWorld({ terms: { halted: true } }), standing(1))).toMatchObject({ reason: 'sale_paused' });
  });

  test('a price that is not what was shown is refused; what is held keeps its price', () => {
    expect(ask(emptyWorld(), seats('A1', 'A2'), { expectedTotal: EUR(8000) })).toMatchObject({
      reason: 'price_changed',
    });
    const held = run(emptyWorld(), reserveCommand(seats('A1', 'A2'), { expectedTotal: EUR(9000) }));
    expect(held.bookings[0]).toMatchObject({ state: 'held', total: EUR(9000) });
  });

  test('numbered seats and places without one are one booking only where the organizer allows it', () => {
    const mixed = [...seats('A1', 'A2'), ...standing(1)];
    expect(ask(emptyWorld(), mixed)).toMatchObject({ state: 'held' });
    const apart = emptyWorld({ rules: { mixedBookings: false } });
    expect(ask(apart, mixed)).toMatchObject({ reason: 'mixed_booking' });
    expect(ask(apart, seats('A1', 'A2'))).toMatchObject({ state: 'held' });
    expect(ask(apart, standing(2))).toMatchObject({ state: 'held' });
  });

  test('where groups sit together a scattered choice is refused with seats side by side, the last seats never', () => {
    const together = emptyWorld({ rules: { adjacentOnly: true } });
    const refused = ask(together, seats('A1', 'A4'));
    expect(refused).toMatchObject({ reason: 'not_adjacent' });
    expect(ask(together, [{ seatIds: refused?.alternatives ?? [] }])).toMatchObject({ state: 'held' });
    expect(ask(emptyWorld({ rows: [1, 1], rules: { adjacentOnly: true } }), seats('A1', 'B1'))).toMatchObject({
      state: 'held',
    });
  });

  test('singles may be left where the organizer does not mind', () => {
    expect(ask(emptyWorld({ rules: { noSingles: false } }), seats('A2', 'A3'))).toMatchObject({ state: 'held' });
  });
});

describe('accessible and companion seats', () => {
  const kinds = { A1: 'accessible', A2: 'companion', B1: 'accessible', B2: 'companion', B3: 'companion' } as const;
  const hall = (accessible = {}, over = {}) =>
    emptyWorld({
      rows: [6, 6],
      kinds,
      rules: { accessible: { ...defaultSeatingRules.accessible, ...accessible } },
      ...over,
    });

  test('are never handed out to others: not by choice, not as the best, not as an offer', () => {
    expect(ask(hall(), seats('A1'))).toMatchObject({ reason: 'accessible_only' });
    expect(ask(hall(), seats('A2'))).toMatchObject({ reason: 'companion_only' });
    const sold = run(hall(), ...[3, 3, 1].map((quantity) => reserveCommand(stalls(quantity))));
    const given = sold.bookings.flatMap((booking) => booking?.items.map(({ seatId }) => String(seatId)) ?? []);
    expect(given).toHaveLength(7);
    expect(given.some((id) => id in kinds)).toBe(false);
    expect(ask(sold.world, stalls(1))).toMatchObject({ reason: 'sold_out', alternatives: [] });
    expect(ask(sold.world, seats('A4'))).toMatchObject({ reason: 'seat_taken', alternatives: [] });
  });

  test('are chosen together by who needs them, with as many companions as the organizer grants', () => {
    expect(ask(hall(), [{ seatIds: ['A1', 'A2'].map(seat), accessible: 1 }])).toMatchObject({ state: 'held' });
    const two = [{ seatIds: ['B1', 'B2', 'B3'].map(seat), accessible: 1 }];
    expect(ask(hall(), two)).toMatchObject({ reason: 'companion_only' });
    expect(ask(hall({ companionsPerSeat: 2 }), two)).toMatchObject({ state: 'held' });
  });

  test('the best of them come with the companion seats beside', () => {
    expect(seatIdsOf(ask(hall(), stalls(2, 1)))).toEqual(['A1', 'A2']);
    // Across the rows is closer than the third seat of a row.
    expect(seatIdsOf(ask(hall({ companionsPerSeat: 2 }), stalls(3, 1)))).toEqual(['A1', 'A2', 'B2']);
    const both = seatIdsOf(ask(hall(), stalls(4, 2)));
    expect(both?.filter((id) => id === 'A1' || id === 'B1')).toHaveLength(2);
  });

  test('when they are gone the most that is possible is offered, another one when one was taken', () => {
    const { world } = run(hall(), reserveCommand([{ seatIds: ['A1', 'A2'].map(seat), accessible: 1 }]));
    const again = ask(world, [{ seatIds: ['A1', 'A2'].map(seat), accessible: 1 }]);
    expect(again).toMatchObject({ reason: 'seat_taken', alternatives: ['B1', 'B2'] });
    expect(ask(world, stalls(2, 2))).toMatchObject({ reason: 'no_block' });
  });

  test('become seats like all others at their time', () => {
    const timed = hall({ releaseAt: NOW + 1_000 });
    expect(ask({ ...timed, now: NOW + 999 }, seats('A1', 'A2'))).toMatchObject({ state: 'rejected' });
    expect(ask({ ...timed, now: NOW + 1_000 }, seats('A1', 'A2'))).toMatchObject({ state: 'held' });
  });

  test('become seats like all others when the rest is sold, not while it is only held', () => {
    const start = hall({ whenRestSoldOut: true });
    const commands = [3, 3, 1].map((quantity) => reserveCommand(stalls(quantity)));
    const heldAll = run(start, ...commands);
    expect(ask(heldAll.world, stalls(1))).toMatchObject({ reason: 'sold_out' });
    const counts = new Map(
      [...heldAll.world.counts].map(([key, count]) => [
        key,
        key === `${PERFORMANCE}:${STALLS}` ? { ...count, held: 0, sold: 7 } : count,
      ]),
    );
    expect(ask({ ...heldAll.world, counts }, stalls(2))).toMatchObject({ state: 'held' });
    expect(ask({ ...hall(), counts, claims: heldAll.world.claims }, stalls(1))).toMatchObject({ reason: 'sold_out' });
  });
});
