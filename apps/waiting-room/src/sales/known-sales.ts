// Sales as this process knows them: read from MongoDB, kept for a second, used on when MongoDB is away. A join never waits
// for the database of a sale that was seen before; other requests wait a moment for it, so that what staff changed counts.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DrawRecord,
  draws,
  findCrowded,
  type KnownCodeSet,
  listCodeSets,
  type Mongo,
  type SaleRecord,
  sales,
} from '@onsale/booking-mongo';
import { type Draw, fromHex, type Numbering, numbering, type SaleId } from '@onsale/domain';
import type { Clock } from '@onsale/runtime';

export type KnownSale = {
  readonly sale: SaleRecord;
  readonly draws: readonly DrawRecord[];
  readonly codeSets: readonly KnownCodeSet[];
  /** The same function until a draw is revealed or a pre-queue opens. */
  readonly numberOf: Numbering;
};

export type KnownSales = {
  /** What is known without asking anybody; null for a sale not seen yet. */
  now(saleId: SaleId): KnownSale | null;
  /** At most a second old while MongoDB answers. Null when there is no such sale; rejects when it was never seen and
   *  MongoDB is away. */
  find(saleId: SaleId): Promise<KnownSale | null>;
  /** As it stands in the database now. */
  look(saleId: SaleId): Promise<KnownSale | null>;
};

export const KNOWN_SALE_FRESH_MS = 1_000; // an operator's change counts everywhere within this
const REFRESH_WAIT_MS = 250; // what is known serves when the database is slower
const KNOWN_MAX = 2_000; // sales and refused ids together; the oldest go

type Entry = { value: KnownSale | null; at: number; refresh: Refresh | null };

/** A reading under way; `waited` settles with it, or after REFRESH_WAIT_MS. */
type Refresh = { readonly waited: Promise<unknown> };

export function knownSales({ mongo, clock }: { readonly mongo: Mongo; readonly clock: Clock }): KnownSales {
  const entries = new Map<SaleId, Entry>();
  const look = async (saleId: SaleId): Promise<KnownSale | null> => {
    const [sale, held, codes] = await Promise.all([
      sales(mongo).findById(saleId).lean<SaleRecord>(),
      draws(mongo).find({ saleId }).lean<DrawRecord[]>(),
      listCodeSets(mongo, saleId),
    ]);
    const before = entries.get(saleId)?.value ?? null;
    const numberOf = await numberingOf(mongo, held, before);
    const value = sale === null ? null : { sale, draws: held, codeSets: codes, numberOf };
    entries.delete(saleId);
    entries.set(saleId, { value, at: clock.now(), refresh: null });
    if (entries.size > KNOWN_MAX) entries.delete(entries.keys().next().value as SaleId);
    return value;
  };
  const refresh = (saleId: SaleId, entry: Entry): Refresh => {
    entry.refresh ??= begin(saleId, entry);
    return entry.refresh;
  };
  const begin = (saleId: SaleId, entry: Entry): Refresh => {
    const reading = look(saleId).catch(() => {
      entry.refresh = null; // what is known stays in use until the database answers again
    });
    return { waited: Promise.race([reading, sleep(REFRESH_WAIT_MS, undefined, { ref: false })]) };
  };
  return {
    look,
    now: (saleId) => {
      const entry = entries.get(saleId);
      if (entry === undefined || entry.value === null) return null;
      if (clock.now() - entry.at >= KNOWN_SALE_FRESH_MS) refresh(saleId, entry);
      return entry.value;
    },
    find: async (saleId) => {
      const entry = entries.get(saleId);
      if (entry === undefined) return look(saleId);
      if (clock.now() - entry.at < KNOWN_SALE_FRESH_MS) return entry.value;
      if (entry.value === null) return look(saleId);
      await refresh(saleId, entry).waited;
      return entries.get(saleId)?.value ?? entry.value;
    },
  };
}

async function numberingOf(mongo: Mongo, held: readonly DrawRecord[], before: KnownSale | null): Promise<Numbering> {
  const key = (records: readonly DrawRecord[]) =>
    records.map(({ phaseId, firstIndex, seed }) => `${phaseId} ${firstIndex} ${seed}`).join();
  if (before !== null && key(before.draws) === key(held)) return before.numberOf;
  const revealed = await Promise.all(held.map((draw) => revealedDraw(mongo, draw)));
  return numbering({ draws: revealed.flat(), firstUndrawnIndex: firstUndrawnIndex(held) });
}

async function revealedDraw(mongo: Mongo, draw: DrawRecord): Promise<Draw[]> {
  const { firstIndex, size, seed } = draw;
  if (firstIndex === null || size === null || seed === null) return [];
  return [{ firstIndex, size, seed: fromHex(seed), crowded: await findCrowded(mongo, draw) }];
}

function firstUndrawnIndex(held: readonly DrawRecord[]): number | null {
  return held.find(({ firstIndex, seed }) => firstIndex !== null && seed === null)?.firstIndex ?? null;
}
