// The draw of each phase: committed before its pre-queue opens, frozen at the opening, then revealed. Fields are only
// ever filled in that order and never changed afterwards. Hashes and secrets are lower-case hex.
import { randomBytes } from 'node:crypto';
import { commitment, DRAW_RULE, type PhaseId, type SaleId, toHex } from '@onsale/domain';
import { Schema } from 'mongoose';
import { collection } from '../model.ts';

export type DrawRecord = {
  /** saleId:phaseId */
  _id: string;
  saleId: SaleId;
  phaseId: PhaseId;
  rule: string;
  commitment: string;
  /** Kept from every reader until the roster is frozen. */
  secret: string;
  /** Salts the identities in the roster, so that a published digest tells nobody's identity. */
  salt: string;
  publicValueSource: string | null;
  publicValue: string | null;
  firstIndex: number | null;
  size: number | null;
  root: string | null;
  frozenAt: Date | null;
  seed: string | null;
  revealedAt: Date | null;
};

const schema = new Schema<DrawRecord>(
  {
    _id: { type: String, required: true },
    saleId: { type: String, required: true },
    phaseId: { type: String, required: true },
    rule: { type: String, required: true },
    commitment: { type: String, required: true },
    secret: { type: String, required: true },
    salt: { type: String, required: true },
    publicValueSource: { type: String, default: null },
    publicValue: { type: String, default: null },
    firstIndex: { type: Number, default: null },
    size: { type: Number, default: null },
    root: { type: String, default: null },
    frozenAt: { type: Date, default: null },
    seed: { type: String, default: null },
    revealedAt: { type: Date, default: null },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ saleId: 1 });

export const draws = collection('draws', schema);

const SECRET_BYTES = 32;

/** A draw that is committed to and nothing more: only the hash of its fresh secret may be shown. */
export function newDraw({ saleId, phaseId }: { readonly saleId: SaleId; readonly phaseId: PhaseId }): DrawRecord {
  const secret = randomBytes(SECRET_BYTES);
  return {
    _id: `${saleId}:${phaseId}`,
    saleId,
    phaseId,
    rule: DRAW_RULE,
    commitment: toHex(commitment(secret)),
    secret: toHex(secret),
    salt: toHex(randomBytes(SECRET_BYTES)),
    publicValueSource: null,
    publicValue: null,
    firstIndex: null,
    size: null,
    root: null,
    frozenAt: null,
    seed: null,
    revealedAt: null,
  };
}
