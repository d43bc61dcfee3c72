// The line document of this tick: the same bytes for everybody who waits.
import type { StockOfSale } from '@onsale/booking-mongo';
import type { LineDocument } from '@onsale/contracts';
import { NO_GHOSTS } from '@onsale/domain';
import { callRate } from './call-rate.ts';
import type { Told } from './tell-everybody.ts';

const REFRESH = { share: 0.1, minSeconds: 2, maxSeconds: 60 };
const FEW = 0.05; // shares of all seats
const LIMITED = 0.25;

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
    ratePerMinute: callRate(memory.outflow, facts.now),
    ghosts: NO_GHOSTS,
    stock: stockBand(memory.stock?.value ?? null),
    notice: sale.notice,
    refresh: REFRESH,
    at: new Date(facts.now).toISOString(),
  };
}

function stockBand(stock: StockOfSale | null): LineDocument['stock'] {
  if (stock === null || stock.capacity === 0) return 'unknown';
  if (stock.free === 0) return 'none';
  const share = stock.free / stock.capacity;
  if (share < FEW) return 'few';
  return share < LIMITED ? 'limited' : 'plenty';
}
