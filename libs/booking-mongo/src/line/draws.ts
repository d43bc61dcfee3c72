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
  /** The public draw whose result goes into the seed, named beforehand; null when there is none. */
  publicValueSource: string | null;
  /** How long after the freeze its result is waited for; then the draw is held without, and says so. */
  publicValueWaitSeconds: number | null;
  publicValue: string | null;
  firstIndex: number | null;
  size: number | null;
  /** Binds the roster and, where there are any, the groups of crowded blocks. */
  root: string | null;
  rosterRoot: string | null;
  /** Of the groups' text, which is kept with the roster; null when nobody came in a storm. */
  crowdedHash: string | null;
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
    publicValueWaitSeconds: { type: Number, default: null },
    publicValue: { type: String, default: null },
    firstIndex: { type: Number, default: null },
    size: { type: Number, default: null },
    root: { type: String, default: null },
    rosterRoot: { type: String, default: null },
    crowdedHash: { type: String, default: null },
    frozenAt: { type: Date, default: null },
    seed: { type: String, default: null },
    revealedAt: { type: Date, default: null },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ saleId: 1 });

export const draws = collection('draws', schema);

const SECRET_BYTES = 32;

export type PublicDraw = { readonly source: string; readonly waitSeconds: number };

export type NewDraw = {
  readonly saleId: SaleId;
  readonly phaseId: PhaseId;
  /** Null for a draw that depends on nothing outside. */
  readonly publicDraw: PublicDraw | null;
};

/** A draw that is committed to and nothing more: only the hash of its fresh secret may be shown. */
export function newDraw({ saleId, phaseId, publicDraw }: NewDraw): DrawRecord {
  const secret = randomBytes(SECRET_BYTES);
  return {
    _id: `${saleId}:${phaseId}`,
    saleId,
    phaseId,
    rule: DRAW_RULE,
    commitment: toHex(commitment(secret)),
    secret: toHex(secret),
    salt: toHex(randomBytes(SECRET_BYTES)),
    publicValueSource: publicDraw?.source ?? null,
    publicValueWaitSeconds: publicDraw?.waitSeconds ?? null,
    publicValue: null,
    firstIndex: null,
    size: null,
    root: null,
    rosterRoot: null,
    crowdedHash: null,
    frozenAt: null,
    seed: null,
    revealedAt: null,
  };
}
