// The groups of crowded blocks that a draw's root is bound to.
import type { CrowdedGroups } from '@onsale/domain';
import type { Mongo } from '../connect-mongo.ts';
import type { DrawRecord } from './draws.ts';
import { findRosterPart } from './rosters.ts';

/** Empty when nobody came in a storm. Throws when they should be kept and are not. */
export async function findCrowded(
  mongo: Mongo,
  { _id, root, crowdedHash }: Pick<DrawRecord, '_id' | 'root' | 'crowdedHash'>,
): Promise<CrowdedGroups> {
  if (crowdedHash === null || root === null) return [];
  const text = (await findRosterPart(mongo, { drawId: _id, root }, 'crowded')).toString();
  return JSON.parse(text) as CrowdedGroups;
}
