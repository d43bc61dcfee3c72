// Sales: timetable, limits, and the operator's hand on admission. What the line itself knows (served, joined) is not
// here but in its checkpoint.
import type { EventId, PerformanceId, PhaseId, SaleId, SaleLimits } from '@onsale/domain';
import { ROOM_BY_DEFAULT, type RoomSettings, type SaleIdentity } from '@onsale/domain';
import { Schema } from 'mongoose';
import { collection } from '../model.ts';

export type PhaseRecord = {
  id: PhaseId;
  kind: 'presale' | 'general';
  prequeueOpensAt: Date;
  opensAt: Date;
  closesAt: Date;
  needsCode: boolean;
  /** Seats one fan may take in this phase; no such limit when absent. */
  seatsPerFan?: number | undefined;
};

export type AdmissionRecord = {
  mode: 'automatic' | 'manual';
  ratePerMinute: number;
  maxActive: number;
  floor: number;
  ceiling: number;
  noShowCompensation: boolean;
  stockAware: boolean;
  autoSlow: boolean;
  /** Milliseconds; absent: the domain's DELAY_TARGET_MS. */
  delayTargetMs?: number | undefined;
};

/** The waiting room: how it is switched, and whether it is on, since when and why. */
export type RoomRecord = RoomSettings & { on: boolean; reason: string; since: Date };

export function roomOf({ room, createdAt }: Pick<SaleRecord, 'room' | 'createdAt'>): RoomRecord {
  const reason = 'Everybody goes through the waiting room.';
  return room ?? { ...ROOM_BY_DEFAULT, on: true, reason, since: createdAt };
}

export type SaleRecord = {
  _id: SaleId;
  eventId: EventId;
  name: string;
  currency: string;
  performanceIds: PerformanceId[];
  phases: PhaseRecord[];
  limits: SaleLimits;
  holdSeconds: number;
  /** From the beginning of a hold to its latest end, extensions included; null leaves it to the rules. */
  holdMaxSeconds?: number | null;
  callWindowSeconds: number;
  passSeconds: number;
  admission: AdmissionRecord;
  /** Rises with every operator act; If-Match compares it. */
  admissionVersion: number;
  paused: boolean;
  draining: boolean;
  soldOut: boolean;
  closedByStaff: boolean;
  /** No new bookings for now; absent in what was made before staff could. */
  halted?: boolean;
  notice: string | null;
  /** Absent: everybody goes through the waiting room. Read by roomOf(). */
  room?: RoomRecord;
  /** One place for each of these; absent: anonymous. */
  identity?: SaleIdentity;
  /** Fans still to be called by hand, and the id of the act that asked for them. */
  manualCall: { actId: string; count: number } | null;
  createdAt: Date;
};

const schema = new Schema<SaleRecord>(
  {
    _id: { type: String, required: true },
    eventId: { type: String, required: true },
    name: { type: String, required: true },
    currency: { type: String, required: true },
    performanceIds: { type: [String], required: true },
    phases: { type: Schema.Types.Mixed, required: true },
    limits: { type: Schema.Types.Mixed, required: true },
    holdSeconds: { type: Number, required: true },
    holdMaxSeconds: { type: Number, default: null },
    callWindowSeconds: { type: Number, required: true },
    passSeconds: { type: Number, required: true },
    admission: { type: Schema.Types.Mixed, required: true },
    admissionVersion: { type: Number, required: true },
    paused: { type: Boolean, required: true },
    draining: { type: Boolean, required: true },
    soldOut: { type: Boolean, required: true },
    closedByStaff: { type: Boolean, required: true },
    halted: { type: Boolean, default: false },
    notice: { type: String, default: null },
    room: { type: Schema.Types.Mixed },
    identity: { type: String },
    manualCall: { type: Schema.Types.Mixed, default: null },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ eventId: 1 });

export const sales = collection('sales', schema);
