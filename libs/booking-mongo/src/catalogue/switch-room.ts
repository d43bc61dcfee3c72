// The waiting room of a sale is switched, by staff or by the safety net, together with its entry in the audit log.
import type { RoomSettings, SaleId } from '@onsale/domain';
import { runTransaction } from '../bookings/run-transaction.ts';
import type { Mongo } from '../connect-mongo.ts';
import { type Actor, recordAct } from '../staff/record-act.ts';
import { type RoomRecord, roomOf, type SaleRecord, sales } from './sales.ts';

export type RoomSwitch = {
  readonly saleId: SaleId;
  /** Null leaves the settings; staff change them, the safety net does not. */
  readonly settings: RoomSettings | null;
  readonly on: boolean;
  readonly reason: string;
};

/** Null when there is no such sale; the room as it is when another switched it so already. */
export async function switchRoomOf(
  mongo: Mongo,
  { saleId, settings, on, reason }: RoomSwitch,
  { actor, act }: { readonly actor: Actor; readonly act: string },
): Promise<RoomRecord | null> {
  return runTransaction(mongo, async (session) => {
    const sale = await sales(mongo).findById(saleId, null, { session }).lean<SaleRecord>();
    if (sale === null) return null;
    const before = roomOf(sale);
    if (settings === null && before.on === on) return before;
    const room = { ...before, ...settings, on, reason, since: before.on === on ? before.since : actor.at };
    await sales(mongo).updateOne({ _id: saleId }, { $set: { room } }, { session });
    await recordAct(mongo, { act, subject: `sale:${saleId}`, before, after: room }, { actor, session });
    return room;
  });
}
