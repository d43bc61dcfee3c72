// Keys by which programs act for a member of staff.
import type { StaffId } from '@onsale/domain';
import { Schema } from 'mongoose';
import { runTransaction } from '../bookings/run-transaction.ts';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';
import { type Actor, recordAct } from './record-act.ts';
import { type StaffRecord, staff } from './staff.ts';

export type ApiKeyRecord = {
  _id: string;
  /** sha256 of the key, hex: a stolen database opens nothing. */
  digest: string;
  /** The beginning of the key. */
  prefix: string;
  staffId: StaffId;
  name: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

const schema = new Schema<ApiKeyRecord>(
  {
    _id: { type: String, required: true },
    digest: { type: String, required: true },
    prefix: { type: String, required: true },
    staffId: { type: String, required: true },
    name: { type: String, required: true },
    scopes: { type: [String], required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, default: null },
    lastUsedAt: { type: Date, default: null },
    revokedAt: { type: Date, default: null },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ digest: 1 }, { unique: true });
schema.index({ staffId: 1, createdAt: -1 });
export const apiKeys = collection('apiKeys', schema);

/** Keys of a member that are in force at once. */
const KEYS_MAX = 50;

/** False when the member has as many as there may be. */
export async function addApiKey(mongo: Mongo, key: ApiKeyRecord, actor: Actor): Promise<boolean> {
  const { _id, staffId, name, prefix, scopes, expiresAt } = key;
  return runTransaction(mongo, async (session) => {
    const inForce = await apiKeys(mongo).countDocuments({ staffId, revokedAt: null }, { session });
    if (inForce >= KEYS_MAX) return false;
    await apiKeys(mongo).create([key], { session });
    const after = { name, prefix, scopes, expiresAt };
    await recordAct(mongo, { act: 'API key made', subject: `api-key:${_id}`, after }, { actor, session });
    return true;
  });
}

export async function listApiKeysOf(mongo: Mongo, staffId: StaffId): Promise<readonly ApiKeyRecord[]> {
  return apiKeys(mongo).find({ staffId }).sort({ createdAt: -1 }).limit(200).lean<ApiKeyRecord[]>();
}

/** False when the member has no such key. */
export async function revokeApiKeyOf(mongo: Mongo, apiKeyId: string, actor: Actor): Promise<boolean> {
  return runTransaction(mongo, async (session) => {
    const key = await apiKeys(mongo)
      .findOneAndUpdate(
        { _id: apiKeyId, staffId: actor.staffId, revokedAt: null },
        { $set: { revokedAt: actor.at } },
        { session },
      )
      .lean<ApiKeyRecord>();
    if (key === null) return false;
    const before = { name: key.name, prefix: key.prefix };
    await recordAct(mongo, { act: 'API key taken back', subject: `api-key:${apiKeyId}`, before }, { actor, session });
    return true;
  });
}

const USED_EVERY_MS = 60_000;

/** The key and whose it is; null when it is unknown, over, taken back, or its member is gone. Notes its use by the minute. */
export async function findApiKey(
  mongo: Mongo,
  digest: string,
  now: Date,
): Promise<{ readonly key: ApiKeyRecord; readonly member: StaffRecord } | null> {
  const key = await apiKeys(mongo).findOne({ digest }).lean<ApiKeyRecord>();
  if (key === null || key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) return null;
  const member = await staff(mongo).findById(key.staffId).lean<StaffRecord>();
  if (member === null) return null;
  if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() >= USED_EVERY_MS) {
    await apiKeys(mongo).updateOne({ _id: key._id }, { $set: { lastUsedAt: now } });
  }
  return { key, member };
}
