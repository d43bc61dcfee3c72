// The safety net of a sale: how often its pages are hit, and whether its waiting room is to be on.
import { type PageHitsRecord, readPageHits, roomOf, type SaleRecord, switchRoomOf } from '@onsale/booking-mongo';
import { isQuiet, switchRoom } from '@onsale/domain';
import type { LineFacts } from '@onsale/waiting-room-redis';
import type { LeaderDeps } from './sale-leader.ts';
import type { SaleMemory } from './sale-memory.ts';
import { waitingFans } from './watch-presence.ts';

export type RoomMemory = {
  lookedAt: number | null;
  readonly heard: Map<string, number>;
  /** Hits of the last looks, oldest first. */
  hits: { readonly at: number; readonly count: number }[];
  hitsPerMinute: number | null;
  quietSince: number | null;
};

export const newRoomMemory = (): RoomMemory => ({
  lookedAt: null,
  heard: new Map(),
  hits: [],
  hitsPerMinute: null,
  quietSince: null,
});

const LOOK_EVERY_MS = 1_000;
const MEASURED_MS = 10_000; // long enough that one busy second is no surge, short enough to act within it
const SYSTEM = { staffId: null, address: 'safety net' };

export type RoomLook = { readonly sale: SaleRecord; readonly facts: LineFacts; readonly memory: SaleMemory };

export async function watchRoom(
  { mongo, events }: Pick<LeaderDeps, 'mongo' | 'events'>,
  { sale, facts, memory }: RoomLook,
): Promise<void> {
  const { room: kept } = memory;
  const { now } = facts;
  const room = roomOf(sale);
  if (kept.lookedAt !== null && now - kept.lookedAt < LOOK_EVERY_MS) return;
  if (room.mode === 'queue_all' && room.on) return;
  measureHits(kept, { records: await readPageHits(mongo, sale._id), now });
  const seen = { on: room.on, hitsPerMinute: kept.hitsPerMinute, waiting: waitingFans(facts, memory.presence) };
  const quiet = isQuiet({ ...seen, quietSeconds: 0 }, room);
  kept.quietSince = quiet ? (kept.quietSince ?? now) : null;
  const quietSeconds = kept.quietSince === null ? 0 : (now - kept.quietSince) / 1000;
  const verdict = switchRoom({ ...seen, quietSeconds }, room);
  if (verdict === null) return;
  const act = verdict.on ? 'waiting room switched on' : 'waiting room switched off';
  const actor = { ...SYSTEM, at: new Date(now) };
  await switchRoomOf(mongo, { saleId: sale._id, settings: null, ...verdict }, { actor, act });
  events.roomSwitched(sale._id, verdict);
}

function measureHits(kept: RoomMemory, { records, now }: { records: readonly PageHitsRecord[]; now: number }): void {
  // What was counted before the first look says nothing about now.
  const isFirst = kept.lookedAt === null;
  let count = 0;
  for (const { _id, hits } of records) {
    if (!isFirst) count += Math.max(0, hits - (kept.heard.get(_id) ?? 0));
    kept.heard.set(_id, hits);
  }
  kept.lookedAt = now;
  if (isFirst) return;
  kept.hits = [...kept.hits.filter(({ at }) => now - at < MEASURED_MS), { at: now, count }];
  const sum = kept.hits.reduce((total, { count: some }) => total + some, 0);
  kept.hitsPerMinute = (sum * 60_000) / MEASURED_MS;
}
