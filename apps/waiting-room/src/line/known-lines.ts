// The newest line document of each sale, heard once per process and served from memory.
import { setTimeout as pause } from 'node:timers/promises';
import type { SaleId } from '@onsale/domain';
import { type HeardLine, type LineRedis, readLine } from '@onsale/waiting-room-redis';

export type KnownLine = HeardLine & { readonly etag: string };

export type KnownLines = {
  /** What was heard last; null when nothing was. */
  now(saleId: SaleId): KnownLine | null;
  /** As now(), asking Redis when nothing was heard since the start. */
  find(saleId: SaleId): Promise<KnownLine | null>;
  /** As find(), and waits a moment for the first document of a line that was just opened: fans join before it is told. */
  soon(saleId: SaleId): Promise<KnownLine | null>;
  /** True when it is newer than what was known. */
  hear(heard: HeardLine): boolean;
  /** How many have joined at least, by all this process saw; over epochs too. */
  joinedAtLeast(saleId: SaleId): number;
  noteJoined(saleId: SaleId, joined: number): void;
};

const KNOWN_MAX = 2_000;
const FIRST_LIMIT_MS = 2_000; // four ticks of a leader
const LOOK_EVERY_MS = 100;

export function knownLines(line: LineRedis): KnownLines {
  const known = new Map<string, KnownLine>();
  const joinedBy = new Map<string, number>();
  const noteJoined = (saleId: string, joined: number): void => {
    const before = joinedBy.get(saleId);
    if (before !== undefined && before >= joined) return;
    joinedBy.set(saleId, joined);
    if (joinedBy.size > KNOWN_MAX) joinedBy.delete(joinedBy.keys().next().value as string);
  };
  const hear = (heard: HeardLine): boolean => {
    const { saleId, epoch, seq, joined } = heard.document;
    noteJoined(saleId, joined);
    const before = known.get(saleId)?.document;
    if (before !== undefined && !isNewer(heard.document, before)) return false;
    known.delete(saleId);
    known.set(saleId, { ...heard, etag: `"${epoch}-${seq}"` });
    if (known.size > KNOWN_MAX) known.delete(known.keys().next().value as string);
    return true;
  };
  const find = async (saleId: SaleId): Promise<KnownLine | null> => {
    if (!known.has(saleId)) {
      const stored = await readLine(line, saleId);
      if (stored !== null) hear(stored);
    }
    return known.get(saleId) ?? null;
  };
  // All who ask for the same line wait together.
  const waits = new Map<SaleId, Promise<KnownLine | null>>();
  const soon = (saleId: SaleId): Promise<KnownLine | null> => {
    const wait = waits.get(saleId) ?? untilFound(() => find(saleId)).finally(() => waits.delete(saleId));
    waits.set(saleId, wait);
    return wait;
  };
  return {
    hear,
    now: (saleId) => known.get(saleId) ?? null,
    find,
    soon,
    joinedAtLeast: (saleId) => joinedBy.get(saleId) ?? 0,
    noteJoined,
  };
}

async function untilFound(look: () => Promise<KnownLine | null>): Promise<KnownLine | null> {
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    const line = await look();
    if (line !== null || waitedMs >= FIRST_LIMIT_MS) return line;
    await pause(LOOK_EVERY_MS);
  }
}

type Version = { readonly epoch: number; readonly seq: number };

function isNewer(a: Version, b: Version): boolean {
  return a.epoch > b.epoch || (a.epoch === b.epoch && a.seq > b.seq);
}
