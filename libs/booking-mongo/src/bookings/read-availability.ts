// What is free of a performance, straight from the truth. Cheap enough once a second; the projection serves the rest.
import type { PerformanceId, SeatId } from '@onsale/domain';
import type { Mongo } from '../connect-mongo.ts';
import { native } from '../native.ts';
import { type CountDocument, claims, counts } from './booking-collections.ts';

export type StoredAvailability = {
  readonly version: number;
  readonly counts: readonly Pick<CountDocument, 'categoryId' | 'capacity' | 'free'>[];
  readonly taken: readonly SeatId[];
};

/** Counts first: the seats are then at least as new as the version says, never older. */
export async function readAvailability(mongo: Mongo, performanceId: PerformanceId): Promise<StoredAvailability> {
  const counted = await native(mongo, counts).find({ performanceId }).toArray();
  const claimed = await native(mongo, claims)
    .find({ performanceId }, { projection: { seatId: 1 } })
    .toArray();
  return {
    version: versionOf(counted),
    counts: counted.map(({ categoryId, capacity, free }) => ({ categoryId, capacity, free })),
    taken: claimed.map(({ seatId }) => seatId),
  };
}

/** The version of a performance's availability: rises with every change of its stock. */
export async function readAvailabilityVersion(mongo: Mongo, performanceId: PerformanceId): Promise<number> {
  return versionOf(
    await native(mongo, counts)
      .find({ performanceId }, { projection: { version: 1 } })
      .toArray(),
  );
}

function versionOf(counted: readonly Pick<CountDocument, 'version'>[]): number {
  return counted.reduce((sum, { version }) => sum + version, 0);
}
