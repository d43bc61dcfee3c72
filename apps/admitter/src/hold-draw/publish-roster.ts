// The second half of a freeze, beside the ticks: reading a million fans back, hashing and keeping them takes seconds, in
// which the leader must go on keeping its lease and telling the line. What is written only fills what was empty, so that
// a job that outlives its leadership harms nothing.
import { type DrawRecord, draws, keepRoster } from '@onsale/booking-mongo';
import { crowdedHash, crowdedText, drawRoot, fromHex, toHex } from '@onsale/domain';
import { hashRoster, readCrowded, readRoster, rootOfTwigs } from '@onsale/waiting-room-redis';
import type { LeaderDeps } from '../lead-sale/sale-leader.ts';

export type FrozenDraw = {
  readonly draw: DrawRecord;
  readonly firstIndex: number;
  readonly size: number;
  readonly frozenAt: Date;
};

export async function publishRoster({ mongo, line, events }: LeaderDeps, frozen: FrozenDraw): Promise<void> {
  const { draw, firstIndex, size, frozenAt } = frozen;
  const { _id, saleId, phaseId, salt } = draw;
  const covered = { saleId, firstIndex, size };
  const digests = await readRoster(line, covered);
  const text = crowdedText(await readCrowded(line, covered));
  const twigs = await hashRoster({ digests, firstIndex, salt });
  const rosterRoot = rootOfTwigs(twigs);
  const crowded = text === '[]' ? null : crowdedHash(text);
  const root = toHex(drawRoot({ firstIndex, size, rosterRoot: fromHex(rosterRoot), crowdedHash: crowded }));
  await keepRoster(mongo, { drawId: _id, root, parts: { digests, twigs, crowded: Buffer.from(text) } });
  const published = { firstIndex, size, root, rosterRoot, crowdedHash: crowded && toHex(crowded), frozenAt };
  await draws(mongo).updateOne({ _id, root: null }, { $set: published });
  events.drawFrozen(saleId, { phaseId, size });
}
