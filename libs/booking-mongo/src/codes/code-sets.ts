// Sets of access codes. A set keeps the secret its codes are signed with and how many there are; the codes themselves are
// nowhere: they are made anew whenever they are asked for, and checked without looking anything up.
import { randomBytes } from 'node:crypto';
import { CODE_SET_NUMBER_MAX, type PhaseId, type SaleId } from '@onsale/domain';
import { Schema } from 'mongoose';
import { runTransaction } from '../bookings/run-transaction.ts';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';
import { type Actor, recordAct } from '../staff/record-act.ts';

export type CodeSetRecord = {
  _id: string;
  saleId: SaleId;
  /** 1 … 1023 within the sale; part of each code. */
  number: number;
  name: string;
  /** `access` lets join where a code is needed; `bypass` lets in past the line. */
  purpose: 'access' | 'bypass';
  /** Hex. */
  secret: string;
  count: number;
  /** Places a code is good for. */
  usesMax: number;
  /** Whom the codes are for, one each, in the order of the codes; `none` for whoever has one. */
  boundTo: 'none' | 'email' | 'fan';
  recipients: string[];
  /** Empty for every phase. */
  phaseIds: PhaseId[];
  expiresAt: Date | null;
  revokedAt: Date | null;
  createdAt: Date;
};

const schema = new Schema<CodeSetRecord>(
  {
    _id: { type: String, required: true },
    saleId: { type: String, required: true },
    number: { type: Number, required: true },
    name: { type: String, required: true },
    purpose: { type: String, required: true },
    secret: { type: String, required: true },
    count: { type: Number, required: true },
    usesMax: { type: Number, required: true },
    boundTo: { type: String, required: true },
    recipients: { type: [String], default: [] },
    phaseIds: { type: [String], default: [] },
    expiresAt: { type: Date, default: null },
    revokedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ saleId: 1, number: 1 }, { unique: true });

export const codeSets = collection('codeSets', schema);

/** What is needed to check a code. */
export type KnownCodeSet = Omit<CodeSetRecord, 'recipients' | 'name'>;

const SECRET_BYTES = 32;
const NUMBER_TRIES = 5;
const DUPLICATE_KEY = 11_000;

export type NewCodeSet = Omit<CodeSetRecord, 'number' | 'secret' | 'revokedAt' | 'createdAt'>;

/** The set and its entry in the audit log become true at once. Null when the sale has as many sets as there can be. */
export async function addCodeSet(
  mongo: Mongo,
  set: NewCodeSet,
  { actor, act }: { readonly actor: Actor; readonly act: string },
): Promise<CodeSetRecord | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await addNextSet(mongo, set, { actor, act });
    } catch (error) {
      // Another set of the sale took the number meanwhile.
      if (attempt >= NUMBER_TRIES || (error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
    }
  }
}

async function addNextSet(
  mongo: Mongo,
  set: NewCodeSet,
  { actor, act }: { readonly actor: Actor; readonly act: string },
): Promise<CodeSetRecord | null> {
  return runTransaction(mongo, async (session) => {
    const last = await codeSets(mongo)
      .findOne({ saleId: set.saleId }, { number: 1 }, { session })
      .sort({ number: -1 })
      .lean();
    const number = (last?.number ?? 0) + 1;
    if (number > CODE_SET_NUMBER_MAX) return null;
    const secret = randomBytes(SECRET_BYTES).toString('hex');
    const record = { ...set, number, secret, revokedAt: null, createdAt: actor.at };
    await codeSets(mongo).create([record], { session });
    const { name, purpose, count, usesMax, boundTo, phaseIds, expiresAt } = set;
    const after = { codeSetId: set._id, name, purpose, count, usesMax, boundTo, phaseIds, expiresAt };
    await recordAct(mongo, { act, subject: `sale:${set.saleId}`, after }, { actor, session });
    return record;
  });
}

/** No code of the set is good any more; places taken with one stay. Null when there is no such set. */
export async function revokeCodeSet(
  mongo: Mongo,
  { saleId, codeSetId }: { readonly saleId: SaleId; readonly codeSetId: string },
  actor: Actor,
): Promise<CodeSetRecord | null> {
  return runTransaction(mongo, async (session) => {
    const set = await codeSets(mongo).findOne({ _id: codeSetId, saleId }, null, { session }).lean<CodeSetRecord>();
    if (set === null || set.revokedAt !== null) return set;
    await codeSets(mongo).updateOne({ _id: codeSetId }, { $set: { revokedAt: actor.at } }, { session });
    const after = { codeSetId, name: set.name };
    await recordAct(mongo, { act: 'codes revoked', subject: `sale:${saleId}`, after }, { actor, session });
    return { ...set, revokedAt: actor.at };
  });
}

export async function listCodeSets(
  mongo: Mongo,
  saleId: SaleId,
): Promise<readonly Omit<CodeSetRecord, 'recipients'>[]> {
  return codeSets(mongo).find({ saleId }, { recipients: 0 }).sort({ number: 1 }).lean<CodeSetRecord[]>();
}

export async function findCodeSet(
  mongo: Mongo,
  { saleId, codeSetId }: { readonly saleId: SaleId; readonly codeSetId: string },
): Promise<CodeSetRecord | null> {
  return codeSets(mongo).findOne({ _id: codeSetId, saleId }).lean<CodeSetRecord>();
}
