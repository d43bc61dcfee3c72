// What anybody needs to recompute the draws of a sale. A secret is shown only after its roster was frozen.
import type { DrawRecord } from '@onsale/booking-mongo';
import type { FairnessView } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { ProblemError } from '@onsale/runtime';
import type { KnownSales } from '../sales/known-sales.ts';
import { orUnavailable } from '../unavailable.ts';
import type { KnownPromises } from './known-promises.ts';
import type { RosterTrees } from './roster-trees.ts';

export type FairnessDeps = {
  readonly sales: KnownSales;
  readonly trees: RosterTrees;
  readonly promises: KnownPromises;
};
export type FairnessQuestion = {
  readonly saleId: SaleId;
  /** Whose proof is asked for; null for none. */
  readonly index: number | null;
};

export async function getFairness(deps: FairnessDeps, { saleId, index }: FairnessQuestion): Promise<FairnessView> {
  const known = await orUnavailable(deps.sales.find(saleId));
  if (known === null) throw new ProblemError('not_found');
  const inclusion = index === null ? null : await inclusionOf(deps, { draws: known.draws, index });
  const promises = await orUnavailable(deps.promises.of(saleId));
  return { saleId, draws: known.draws.map(drawView), promises, inclusion };
}

/** Null for an index that took part in no frozen draw: it came later, or its draw is still to be held. */
async function inclusionOf(
  { trees }: FairnessDeps,
  { draws, index }: { readonly draws: readonly DrawRecord[]; readonly index: number },
): Promise<FairnessView['inclusion']> {
  for (const draw of draws) {
    const { firstIndex, size, root, phaseId } = draw;
    if (firstIndex === null || size === null || root === null) continue;
    const leaf = index - firstIndex;
    if (leaf < 0 || leaf >= size) continue;
    const tree = await orUnavailable(trees.of(draw));
    return tree && { index, phaseId, identityDigest: tree.digestOf(leaf), proof: [...tree.proofOf(leaf)] };
  }
  return null;
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
