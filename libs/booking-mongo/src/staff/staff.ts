// Staff members, their sessions, and the append-only record of what they did.
import type { StaffId } from '@onsale/domain';
import { Schema, type Types } from 'mongoose';
import { collection } from '../model.ts';

export type StaffRole = 'owner' | 'organizer' | 'operator' | 'finance' | 'door';

export type StaffRecord = {
  _id: StaffId;
  email: string;
  passwordHash: string;
  role: StaffRole;
  createdAt: Date;
  /** An authenticator in force. `lastStep` is the time step of the last code taken: none is taken twice. */
  totp?: { secret: string; lastStep: number } | null;
  /** A secret that was shown and not confirmed yet. */
  totpPending?: string | null;
  /** sha256 of each recovery code that is left, hex. */
  recoveryDigests?: string[];
  /** An owner wants an authenticator. */
  totpDemanded?: boolean;
  /** Counts the acts on owners: two at once meet here, so that not both take away the last but one. */
  ownerActs?: number;
};

const staffSchema = new Schema<StaffRecord>(
  {
    _id: { type: String, required: true },
    email: { type: String, required: true },
    passwordHash: { type: String, required: true },
    role: { type: String, required: true },
    createdAt: { type: Date, required: true },
    totp: { type: Schema.Types.Mixed, default: null },
    totpPending: { type: String, default: null },
    recoveryDigests: { type: [String], default: [] },
    totpDemanded: { type: Boolean, default: false },
    ownerActs: { type: Number, default: 0 },
  },
  { versionKey: false, strict: 'throw' },
);
staffSchema.index({ email: 1 }, { unique: true });

export const staff = collection('staff', staffSchema);

export type SessionRecord = {
  /** sha256 of the session token, hex: a stolen database opens no session. */
  _id: string;
  staffId: StaffId;
  csrfToken: string;
  createdAt: Date;
  expiresAt: Date;
  /** Of the last request, to the minute. */
  lastSeenAt: Date;
  /** What the browser called itself, and from where it came last. */
  device: string;
  address: string;
};

const sessionSchema = new Schema<SessionRecord>(
  {
    _id: { type: String, required: true },
    staffId: { type: String, required: true },
    csrfToken: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
    device: { type: String, default: '' },
    address: { type: String, default: '' },
  },
  { versionKey: false, strict: 'throw' },
);
sessionSchema.index({ staffId: 1 });

export const sessions = collection('sessions', sessionSchema);

export type AuditRecord = {
  _id: Types.ObjectId;
  at: Date;
  staffId: StaffId | null;
  act: string;
  subject: string;
  before: unknown;
  after: unknown;
  address: string;
  /** The API key by which it was done; absent for the member in person. */
  apiKeyId?: string;
};

const auditSchema = new Schema<AuditRecord>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
    staffId: { type: String, default: null },
    act: { type: String, required: true },
    subject: { type: String, required: true },
    before: { type: Schema.Types.Mixed, default: null },
    after: { type: Schema.Types.Mixed, default: null },
    address: { type: String, required: true },
    apiKeyId: { type: String },
  },
  { versionKey: false, strict: 'throw', minimize: false },
);
auditSchema.index({ at: -1, _id: -1 });
auditSchema.index({ subject: 1, at: -1, _id: -1 });

export const auditLog = collection('auditLog', auditSchema);
