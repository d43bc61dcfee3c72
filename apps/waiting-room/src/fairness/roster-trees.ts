// The trees of the draws asked about lately. One is built at a time for all who ask, from the roster in the database.
import { type DrawRecord, findRoster, type Mongo } from '@onsale/booking-mongo';
import { type RosterTree, rosterTree } from './roster-tree.ts';

export type RosterTrees = {
  /** Null when the kept roster does not lead to the published root. */
  of(draw: DrawRecord): Promise<RosterTree | null>;
};

const KEPT_MAX = 3; // 64 MB each at a million fans

export function rosterTrees(mongo: Mongo): RosterTrees {
  const trees = new Map<string, Promise<RosterTree | null>>();
  const build = async ({ _id, firstIndex, root, salt }: DrawRecord): Promise<RosterTree | null> => {
    const roster = await findRoster(mongo, _id);
    const tree = await rosterTree({ roster, firstIndex: firstIndex ?? 0, salt });
    return tree.root === root ? tree : null;
  };
  return {
    of: (draw) => {
      const known = trees.get(draw._id);
      if (known !== undefined) return known;
      const building = build(draw);
      trees.set(draw._id, building);
      building.catch(() => trees.delete(draw._id));
      for (const oldest of trees.keys()) {
        if (trees.size <= KEPT_MAX) break;
        trees.delete(oldest);
      }
      return building;
    },
  };
}
