// What is free, kept up to date: read by GET, then changed by live events, then read again now and then. An event is
// absolute for the seats it names, so one that comes twice or late by a version does no harm.
import type { AvailabilityEvent, AvailabilityView } from '@onsale/contracts';

export type Availability = {
  readonly version: number;
  readonly taken: ReadonlySet<string>;
  readonly free: ReadonlyMap<string, number>;
  /** Accessible and companion seats are sold like all others now. */
  readonly accessibleReleased: boolean;
};

export function availabilityOf(view: AvailabilityView): Availability {
  return {
    version: view.version,
    taken: new Set<string>(view.taken),
    free: new Map<string, number>(view.categories.map(({ categoryId, free }) => [categoryId, free])),
    accessibleReleased: view.accessibleReleased,
  };
}

/** Null when the event is older than what is known. `categoryOf` names the category of a seat. */
export function withEvent(
  known: Availability,
  event: AvailabilityEvent,
  categoryOf: (seatId: string) => string | null,
): Availability | null {
  if (event.version <= known.version) return null;
  const taken = new Set(known.taken);
  const free = new Map(known.free);
  const shift = (seatId: string, by: number) => {
    const category = categoryOf(seatId);
    if (category !== null) free.set(category, Math.max(0, (free.get(category) ?? 0) + by));
  };
  for (const seat of event.taken) {
    if (taken.has(seat)) continue;
    taken.add(seat);
    shift(seat, -1);
  }
  for (const seat of event.released) if (taken.delete(seat)) shift(seat, 1);
  for (const { categoryId, free: now } of event.free ?? []) free.set(categoryId, now);
  return { ...known, version: event.version, taken, free };
}

/** Whether changes before this event were missed: then the route must be asked. */
export function missedSome({ version }: Availability, { since }: AvailabilityEvent): boolean {
  return since !== undefined && since > version;
}
