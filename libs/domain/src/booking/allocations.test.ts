import type { CodeId, CodeSetId, PhaseId } from '../ids.ts';
import type { Audience, BlockRecord } from './block-record.ts';
import type { Block, Confirm, Reserve, StockCommand } from './booking-command.ts';
import type { BookingWorld } from './booking-world.ts';
import { decide } from './decide.ts';
import {
  applied,
  blockId,
  EUR,
  emptyWorld,
  NOW,
  PERFORMANCE,
  reserveCommand,
  STALLS,
  STANDING,
  seat,
  withPayment,
} from './test-world.ts';

const seats = (...ids: string[]) => [{ seatIds: ids.map(seat) }];
const standing = (quantity: number) => [{ categoryId: STANDING, quantity }];
const FRIENDS: Audience = { kind: 'code_set', codeSetId: 'friends' as CodeSetId };
const friend = { code: { codeSetId: 'friends' as CodeSetId, codeId: 'c-1' as CodeId } };

function blockCommand(items: Block['items'], over: Partial<Block> = {}): Block {
  return {
    type: 'block',
    performanceId: PERFORMANCE,
    blockId: blockId('a'),
    items,
    label: 'Camera',
    audience: null,
    releaseAt: null,
    requestedBy: 'staff-1',
    ...over,
  };
}

function run(world: BookingWorld, ...commands: StockCommand[]) {
  const { changes, outcomes } = decide(world, commands);
  return { world: applied(world, changes), changes, outcomes };
}

const blockOf = (world: BookingWorld, id = blockId('a')) => world.blocks.get(PERFORMANCE)?.get(id) as BlockRecord;
const ask = (world: BookingWorld, items: Reserve['items'], over: Partial<Reserve> = {}) =>
  run(world, reserveCommand(items, over)).outcomes[0]?.booking;

describe('a block', () => {
  test('keeps free seats and places from everybody, and tells what it did not get', () => {
    const { world } = run(emptyWorld(), reserveCommand(seats('A1', 'A2')));
    const kept = run(world, blockCommand([...seats('A2', 'A3', 'A4', 'Z9'), ...standing(7)]));
    expect(blockOf(kept.world)).toMatchObject({
      state: 'active',
      left: { [STALLS]: 2, [STANDING]: 5 },
      missing: { seatIds: ['A2', 'Z9'], quantity: 2 },
      decidedAt: NOW,
    });
    expect(kept.world.counts.get(`perf:${STALLS}`)).toMatchObject({ held: 2, blocked: 2 });
    expect(ask(kept.world, seats('A3', 'A4'))).toMatchObject({ state: 'rejected', reason: 'seat_taken' });
    expect(ask(kept.world, standing(1))).toMatchObject({ reason: 'sold_out' });
  });

  test('the same command again meets its first answer and changes nothing', () => {
    const command = blockCommand([...seats('A1'), ...standing(2)]);
    const first = run(emptyWorld(), command, command);
    expect(first.world.counts.get(`perf:${STANDING}`)).toMatchObject({ blocked: 2 });
    const again = run(first.world, command);
    expect([again.changes.claims, again.changes.counts, again.changes.blocks]).toEqual([[], [], []]);
  });

  test('so many seats of a category are kept from the best row on, and never the accessible ones', () => {
    const world = emptyWorld({ rows: [3, 3], kinds: { A1: 'accessible', A2: 'companion' } });
    const { changes } = run(world, blockCommand([{ categoryId: STALLS, quantity: 3 }]));
    expect(changes.claims.map(({ seatId }) => seatId).sort()).toEqual(['A3', 'B1', 'B2']);
  });

  test('one that finds nothing free is refused', () => {
    const { world } = run(emptyWorld({ standing: 0 }), blockCommand(standing(3)));
    expect(blockOf(world)).toMatchObject({ state: 'refused', missing: { quantity: 3 } });
  });

  test('unblocking gives some or all of it back, and repeating that changes nothing', () => {
    const unblock = (seatIds: string[] | null): StockCommand => ({
      type: 'unblock',
      performanceId: PERFORMANCE,
      blockId: blockId('a'),
      seatIds: seatIds?.map(seat) ?? null,
    });
    const kept = run(emptyWorld(), blockCommand([...seats('A1', 'A2', 'A3'), ...standing(2)])).world;
    const some = run(kept, unblock(['A2', 'B1']), unblock(['A2', 'B1']));
    expect(some.changes.claims).toEqual([{ performanceId: PERFORMANCE, seatId: 'A2', from: blockId('a'), to: null }]);
    const all = run(some.world, unblock(null), unblock(null));
    expect(blockOf(all.world)).toMatchObject({ state: 'released', left: { [STALLS]: 0, [STANDING]: 0 } });
    for (const category of [STALLS, STANDING]) {
      expect(all.world.counts.get(`perf:${category}`)).toMatchObject({ blocked: 0, held: 0 });
    }
    expect(run(all.world, unblock(null)).changes.counts).toEqual([]);
  });
});

describe('an allocation', () => {
  test('by code set: only its fans may take the seats, and the seat changes hands in one step', () => {
    const { world } = run(emptyWorld(), blockCommand(seats('A1', 'A2'), { audience: FRIENDS }));
    expect(ask(world, seats('A1', 'A2'))).toMatchObject({ reason: 'seat_taken' });
    const command = reserveCommand(seats('A1', 'A2'), friend);
    const taken = run(world, command);
    expect(taken.outcomes[0]?.booking).toMatchObject({ state: 'held', items: [{ blockId: blockId('a') }, {}] });
    expect(taken.changes.claims[0]).toMatchObject({ from: blockId('a'), to: command.bookingId });
    expect(taken.world.counts.get(`perf:${STALLS}`)).toMatchObject({ held: 2, blocked: 0 });
    expect(blockOf(taken.world).left).toEqual({ [STALLS]: 0 });
  });

  test('places come out of it first, then from what is free for all; what is given back returns to it', () => {
    const { world } = run(emptyWorld({ standing: 5 }), blockCommand(standing(2), { audience: FRIENDS }));
    const command = reserveCommand(standing(3), friend);
    const taken = run(world, command);
    expect(taken.outcomes[0]?.booking?.items.map((item) => item.blockId)).toEqual([
      blockId('a'),
      blockId('a'),
      undefined,
    ]);
    expect(taken.world.counts.get(`perf:${STANDING}`)).toMatchObject({ held: 3, blocked: 0 });
    const { bookingId: id } = command;
    const back = run(taken.world, { type: 'release', performanceId: PERFORMANCE, bookingId: id, by: 'fan' }).world;
    expect(back.counts.get(`perf:${STANDING}`)).toMatchObject({ held: 0, blocked: 2 });
    expect(blockOf(back).left).toEqual({ [STANDING]: 2 });
    expect(ask(back, standing(4))).toMatchObject({ reason: 'sold_out' });
  });

  test('in one booking the allocation is not given twice', () => {
    const { world } = run(emptyWorld({ standing: 3 }), blockCommand(standing(2), { audience: FRIENDS }));
    expect(ask(world, [...standing(2), ...standing(2)], friend)).toMatchObject({ reason: 'sold_out' });
    expect(ask(world, [...standing(2), ...standing(1)], friend)).toMatchObject({ state: 'held' });
  });

  test('what comes back after its end is free for all', () => {
    const command = reserveCommand(seats('A1', 'A2'), friend);
    const { world } = run(emptyWorld(), blockCommand(seats('A1', 'A2'), { audience: FRIENDS }), command);
    const about = { performanceId: PERFORMANCE, bookingId: command.bookingId };
    const { changes } = run(
      world,
      { type: 'unblock', performanceId: PERFORMANCE, blockId: blockId('a'), seatIds: null },
      { ...about, type: 'release', by: 'fan' },
    );
    expect(changes.claims.map(({ to }) => to)).toEqual([null, null]);
    expect(changes.counts).toMatchObject([{ held: -2, blocked: 0 }]);
  });

  test('late money takes the seats of the allocation again, but not those of another one', () => {
    const command = reserveCommand(seats('A1', 'A2'), friend);
    const { world, outcomes } = run(emptyWorld(), blockCommand(seats('A1', 'A2'), { audience: FRIENDS }), command);
    const booking = outcomes[1]?.booking;
    if (!booking) throw new Error('no booking');
    const late = withPayment({ ...world, now: NOW + 600_000 }, booking);
    const about = { performanceId: PERFORMANCE, bookingId: command.bookingId };
    const pay: Confirm = {
      ...about,
      type: 'confirm',
      paymentId: [...late.payments.keys()][0] as never,
      captured: true,
      amount: EUR(9000),
    };
    const expire: StockCommand = { ...about, type: 'expire' };
    expect(run(late, expire, pay).outcomes[1]?.booking?.state).toBe('confirmed');
    const gone = run(
      late,
      expire,
      { type: 'unblock', performanceId: PERFORMANCE, blockId: blockId('a'), seatIds: null },
      blockCommand(seats('A1'), { blockId: blockId('b') }),
      pay,
    );
    const offer = gone.outcomes[3]?.booking;
    expect(offer).toMatchObject({ state: 'held', paymentId: pay.paymentId });
    expect(offer?.items.filter(({ seatId, blockId: from }) => seatId === 'A1' || from !== undefined)).toEqual([]);
  });

  test.each<[string, Audience, Partial<Reserve>, Partial<Reserve>]>([
    [
      'a code',
      { kind: 'code', codeId: 'c-1' as CodeId },
      friend,
      { code: { ...friend.code, codeId: 'c-2' as CodeId } },
    ],
    ['a channel', { kind: 'channel', channel: 'box_office' }, { channel: 'box_office' }, {}],
  ])('by %s', (_what, audience, mine, others) => {
    const { world } = run(emptyWorld({ standing: 2 }), blockCommand(standing(2), { audience }));
    expect(ask(world, standing(1), mine)).toMatchObject({ state: 'held' });
    expect(ask(world, standing(1), others)).toMatchObject({ reason: 'sold_out' });
  });

  test('by phase: only while it runs; what it leaves is for all when it is over', () => {
    const presale = 'presale' as PhaseId;
    const audience: Audience = { kind: 'phase', phaseId: presale };
    const { world } = run(emptyWorld({ standing: 2 }), blockCommand(standing(2), { audience }));
    const during = (terms: object): BookingWorld => ({
      ...world,
      sales: new Map([...world.sales].map(([id, known]) => [id, { ...known, ...terms }])),
    });
    expect(ask(during({ phase: { id: presale } }), standing(1))).toMatchObject({ state: 'held' });
    expect(ask(during({ phase: { id: 'general' } }), standing(1))).toMatchObject({ reason: 'sold_out' });
    const after = during({ phase: { id: 'general' }, endedPhases: [presale] });
    expect(ask(after, standing(2))).toMatchObject({ state: 'held' });
  });

  test('from its time on it is open to all, by the given clock', () => {
    const { world } = run(emptyWorld({ standing: 2 }), blockCommand(standing(2), { releaseAt: NOW + 1_000 }));
    expect(ask({ ...world, now: NOW + 999 }, standing(1))).toMatchObject({ reason: 'sold_out' });
    expect(ask({ ...world, now: NOW + 1_000 }, standing(1))).toMatchObject({ state: 'held' });
  });

  test('whatever is asked in one batch, the parts of every count stay within its capacity', () => {
    const commands: StockCommand[] = [];
    for (let i = 0; i < 40; i++) {
      const id = blockId(`p${i}`);
      if (i % 3 === 0) {
        commands.push(
          blockCommand([...standing(2), { categoryId: STALLS, quantity: 2 }], { blockId: id, audience: FRIENDS }),
        );
      }
      commands.push(reserveCommand([{ categoryId: STALLS, quantity: 1 }, ...standing(1)], i % 2 === 0 ? friend : {}));
      if (i % 7 === 6)
        commands.push({ type: 'unblock', performanceId: PERFORMANCE, blockId: blockId(`p${i - 6}`), seatIds: null });
    }
    const { world } = run(emptyWorld({ rows: [9, 9], standing: 9 }), ...commands);
    for (const { capacity, held, sold, blocked } of world.counts.values()) {
      expect(held + sold + blocked).toBeLessThanOrEqual(capacity);
      expect(Math.min(held, sold, blocked)).toBeGreaterThanOrEqual(0);
    }
    const left = [...(world.blocks.get(PERFORMANCE)?.values() ?? [])].reduce(
      (sum, { left: of }) => sum + (of[STALLS] ?? 0),
      0,
    );
    expect(world.counts.get(`perf:${STALLS}`)?.blocked).toBe(left);
  });
});
