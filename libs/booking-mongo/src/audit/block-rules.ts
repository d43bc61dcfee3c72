// Kept-back stock, looked at from both sides: what a block says is left of it, and what is claimed and counted for it.
import type { Books, RawBlock } from './books.ts';

const active = ({ blocks }: Books): readonly RawBlock[] => blocks.filter(({ state }) => state === 'active');

/** What is left of a block are its claims; a block that is over has none; nothing is below zero. */
export function blocksUnlikeClaims(books: Books): string[] {
  const categories = categoryOfSeats(books);
  const reserved = new Set(
    books.performances.flatMap(({ _id, categories: all }) =>
      all.flatMap(({ id, kind }) => (kind === 'reserved' ? [`${_id} ${id}`] : [])),
    ),
  );
  const claimed = new Map<string, number>();
  for (const { blockId, performanceId, seatId } of books.claims) {
    if (blockId === undefined) continue;
    const key = `${blockId} ${performanceId} ${categories.get(`${performanceId} ${seatId}`)}`;
    claimed.set(key, (claimed.get(key) ?? 0) + 1);
  }
  const faults = active(books).flatMap(({ _id, performanceId, left }) =>
    left.flatMap(({ categoryId, quantity }) => {
      const key = `${_id} ${performanceId} ${categoryId}`;
      const claims = claimed.get(key) ?? 0;
      claimed.delete(key);
      if (quantity < 0) return [`block ${_id}: ${quantity} left of ${categoryId}`];
      if (!reserved.has(`${performanceId} ${categoryId}`) || claims === quantity) return [];
      return [`block ${_id}: ${quantity} left of ${categoryId}, but ${claims} claims`];
    }),
  );
  return [
    ...faults,
    ...[...claimed].map(([key, claims]) => `${claims} claims of block ${key}, which is over or other`),
  ];
}

/** What active blocks keep of each category, by the key of its count. */
export function blockedByCategory(books: Books): ReadonlyMap<string, number> {
  const blocked = new Map<string, number>();
  for (const { performanceId, left } of active(books)) {
    for (const { categoryId, quantity } of left) {
      const key = `${performanceId}:${categoryId}`;
      blocked.set(key, (blocked.get(key) ?? 0) + quantity);
    }
  }
  return blocked;
}

function categoryOfSeats({ performances, seatingPlans }: Books): ReadonlyMap<string, string> {
  const plans = new Map(seatingPlans.map((plan) => [plan._id, plan]));
  return new Map(
    performances.flatMap(({ _id, planId }) =>
      (plans.get(planId ?? '')?.sections ?? []).flatMap(({ rows }) =>
        rows.flatMap(({ seats }) => seats.map(({ id, categoryId }) => [`${_id} ${id}`, categoryId] as const)),
      ),
    ),
  );
}
