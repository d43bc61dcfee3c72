// The line document of this tick: the same bytes for everybody who waits.
import type { SaleRecord } from '@onsale/booking-mongo';
import { fitLineDocument, type LineDocument } from '@onsale/contracts';
import { packGhosts, refreshRule, type SalePhase, secondsToSellOut, stockBand } from '@onsale/domain';
import { seatsPerCalledFan } from './decide-admission.ts';
import { measuredRate } from './sale-memory.ts';
import type { Told } from './tell-everybody.ts';
import { waitingFans } from './watch-presence.ts';

const EXPECTED_SPREAD = 0.5; // before anything was measured
const EXPECTED_PER_FAN = 1.5;

export function makeLineDocument(told: Omit<Told, 'decision' | 'leadership'> & { readonly seq: number }): LineDocument {
  const { sale, facts, memory, phase, standing, seq } = told;
  const seats = seatsOf(told);
  return fitLineDocument({
    saleId: sale._id,
    seq,
    epoch: facts.epoch,
    phase,
    served: standing.served,
    joined: facts.joined,
    ...(memory.presence.back > 0 && { back: memory.presence.back }),
    ratePerMinute: measuredRate(memory, facts.now) ?? expectedRate(sale, phase),
    ghosts: packGhosts(memory.presence.ghosts, { served: standing.served, last: facts.joined }),
    stock: stockBand(memory.stock?.value ?? null),
    ...(seats && { seats }),
    notice: sale.notice,
    refresh: refreshRule({
      phase,
      joined: facts.joined,
      waiting: waitingFans(facts, memory.presence),
      secondsToSellOut: sellOutIn(told, seats),
    }),
    at: `${new Date(facts.now).toISOString().slice(0, 19)}Z`,
  });
}

type Seen = Pick<Told, 'sale' | 'facts' | 'memory' | 'standing'>;

function seatsOf({ facts, memory, standing }: Seen): LineDocument['seats'] {
  if (memory.stock === null || memory.stock.value.capacity === 0) return undefined;
  const { free, openHolds } = memory.stock.value;
  const perFan = seatsPerCalledFan({ facts, memory });
  // Those inside who hold seats have chosen; the holds belong mostly to fans who came in lately.
  const stillChoosing = Math.max(0, facts.choosing - Math.ceil(openHolds / Math.max(1, perFan ?? EXPECTED_PER_FAN)));
  return [free, openHolds, standing.called + stillChoosing, perFan === null ? null : Math.round(perFan * 100) / 100];
}

function sellOutIn({ sale, facts, memory }: Seen, seats: LineDocument['seats']): number | null {
  if (memory.stock === null || memory.stock.value.capacity === 0) return null;
  return secondsToSellOut({
    free: memory.stock.value.free,
    flow: memory.stockFlow,
    now: facts.now,
    ratePerMinute: sale.admission.mode === 'manual' ? 0 : sale.admission.ratePerMinute,
    perFan: seatsPerCalledFan({ facts, memory }) ?? EXPECTED_PER_FAN,
    seeking: seats?.[2] ?? 0,
  });
}

/** Before the first calls were measured, what the operator set is the best guess. */
function expectedRate({ admission }: SaleRecord, phase: SalePhase): LineDocument['ratePerMinute'] {
  if (phase !== 'open' || admission.mode === 'manual' || admission.ratePerMinute === 0) return null;
  return { mean: admission.ratePerMinute, spread: EXPECTED_SPREAD };
}
