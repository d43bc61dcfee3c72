// A block as staff sees it.
import type { BlockView } from '@onsale/contracts';
import type { BlockRecord, CategoryId } from '@onsale/domain';

export function blockView(block: BlockRecord): BlockView {
  const { id, label, audience, releaseAt, state, left, missing, requestedBy, decidedAt } = block;
  return {
    id,
    label,
    audience,
    releaseAt: releaseAt === null ? null : new Date(releaseAt).toISOString(),
    state,
    left: Object.entries<number>(left).map(([categoryId, quantity]) => ({
      categoryId: categoryId as CategoryId,
      quantity,
    })),
    missing: { seatIds: [...missing.seatIds], quantity: missing.quantity },
    requestedBy,
    decidedAt: new Date(decidedAt).toISOString(),
  };
}
