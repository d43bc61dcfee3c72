// What a new version of a hall does to the seats of the one before, seat by seat.
import type { HallPlan, HallSeat } from './plan-of-file.ts';

export type PlanChanges = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly moved: readonly string[];
  readonly recategorised: readonly string[];
};

export function planChanges(before: Pick<HallPlan, 'sections'>, after: Pick<HallPlan, 'sections'>): PlanChanges {
  const [old, now] = [seatsById(before), seatsById(after)];
  const kept = [...now].flatMap(([id, seat]) => {
    const was = old.get(id);
    return was === undefined ? [] : [{ id, seat, was }];
  });
  return {
    added: [...now.keys()].filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !now.has(id)),
    moved: kept.filter(({ seat, was }) => seat.x !== was.x || seat.y !== was.y).map(({ id }) => id),
    recategorised: kept.filter(({ seat, was }) => seat.categoryId !== was.categoryId).map(({ id }) => id),
  };
}

function seatsById({ sections }: Pick<HallPlan, 'sections'>): ReadonlyMap<string, HallSeat> {
  return new Map(sections.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats.map((seat) => [seat.id, seat]))));
}
