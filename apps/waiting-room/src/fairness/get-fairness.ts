// What anybody needs to recompute the draws of a sale. A secret is shown only after its roster was frozen.
import { type DrawRecord, findCrowded, type Mongo } from '@onsale/booking-mongo';
import type { CrowdedView, FairnessView } from '@onsale/contracts';
import { CROWDED_RULE, type PhaseId, type SaleId } from '@onsale/domain';
import { ProblemError } from '@onsale/runtime';
import type { KnownSales } from '../sales/known-sales.ts';
import { orUnavailable } from '../unavailable.ts';
import type { KnownPromises } from './known-promises.ts';
import type { RosterTrees } from './roster-trees.ts';

export type FairnessDeps = {
  readonly sales: KnownSales;
  readonly trees: RosterTrees;
  readonly promises: KnownPromises;
  readonly mongo: Mongo;
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
    const found = await orUnavailable(trees.proofOf(draw, leaf));
    return found && { index, phaseId, identityDigest: found.identityDigest, proof: [...found.proof] };
  }
  return null;
}

function drawView(draw: DrawRecord): FairnessView['draws'][number] {
  const { phaseId, rule, commitment, publicValueSource, publicValueWaitSeconds, publicValue } = draw;
  const { firstIndex, size, root, rosterRoot, crowdedHash, seed } = draw;
  return {
    phaseId,
    rule,
    crowdedRule: CROWDED_RULE,
    commitment,
    publicValueSource,
    publicValueWaitSeconds,
    publicValue,
    firstIndex,
    size,
    root,
    rosterRoot,
    crowdedHash,
    secret: seed === null ? null : draw.secret,
    seed,
    frozenAt: draw.frozenAt?.toISOString() ?? null,
    revealedAt: draw.revealedAt?.toISOString() ?? null,
  };
}

export type CrowdedQuestion = { readonly saleId: SaleId; readonly phaseId: PhaseId };

/** Who came in a storm, by groups: with them anybody gets every number again. */
export async function getCrowded(
  { sales, mongo }: FairnessDeps,
  { saleId, phaseId }: CrowdedQuestion,
): Promise<CrowdedView> {
  const known = await orUnavailable(sales.find(saleId));
  const draw = known?.draws.find((one) => one.phaseId === phaseId);
  if (draw === undefined) throw new ProblemError('not_found');
  const groups = await orUnavailable(findCrowded(mongo, draw));
  return { saleId, phaseId, groups: groups.map((group) => [...group]) };
}
