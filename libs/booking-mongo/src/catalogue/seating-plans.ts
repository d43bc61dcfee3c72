// Seating plans, immutable once made: a changed hall is a new plan, so that sold seats never move.
import type { CategoryId, PlanId, SeatFlags, SeatId, SeatingFile, SeatKind } from '@onsale/domain';
import { Schema } from 'mongoose';
import { collection } from '../model.ts';

export type SeatRecord = {
  id: SeatId;
  label: string;
  x: number;
  y: number;
  categoryId: CategoryId;
  kind?: SeatKind | undefined;
  restrictedView?: boolean | undefined;
};
export type RowRecord = { id: string; label: string; seats: SeatRecord[] };
export type SectionRecord = { id: string; name: string; rows: RowRecord[] };

export type SeatingPlanRecord = {
  _id: PlanId;
  name: string;
  width: number;
  height: number;
  focus: { x: number; y: number };
  sections: SectionRecord[];
  /** Names and colours behind the ids of the seats' categories; absent where nobody told them. */
  categories?: { id: CategoryId; name: string; color: string | null }[];
  /** 1 for the first of its hall; absent: 1. */
  version?: number;
  /** The next version; null or absent for the newest. A plan has one successor, so that versions are a line. */
  replacedBy?: PlanId | null;
  createdAt: Date;
};

const schema = new Schema<SeatingPlanRecord>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    width: { type: Number, required: true },
    height: { type: Number, required: true },
    focus: { type: { x: Number, y: Number }, _id: false, required: true },
    // Plain data: a hall of 100,000 seats would pay for as many mongoose sub-documents. Its shape is the contract's.
    sections: { type: Schema.Types.Mixed, required: true },
    categories: { type: Schema.Types.Mixed },
    version: { type: Number, default: 1 },
    replacedBy: { type: String, default: null },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);

schema.index({ createdAt: -1 });

export const seatingPlans = collection('seatingPlans', schema);

/** The file a plan was imported from, as it was mended: drawing programs find again what only they need. */
export type KeptSeatingFile = { readonly file: SeatingFile; readonly flags: SeatFlags };

/** As text: whatever names its fields have, they are no fields of ours. */
export type SeatingFileRecord = { _id: PlanId; json: string };

const fileSchema = new Schema<SeatingFileRecord>(
  {
    _id: { type: String, required: true },
    json: { type: String, required: true },
  },
  { versionKey: false, strict: 'throw' },
);

export const seatingFiles = collection('seatingFiles', fileSchema);
