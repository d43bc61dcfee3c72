// Whether a sale lets anybody join now.
import type { DrawRecord, SaleRecord } from '@onsale/booking-mongo';
import { currentWindow, type PhaseWindow, type SalePhase, salePhase } from '@onsale/domain';
import type { KnownSale } from './known-sales.ts';

export type Doors =
  | { readonly kind: 'open'; readonly needsCode: boolean }
  /** The pre-queue's time has come, and its beginning is not yet fixed: within a tick of the admitter it will be. */
  | { readonly kind: 'opening' }
  | { readonly kind: 'closed'; readonly detail: string; readonly opensInSeconds: number | null };

export function doorsOf({ sale, draws }: KnownSale, now: number): Doors {
  const windows = windowsOf(sale);
  const window = currentWindow(windows, now);
  const phase = phaseOf({ sale, draws }, now);
  if (phase === 'scheduled' && window !== null) {
    const opensInSeconds = Math.ceil((window.prequeueOpensAt - now) / 1000);
    return { kind: 'closed', detail: 'The waiting room is not open yet.', opensInSeconds };
  }
  if (phase === 'closed' || phase === 'scheduled' || window === null) {
    return { kind: 'closed', detail: 'The sale is over.', opensInSeconds: null };
  }
  if (phase === 'sold_out') return { kind: 'closed', detail: 'The sale is sold out.', opensInSeconds: null };
  const draw = draws.find(({ phaseId }) => phaseId === window.id);
  if (draw === undefined || draw.firstIndex === null) return { kind: 'opening' };
  return { kind: 'open', needsCode: sale.phases.some(({ id, needsCode }) => id === window.id && needsCode) };
}

export function phaseOf(
  { sale, draws }: { readonly sale: SaleRecord; readonly draws: readonly DrawRecord[] },
  now: number,
): SalePhase {
  const drawn = new Set<string>(draws.filter(({ seed }) => seed !== null).map(({ phaseId }) => phaseId));
  const { paused, soldOut, closedByStaff } = sale;
  return salePhase({ windows: windowsOf(sale), drawn, paused, soldOut, closedByStaff }, now);
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
