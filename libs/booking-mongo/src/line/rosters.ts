// The frozen roster of a draw, kept so that every fan can be shown the way from the own leaf to the published root, also
// when Redis was lost or fans have left since. In pieces, so that a proof reads a few kilobytes and not the whole list.
// What is kept stands under its root: should two leaders freeze at once, the roster of the root that counts is there.
import { type mongo as driver, Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';
import { native } from '../native.ts';

/**
 * `digests` identity digests end to end, `twigs` the hashes over each 64 leaves of the tree, `crowded` the groups of
 * crowded blocks as text.
 */
export type RosterPart = 'digests' | 'twigs' | 'crowded';
type RosterKey = { readonly drawId: string; readonly root: string };
type PieceRecord = { _id: string; part: RosterPart; draw: string; piece: number; bytes: Buffer };

/** A piece of digests holds 4,096 fans and is what one proof reads; the others are read whole, so they may be long. */
export const DIGESTS_PER_PIECE = 4096;
const DIGEST_BYTES = 10;
const PIECE_BYTES: Readonly<Record<RosterPart, number>> = {
  digests: DIGESTS_PER_PIECE * DIGEST_BYTES,
  twigs: 4 * 1024 * 1024,
  crowded: 4 * 1024 * 1024,
};
const WRITES_AT_ONCE = 32;

const schema = new Schema<PieceRecord>(
  {
    _id: { type: String, required: true },
    part: { type: String, required: true },
    draw: { type: String, required: true },
    piece: { type: Number, required: true },
    bytes: { type: Buffer, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ draw: 1, part: 1, piece: 1 });

export const rosters = collection('rosters', schema);

/** Kept before its root is published; repeating it is harmless. */
export async function keepRoster(
  mongo: Mongo,
  { parts, ...key }: RosterKey & { readonly parts: Readonly<Record<RosterPart, Buffer>> },
): Promise<void> {
  for (const part of Object.keys(PIECE_BYTES) as RosterPart[]) {
    const writes = piecesOf(key, part, parts[part]).map(({ _id, ...piece }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: piece }, upsert: true },
    }));
    for (let from = 0; from < writes.length; from += WRITES_AT_ONCE) {
      await native(mongo, rosters).bulkWrite(writes.slice(from, from + WRITES_AT_ONCE), { ordered: false });
    }
  }
}

function piecesOf(key: RosterKey, part: RosterPart, bytes: Buffer): PieceRecord[] {
  const length = PIECE_BYTES[part];
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, piece) => ({
    _id: idOf(key, part, piece),
    part,
    draw: drawOf(key),
    piece,
    bytes: bytes.subarray(piece * length, (piece + 1) * length),
  }));
}

/** A whole part; empty when none was kept. */
export async function findRosterPart(mongo: Mongo, key: RosterKey, part: RosterPart): Promise<Buffer> {
  const pieces = await native(mongo, rosters)
    .find({ draw: drawOf(key), part }, { ...PLAIN, sort: { piece: 1 } })
    .toArray();
  return Buffer.concat(pieces.map(({ bytes }) => bytes));
}

/** The digests of the fans piece × 4096 …; null when they were not kept. */
export async function findDigests(mongo: Mongo, key: RosterKey, piece: number): Promise<Buffer | null> {
  const found = await native(mongo, rosters).findOne({ _id: idOf(key, 'digests', piece) }, PLAIN);
  return found?.bytes ?? null;
}

const PLAIN: driver.FindOptions = { promoteBuffers: true };

const drawOf = ({ drawId, root }: RosterKey) => `${drawId}:${root}`;
const idOf = (key: RosterKey, part: RosterPart, piece: number) => `${drawOf(key)}:${part}:${piece}`;
