import type { PerformanceRecord, SaleRecord, StoredAvailability } from '@onsale/booking-mongo';
import type { BlockId, BlockRecord, CategoryId, CodeSetId, PhaseId, SeatId } from '@onsale/domain';
import { allocationsOf, blocksOpenToAll, isPoolReleased, leftOf } from './kept-back.ts';

const STANDING = 'standing' as CategoryId;
const STALLS = 'stalls' as CategoryId;
const NOW = 1_000_000;

const block = (name: string, over: Partial<BlockRecord>): BlockRecord => ({
  id: `blk_${name}` as BlockId,
  saleId: null,
  performanceId: 'perf' as never,
  label: name,
  audience: null,
  releaseAt: null,
  state: 'active',
  left: { [STANDING]: 3 },
  missing: { seatIds: [], quantity: 0 },
  requestedBy: 'staff',
  decidedAt: 0,
  ...over,
});
const staffs = block('staffs', {});
const timed = block('timed', { releaseAt: NOW });
const presale = block('presale', { audience: { kind: 'phase', phaseId: 'presale' as PhaseId } });
const friends = block('friends', { audience: { kind: 'code_set', codeSetId: 'friends' as CodeSetId } });
const performance = {
  saleId: 'sale',
  categories: [
    { id: STALLS, kind: 'reserved' },
    { id: STANDING, kind: 'general' },
  ],
} as unknown as PerformanceRecord;
const stored = (over: Partial<StoredAvailability> = {}): StoredAvailability => ({
  version: 1,
  counts: [],
  taken: ['s-1' as SeatId],
  keptBack: [{ seatId: 's-1' as SeatId, blockId: friends.id }],
  blocks: [staffs, timed, presale, friends],
  ...over,
});

function catalogueAt(phase: 'presale' | 'general') {
  const window = (id: string, opens: number) => ({
    id,
    kind: 'general',
    prequeueOpensAt: new Date(opens),
    opensAt: new Date(opens),
    closesAt: new Date(NOW * 2),
  });
  const phases =
    phase === 'presale'
      ? [window('presale', 0), window('general', NOW + 1)]
      : [window('presale', 0), window('general', 1)];
  const sale = { phases, closedByStaff: false } as unknown as SaleRecord;
  return { sale: async () => ({ sale, drawn: new Set(['presale', 'general']), soldOut: false }) };
}

test('open to all are blocks whose time has come and whose phase runs or is over; staff’s and code holders’ are not', async () => {
  for (const phase of ['presale', 'general'] as const) {
    const open = await blocksOpenToAll(
      { catalogue: catalogueAt(phase), now: () => NOW },
      { performance, stored: stored() },
    );
    expect([...open].sort()).toEqual([presale.id, timed.id]);
    expect(leftOf(stored().blocks, { of: open, categoryId: STANDING })).toBe(6);
  }
  const early = await blocksOpenToAll(
    { catalogue: catalogueAt('presale'), now: () => NOW - 1 },
    { performance, stored: stored() },
  );
  expect([...early]).toEqual([presale.id]);
});

test('an allocation shows its seats and places to those it is for', () => {
  expect(allocationsOf(stored(), performance, new Set())).toEqual([
    { audience: friends.audience, seatIds: ['s-1'], places: [{ categoryId: STANDING, free: 3 }] },
  ]);
  expect(allocationsOf(stored(), performance, new Set([friends.id]))).toEqual([]);
});

test('the pool of accessible seats is released at its time, or when all others are sold and none is only held', () => {
  const plan = {
    sections: [{ rows: [{ seats: [{ id: 's-1' }, { id: 's-2', kind: 'accessible' }] }] }],
  } as never;
  const rules = (accessible: object) => ({
    ...performance,
    rules: { mixedBookings: true, adjacentOnly: false, noSingles: true, accessible },
  });
  const ask = (accessible: object, over: { taken?: string[]; held?: number; blocks?: BlockRecord[] } = {}) =>
    isPoolReleased({
      performance: rules({ companionsPerSeat: 1, whenRestSoldOut: true, releaseAt: null, ...accessible }) as never,
      stored: stored({
        blocks: over.blocks ?? [],
        counts: [{ categoryId: STALLS, capacity: 2, free: 1, held: over.held ?? 0, heldOfPool: 0 }],
      }),
      plan,
      isTaken: new Set(over.taken ?? ['s-1']),
      now: NOW,
    });
  expect(ask({})).toBe(true);
  expect(ask({}, { taken: [] })).toBe(false);
  expect(ask({}, { held: 1 })).toBe(false);
  expect(ask({}, { blocks: [friends] })).toBe(false);
  expect(ask({ whenRestSoldOut: false })).toBe(false);
  expect(ask({ whenRestSoldOut: false, releaseAt: new Date(NOW) })).toBe(true);
  expect(ask({ whenRestSoldOut: false, releaseAt: new Date(NOW + 1) })).toBe(false);
});
