// An operator queues everybody, or spreads the safety net. Spreading it while the room is on leaves it on: it goes off by
// itself when it has been quiet for long enough, never in the middle of a rush.
import { type Actor, type Mongo, type RoomRecord, roomOf, switchRoomOf } from '@onsale/booking-mongo';
import type { RoomView } from '@onsale/contracts';
import type { RoomSettings, SaleId } from '@onsale/domain';
import { refuse } from '../errors.ts';
import { readSale } from '../ops/read-sale.ts';

type Deps = { readonly mongo: Mongo };

export async function showRoom(deps: Deps, saleId: SaleId): Promise<RoomView> {
  return roomView(roomOf(await readSale(deps, saleId)));
}

export async function setRoom(
  deps: Deps,
  { saleId, settings, actor }: { readonly saleId: SaleId; readonly settings: RoomSettings; readonly actor: Actor },
): Promise<RoomView> {
  const before = roomOf(await readSale(deps, saleId));
  const all = settings.mode === 'queue_all';
  const reason = all ? 'Everybody goes through the waiting room.' : 'A safety net was spread by an operator.';
  const act = all ? 'everybody queued' : 'safety net spread';
  const on = all || before.on;
  const room = await switchRoomOf(deps.mongo, { saleId, settings, on, reason }, { actor, act });
  return room === null ? refuse('not_found') : roomView(room);
}

function roomView({ mode, thresholdPerMinute, on, reason, since }: RoomRecord): RoomView {
  return { mode, thresholdPerMinute, on, reason, since: since.toISOString() };
}
