// What anybody needs to recompute the draws of a sale. A secret is shown only after its roster was frozen.
import type { DrawRecord } from '@onsale/booking-mongo';
import type { FairnessView } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { ProblemError } from '@onsale/runtime';
import type { KnownSales } from '../sales/known-sales.ts';
import { orUnavailable } from '../unavailable.ts';

export async function getFairness({ sales }: { readonly sales: KnownSales }, saleId: SaleId): Promise<FairnessView> {
  const known = await orUnavailable(sales.find(saleId));
  if (known === null) throw new ProblemError('not_found');
  return { saleId, draws: known.draws.map(drawView), inclusion: null };
}

function drawView(draw: DrawRecord): FairnessView['draws'][number] {
  const { phaseId, rule, commitment, publicValueSource, publicValue, firstIndex, size, root, seed } = draw;
  return {
    phaseId,
    rule,
    commitment,
    publicValueSource,
    publicValue,
    firstIndex,
    size,
    root,
    secret: seed === null ? null : draw.secret,
    seed,
    frozenAt: draw.frozenAt?.toISOString() ?? null,
    revealedAt: draw.revealedAt?.toISOString() ?? null,
  };
}
