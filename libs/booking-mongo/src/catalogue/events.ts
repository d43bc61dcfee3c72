// Events: what fans look for. The venue's few facts live with it.
import type { EventId, Theme } from '@onsale/domain';
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';

export type EventRecord = {
  _id: EventId;
  slug: string;
  title: string;
  description: string;
  venue: { name: string; city: string; timeZone: string };
  /** Colours of its pages; null for ours. */
  theme: Theme | null;
  published: boolean;
  createdAt: Date;
  /** Of the demo: until when a process has it to itself to make it. */
  madeUntil?: Date;
};

const schema = new Schema<EventRecord>(
  {
    _id: { type: String, required: true },
    slug: { type: String, required: true },
    title: { type: String, required: true },
    description: { type: String, default: '' },
    venue: { type: { name: String, city: String, timeZone: String }, _id: false, required: true },
    theme: { type: Schema.Types.Mixed, default: null },
    published: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
    madeUntil: { type: Date },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ slug: 1 }, { unique: true });

export const events = collection('events', schema);

/** Of many who would go on making the event of this slug one may, for so long; null for the others, and when there is none. */
export async function takeMaking(
  mongo: Mongo,
  { slug, now, forMs }: { readonly slug: string; readonly now: Date; readonly forMs: number },
): Promise<EventId | null> {
  const taken = await events(mongo)
    .findOneAndUpdate(
      { slug, $or: [{ madeUntil: { $exists: false } }, { madeUntil: { $lte: now } }] },
      { $set: { madeUntil: new Date(now.getTime() + forMs) } },
    )
    .lean();
  return taken?._id ?? null;
}
