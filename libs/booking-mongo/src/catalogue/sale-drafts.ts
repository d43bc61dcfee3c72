// Sales that are being planned. A draft becomes a sale in steps, each of which may be repeated: it takes the sale's id
// first, so that who goes on after a crash goes on with the same sale.
import type { EventId, SaleId } from '@onsale/domain';
import { Schema } from 'mongoose';
import { runTransaction } from '../bookings/run-transaction.ts';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';
import { type Actor, recordAct } from '../staff/record-act.ts';

export type SaleDraftRecord = {
  _id: string;
  eventId: EventId;
  /** As the contract describes a draft; parsed again where it is read. */
  plan: unknown;
  version: number;
  state: 'draft' | 'publishing' | 'published';
  /** Of the sale it becomes; null while it is a draft. */
  saleId: SaleId | null;
  changedAt: Date;
};

const schema = new Schema<SaleDraftRecord>(
  {
    _id: { type: String, required: true },
    eventId: { type: String, required: true },
    plan: { type: Schema.Types.Mixed, required: true },
    version: { type: Number, required: true },
    state: { type: String, required: true },
    saleId: { type: String, default: null },
    changedAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw', minimize: false },
);
schema.index({ changedAt: -1 });

export const saleDrafts = collection('saleDrafts', schema);

const subjectOf = (id: string) => `draft:${id}`;

export async function addSaleDraft(mongo: Mongo, draft: SaleDraftRecord, actor: Actor): Promise<void> {
  await runTransaction(mongo, async (session) => {
    await saleDrafts(mongo).create([draft], { session });
    const act = { act: 'sale drafted', subject: subjectOf(draft._id), after: draft.plan };
    await recordAct(mongo, act, { actor, session });
  });
}

export async function findSaleDraft(mongo: Mongo, id: string): Promise<SaleDraftRecord | null> {
  return saleDrafts(mongo).findById(id).lean<SaleDraftRecord>();
}

/** Changed last first. */
export async function listSaleDrafts(mongo: Mongo, limit: number): Promise<readonly SaleDraftRecord[]> {
  return saleDrafts(mongo).find().sort({ changedAt: -1, _id: 1 }).limit(limit).lean<SaleDraftRecord[]>();
}

type Step = Partial<Pick<SaleDraftRecord, 'plan' | 'eventId' | 'state' | 'saleId'>>;

/** From this version and state to the next. Null when somebody else was there first. */
export async function moveSaleDraft(
  mongo: Mongo,
  { _id, version, state }: Pick<SaleDraftRecord, '_id' | 'version' | 'state'>,
  { act, step, actor }: { readonly act: string; readonly step: Step; readonly actor: Actor },
): Promise<SaleDraftRecord | null> {
  return runTransaction(mongo, async (session) => {
    const before = await saleDrafts(mongo)
      .findOneAndUpdate(
        { _id, version, state },
        { $set: { ...step, version: version + 1, changedAt: actor.at } },
        { session },
      )
      .lean<SaleDraftRecord>();
    if (before === null) return null;
    const kept = Object.fromEntries(Object.keys(step).map((key) => [key, before[key as keyof Step]]));
    await recordAct(mongo, { act, subject: subjectOf(_id), before: kept, after: step }, { actor, session });
    return { ...before, ...step, version: version + 1, changedAt: actor.at };
  });
}
