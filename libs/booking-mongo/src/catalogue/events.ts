// Events: what fans look for. The venue's few facts live with it.
import type { EventId, Theme } from '@onsale/domain';
import { Schema } from 'mongoose';
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
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ slug: 1 }, { unique: true });

export const events = collection('events', schema);
