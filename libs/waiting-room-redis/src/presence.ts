// Presence costs two bytes for each number, packed 4,096 to a chunk by number: until when silence is forgiven, in seconds
// that wrap around after nine hours. What is compared never lies further away than half of that, because a leader looks
// at every entry within minutes.
//   0               never heard of since the line was opened or drawn
//   1 … 0x7ffe      present until that second
//   0x8000          ghost: was silent for too long, may come back
//   0x8001          deferred: lets others go first until its time, which stands with its number in `d:<bucket>`
//   0xffff          left for good
import type { SaleId } from '@onsale/domain';
import type { LineRedis } from './connect-line.ts';
import { saleKeys } from './keys.ts';

export const PRESENCE_CHUNK = 4096;
const WRAP = 0x7ffe;
const GHOST = 0x8000;

/** The entry of a fan who is present and may stay silent until `until`, ms. */
export function presentUntil(until: number): Buffer {
  const entry = Buffer.alloc(2);
  entry.writeUInt16BE(unitOf(until));
  return entry;
}

export type Presence =
  | { readonly kind: 'unheard' }
  | { readonly kind: 'present' }
  /** Was present, and has been silent for longer than forgiven; nobody has marked it yet. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'gone' };

const UNHEARD: Presence = { kind: 'unheard' };
const PRESENT: Presence = { kind: 'present' };
const SILENT: Presence = { kind: 'silent' };
const GONE: Presence = { kind: 'gone' };

/** What an entry says at `now`, ms. */
export function presenceAt(entry: number, now: number): Presence {
  if (entry === 0) return UNHEARD;
  if (entry >= GHOST) return GONE;
  const past = (unitOf(now) - entry + WRAP) % WRAP;
  return past > 0 && past < WRAP / 2 ? SILENT : PRESENT;
}

/** Which entries say at `now` that the fan is there: most do, so this is asked first. */
export function presentAt(now: number): (entry: number) => boolean {
  const first = unitOf(now);
  const last = first + WRAP / 2; // what is further ahead than half of the circle lies behind
  if (last <= WRAP) return (entry) => entry >= first && entry <= last;
  const over = last - WRAP;
  return (entry) => (entry >= first && entry <= WRAP) || (entry <= over && entry > 0);
}

/** Whether so many entries are there and all say at `now` that the fan is. */
export function areAllPresent(entries: Buffer, count: number, now: number): boolean {
  if (entries.length < count * 2) return false;
  const isPresent = presentAt(now);
  for (let at = 0; at < count * 2; at += 2) {
    if (!isPresent(((entries[at] as number) << 8) | (entries[at + 1] as number))) return false;
  }
  return true;
}

/** Positions within a chunk, `to` not included. */
export type PresencePiece = { readonly chunk: number; readonly from: number; readonly to: number };

/** The entries of a piece, 2 bytes each; shorter where nobody ever was heard. Position p of a chunk is number chunk × 4096 + p + 1. */
export async function readPresence(
  { redis }: LineRedis,
  saleId: SaleId,
  { chunk, from, to }: PresencePiece,
): Promise<Buffer> {
  return redis.getrangeBuffer(`${saleKeys(saleId).prefix}p:${chunk}`, from * 2, to * 2 - 1);
}

function unitOf(ms: number): number {
  return (Math.ceil(ms / 1000) % WRAP) + 1;
}
