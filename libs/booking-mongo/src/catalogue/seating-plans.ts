// Seating plans, immutable once made: a changed hall is a new plan, so that sold seats never move.
import type { CategoryId, PlanId, SeatId, SeatKind } from '@onsale/domain';
import { Schema } from 'mongoose';
import { collection } from '../model.ts';

export type SeatRecord = {
  id: SeatId;
  label: string;
  x: number;
  y: number;
  categoryId: CategoryId;
  kind?: SeatKind | undefined;
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
    createdAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);

export const seatingPlans = collection('seatingPlans', schema);
