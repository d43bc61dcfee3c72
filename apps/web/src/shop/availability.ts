// What is free to this fan, kept up to date: read by GET, then changed by live events, then read again now and then. An
// event is absolute for the seats it names, so one that comes twice or late by a version does no harm.
import type { AvailabilityEvent, AvailabilityView } from '@onsale/contracts';
import { type Own, ownOf, ownOfEvent, ownOfView } from './own-allocations.ts';

export type Availability = {
  readonly version: number;
  readonly taken: ReadonlySet<string>;
  readonly free: ReadonlyMap<string, number>;
  /** What of it is kept for this fan. */
  readonly own: Own;
  /** Accessible and companion seats are sold like all others now. */
  readonly accessibleReleased: boolean;
};

/** Who looks; `categoryOf` names the category of a seat. */
export type Looker = { readonly pass: string; readonly categoryOf: (seatId: string) => string | null };

export function availabilityOf(view: AvailabilityView, looker: Looker): Availability {
  const { seats, own } = ownOfView(view, looker);
  return {
    version: view.version,
    taken: new Set<string>(view.taken.filter((id) => !seats.has(id))),
    free: new Map<string, number>(
      view.categories.map(({ categoryId, free }) => [categoryId, free + ownOf(own, categoryId)]),
    ),
    own,
    accessibleReleased: view.accessibleReleased,
  };
}

/** Null when the event is older than what is known. */
export function withEvent(known: Availability, event: AvailabilityEvent, looker: Looker): Availability | null {
  if (event.version <= known.version) return null;
  const { seats: mine, own } = ownOfEvent(known.own, event, looker.pass);
  const taken = new Set(known.taken);
  const free = new Map(known.free);
  const shift = (seatId: string, by: number) => {
    const category = looker.categoryOf(seatId);
    if (category !== null) free.set(category, Math.max(0, (free.get(category) ?? 0) + by));
  };
  for (const seat of event.taken) {
    if (taken.has(seat) || mine.has(seat)) continue;
    taken.add(seat);
    shift(seat, -1);
  }
  for (const seat of [...event.released, ...mine]) if (taken.delete(seat)) shift(seat, 1);
  for (const { categoryId, free: now } of event.free ?? []) free.set(categoryId, now + ownOf(own, categoryId));
  return { ...known, version: event.version, taken, free, own };
}

/** Whether changes before this event were missed: then the route must be asked. */
export function missedSome({ version }: Availability, { since }: AvailabilityEvent): boolean {
  return since !== undefined && since > version;
}
