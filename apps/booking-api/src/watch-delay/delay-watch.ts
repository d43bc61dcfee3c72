// How long the shop takes from an accepted booking request to its outcome, seen from outside: a few requests of each sale
// are noted when the broker has confirmed them and looked for in the database until they are there. One clock, that of
// this process, measures both ends, and a worker that is dead shows as well as one that is slow.
import type { BookingId, SaleId } from '@onsale/domain';
import { type Logger, type Part, repeat } from '@onsale/runtime';

export type DelayWatchDeps = {
  /** Milliseconds of a clock that never jumps. */
  elapsed(): number;
  decidedAmong(ids: readonly BookingId[]): Promise<ReadonlySet<BookingId>>;
  tell(delay: { readonly saleId: SaleId; readonly delayMs: number }): Promise<void>;
  readonly logger: Logger;
};

export type DelayWatch = Part & {
  accepted(request: { readonly saleId: SaleId; readonly bookingId: BookingId }): void;
  look(): Promise<void>;
};

const LOOK_EVERY_MS = 200; // a delay is measured this much too long at most
const NOTED_MAX = 20; // requests of one sale under observation at once
const NOTE_EVERY_MS = 100;
const FORGET_MS = 30_000; // one that ended in the dead letters has no outcome
const RECENT_MS = 3_000;
const TELL_EVERY_MS = 1_000;
const SALES_MAX = 200;

type SaleWatch = {
  readonly waiting: Map<BookingId, number>;
  recent: { readonly at: number; readonly delayMs: number }[];
  notedAt: number;
  toldAt: number;
};

export function delayWatch(deps: DelayWatchDeps): DelayWatch {
  const sales = new Map<SaleId, SaleWatch>();
  const look = async () => {
    for (const [saleId, watch] of sales) await lookAt(deps, { saleId, watch });
    for (const [saleId, { waiting, recent }] of sales) {
      if (waiting.size === 0 && recent.length === 0) sales.delete(saleId);
    }
  };
  const loop = repeat({ name: 'delay of the shop', everyMs: LOOK_EVERY_MS, logger: deps.logger, run: look });
  return {
    ...loop,
    look,
    accepted: ({ saleId, bookingId }) => {
      const now = deps.elapsed();
      let watch = sales.get(saleId);
      if (watch === undefined) {
        if (sales.size >= SALES_MAX) return;
        watch = { waiting: new Map(), recent: [], notedAt: Number.NEGATIVE_INFINITY, toldAt: now };
        sales.set(saleId, watch);
      }
      if (watch.waiting.size >= NOTED_MAX || now - watch.notedAt < NOTE_EVERY_MS) return;
      watch.notedAt = now;
      watch.waiting.set(bookingId, now);
    },
  };
}

async function lookAt(deps: DelayWatchDeps, { saleId, watch }: { saleId: SaleId; watch: SaleWatch }): Promise<void> {
  const { waiting } = watch;
  const decided = waiting.size === 0 ? new Set<BookingId>() : await deps.decidedAmong([...waiting.keys()]);
  const now = deps.elapsed();
  for (const [bookingId, at] of waiting) {
    if (decided.has(bookingId)) watch.recent.push({ at: now, delayMs: now - at });
    if (decided.has(bookingId) || now - at > FORGET_MS) waiting.delete(bookingId);
  }
  watch.recent = watch.recent.filter(({ at }) => now - at <= RECENT_MS);
  if (now - watch.toldAt < TELL_EVERY_MS) return;
  // Who still waits has waited this long at least. The median, so that one poisonous command does not slow a sale.
  const delayMs = median([...watch.recent.map((one) => one.delayMs), ...[...waiting.values()].map((at) => now - at)]);
  if (delayMs === null) return;
  watch.toldAt = now;
  await deps.tell({ saleId, delayMs: Math.round(delayMs) });
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? null;
}
