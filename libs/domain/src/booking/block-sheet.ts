// The kept-back stock of a batch's working sheet.
import type { BlockId, CategoryId, PerformanceId } from '../ids.ts';
import { type BlockRecord, type Buyer, isOpenTo } from './block-record.ts';
import type { BookingWorld } from './booking-world.ts';

export type BlockChange = { readonly before: BlockRecord | null; readonly after: BlockRecord };

export type BlockSheet = ReturnType<typeof openBlockSheet>;

export function openBlockSheet(world: BookingWorld) {
  const noted = new Map<BlockId, BlockRecord>();
  const blockOf = (performanceId: PerformanceId, id: BlockId): BlockRecord | null =>
    noted.get(id) ?? world.blocks.get(performanceId)?.get(id) ?? null;

  return {
    block: blockOf,
    put: (block: BlockRecord): void => void noted.set(block.id, block),
    /** The active block an item goes back to; null when it is over. */
    home(performanceId: PerformanceId, id: BlockId | undefined): BlockRecord | null {
      const block = id === undefined ? null : blockOf(performanceId, id);
      return block?.state === 'active' ? block : null;
    },
    /** Blocks of the performance that the buyer may take from, the oldest first. */
    openTo(performanceId: PerformanceId, buyer: Buyer): readonly BlockRecord[] {
      const open: BlockRecord[] = [];
      const known = world.blocks.get(performanceId);
      for (const block of known?.values() ?? []) {
        const now = noted.get(block.id) ?? block;
        if (isOpenTo(now, buyer)) open.push(now);
      }
      for (const block of noted.values()) {
        if (block.performanceId === performanceId && !known?.has(block.id) && isOpenTo(block, buyer)) open.push(block);
      }
      return open;
    },
    /** What blocks with an audience keep: it is neither free nor sold. */
    allocated(performanceId: PerformanceId): number {
      let sum = 0;
      for (const id of new Set([...(world.blocks.get(performanceId)?.keys() ?? []), ...noted.keys()])) {
        const block = blockOf(performanceId, id);
        if (block?.performanceId === performanceId && block.state === 'active' && block.audience !== null) {
          sum += Object.values<number>(block.left).reduce((all, count) => all + count, 0);
        }
      }
      return sum;
    },
    moveLeft(block: BlockRecord, categoryId: CategoryId, by: number): void {
      const now = blockOf(block.performanceId, block.id) ?? block;
      noted.set(block.id, { ...now, left: { ...now.left, [categoryId]: (now.left[categoryId] ?? 0) + by } });
    },
    changes: (): BlockChange[] =>
      [...noted.values()].flatMap((after) => {
        const before = world.blocks.get(after.performanceId)?.get(after.id) ?? null;
        return before === after ? [] : [{ before, after }];
      }),
  };
}
