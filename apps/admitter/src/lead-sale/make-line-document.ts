// The line document of this tick: the same bytes for everybody who waits.
import type { SaleRecord } from '@onsale/booking-mongo';
import type { LineDocument } from '@onsale/contracts';
import { callRate, packGhosts, type SalePhase, stockBand } from '@onsale/domain';
import type { Told } from './tell-everybody.ts';

const REFRESH = { share: 0.1, minSeconds: 2, maxSeconds: 1800 };
const PREQUEUE_FETCHES_PER_SECOND = 5_000; // of a whole pre-queue together
const PREQUEUE_MAX_SECONDS = 60;
const EXPECTED_SPREAD = 0.5; // before anything was measured

export function makeLineDocument({
  sale,
  facts,
  memory,
  phase,
  standing,
  seq,
}: Omit<Told, 'decision' | 'leadership'> & { readonly seq: number }): LineDocument {
  return {
    saleId: sale._id,
    seq,
    epoch: facts.epoch,
    phase,
    served: standing.served,
    joined: facts.joined,
    ratePerMinute: callRate(memory.outflow, facts.now) ?? expectedRate(sale, phase),
    ghosts: packGhosts(memory.presence.ghosts, {
      served: standing.served,
      last: facts.firstUndrawnIndex ?? facts.joined,
    }),
    stock: stockBand(memory.stock?.value ?? null),
    notice: sale.notice,
    refresh: refreshRule(phase, facts.joined),
    at: new Date(facts.now).toISOString(),
  };
}

/** Before the first calls were measured, what the operator set is the best guess. */
function expectedRate({ admission }: SaleRecord, phase: SalePhase): LineDocument['ratePerMinute'] {
  if (phase !== 'open' || admission.mode === 'manual' || admission.ratePerMinute === 0) return null;
  return { mean: admission.ratePerMinute, spread: EXPECTED_SPREAD };
}

/** In the pre-queue nobody has a wait to take a share of: there the period grows with the crowd. */
export function refreshRule(phase: SalePhase, joined: number): LineDocument['refresh'] {
  if (phase !== 'prequeue') return REFRESH;
  const seconds = Math.min(PREQUEUE_MAX_SECONDS, Math.max(REFRESH.minSeconds, joined / PREQUEUE_FETCHES_PER_SECOND));
  return { ...REFRESH, minSeconds: Math.ceil(seconds), maxSeconds: PREQUEUE_MAX_SECONDS };
}
