// Whether a sale lets anybody join now.
import type { SaleRecord } from '@onsale/booking-mongo';
import { currentWindow, type PhaseId, type PhaseWindow, type SalePhase, salePhase } from '@onsale/domain';
import type { KnownSale } from './known-sales.ts';

export type Doors =
  | { readonly kind: 'open'; readonly phaseId: PhaseId; readonly needsCode: boolean }
  /** The pre-queue's time has come, and its beginning is not yet fixed: within a tick of the admitter it will be. */
  | { readonly kind: 'opening' }
  | { readonly kind: 'closed'; readonly detail: string; readonly opensInSeconds: number | null };

type SaleWithDraws = Pick<KnownSale, 'sale' | 'draws'>;

/** What holds for a sale as it is known from one moment until another: its timetable turns no page between. */
type Page = { readonly from: number; readonly until: number; readonly phase: SalePhase; readonly open: Doors | null };

const pages = new WeakMap<SaleWithDraws, Page>();

export function doorsOf(known: SaleWithDraws, now: number): Doors {
  return pageAt(known, now).open ?? closedDoors(known, now);
}

export function phaseOf(known: SaleWithDraws, now: number): SalePhase {
  return pageAt(known, now).phase;
}

/** Looked up by every request of a rush, so it is worked out once. */
function pageAt(known: SaleWithDraws, now: number): Page {
  const kept = pages.get(known);
  if (kept !== undefined && now >= kept.from && now < kept.until) return kept;
  const windows = windowsOf(known.sale);
  const turns = windows.flatMap(({ prequeueOpensAt, opensAt, closesAt }) => [prequeueOpensAt, opensAt, closesAt]);
  const phase = phaseAt(known, { windows, now });
  const until = Math.min(Number.POSITIVE_INFINITY, ...turns.filter((turn) => turn > now));
  const page = { from: now, until, phase, open: openDoors(known, { phase, window: currentWindow(windows, now) }) };
  pages.set(known, page);
  return page;
}

/** Null when they are closed, which the moment decides how to tell. */
function openDoors(
  { sale, draws }: SaleWithDraws,
  { phase, window }: { readonly phase: SalePhase; readonly window: PhaseWindow | null },
): Doors | null {
  if (phase === 'closed' || phase === 'scheduled' || phase === 'sold_out' || window === null) return null;
  const draw = draws.find(({ phaseId }) => phaseId === window.id);
  if (draw === undefined || draw.firstIndex === null) return { kind: 'opening' };
  const { phaseId } = draw;
  return { kind: 'open', phaseId, needsCode: sale.phases.some(({ id, needsCode }) => id === phaseId && needsCode) };
}

function closedDoors(known: SaleWithDraws, now: number): Doors {
  const { phase } = pageAt(known, now);
  const window = currentWindow(windowsOf(known.sale), now);
  if (phase === 'scheduled' && window !== null) {
    const opensInSeconds = Math.ceil((window.prequeueOpensAt - now) / 1000);
    return { kind: 'closed', detail: 'The waiting room is not open yet.', opensInSeconds };
  }
  const detail = phase === 'sold_out' ? 'The sale is sold out.' : 'The sale is over.';
  return { kind: 'closed', detail, opensInSeconds: null };
}

function phaseAt(
  { sale, draws }: SaleWithDraws,
  { windows, now }: { readonly windows: readonly PhaseWindow[]; readonly now: number },
): SalePhase {
  const drawn = new Set<string>(draws.filter(({ seed }) => seed !== null).map(({ phaseId }) => phaseId));
  const { paused, soldOut, closedByStaff } = sale;
  return salePhase({ windows, drawn, paused, soldOut, closedByStaff }, now);
}

function windowsOf({ phases }: SaleRecord): PhaseWindow[] {
  return phases.map(({ id, kind, prequeueOpensAt, opensAt, closesAt }) => ({
    id,
    kind,
    prequeueOpensAt: prequeueOpensAt.getTime(),
    opensAt: opensAt.getTime(),
    closesAt: closesAt.getTime(),
  }));
}
