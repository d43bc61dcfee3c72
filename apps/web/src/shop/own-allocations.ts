// Seats and places that are kept for fans who came by a code or a channel, shown as free to those whom they are for. The
// pass says how its fan came; the booking engine reads the same pass and has the last word.
import type { AvailabilityEvent, AvailabilityView } from '@onsale/contracts';

type Audience = AvailabilityView['allocations'][number]['audience'];
type Holder = { readonly codeSetId: string | null; readonly codeId: string | null; readonly channel: string };

/** How much of each category is kept for this fan, by audience: an event tells those that changed. */
export type Own = ReadonlyMap<string, ReadonlyMap<string, number>>;

const SHOP_CHANNEL = 'shop';

/** What the route says is kept for the holder of this pass. `categoryOf` names the category of a seat. */
export function ownOfView(
  { allocations }: Pick<AvailabilityView, 'allocations'>,
  { pass, categoryOf }: { readonly pass: string; readonly categoryOf: (seatId: string) => string | null },
): { readonly seats: ReadonlySet<string>; readonly own: Own } {
  const holder = holderOf(pass);
  const mine = allocations.filter(({ audience }) => isFor(audience, holder));
  const own = new Map<string, Map<string, number>>();
  for (const { audience, seatIds, places } of mine) {
    const left = own.get(keyOf(audience)) ?? new Map<string, number>();
    own.set(keyOf(audience), left);
    const add = (categoryId: string | null, count: number) => {
      if (categoryId !== null) left.set(categoryId, (left.get(categoryId) ?? 0) + count);
    };
    for (const seatId of seatIds) add(categoryOf(seatId), 1);
    for (const { categoryId, free } of places) add(categoryId, free);
  }
  return { seats: new Set<string>(mine.flatMap(({ seatIds }) => seatIds)), own };
}

/** The same after an event, and which of the seats that it calls taken are this fan's to take. */
export function ownOfEvent(
  known: Own,
  { allocated = [] }: Pick<AvailabilityEvent, 'allocated'>,
  pass: string,
): { readonly seats: ReadonlySet<string>; readonly own: Own } {
  const holder = holderOf(pass);
  const mine = allocated.filter(({ audience }) => isFor(audience, holder));
  const own = new Map(known);
  for (const { audience, free } of mine) {
    own.set(keyOf(audience), new Map<string, number>(free.map((one) => [one.categoryId, one.free])));
  }
  return { seats: new Set<string>(mine.flatMap(({ seatIds }) => seatIds)), own };
}

/** Of one category, over all of the fan's allocations. */
export function ownOf(own: Own, categoryId: string): number {
  let sum = 0;
  for (const left of own.values()) sum += left.get(categoryId) ?? 0;
  return sum;
}

function keyOf(audience: Audience): string {
  return Object.values(audience).sort().join(' ');
}

function isFor(audience: Audience, holder: Holder): boolean {
  switch (audience.kind) {
    case 'code_set':
      return audience.codeSetId === holder.codeSetId;
    case 'code':
      return audience.codeId === holder.codeId;
    case 'channel':
      return audience.channel === holder.channel;
    case 'phase':
      return false; // while the phase runs its seats are free for all
  }
}

/** A pass is a JWT; what it says of its holder needs no key to be read. */
function holderOf(pass: string): Holder {
  try {
    const body = (pass.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const { code, channel } = JSON.parse(atob(body)) as {
      code?: { codeSetId: string; codeId: string };
      channel?: string;
    };
    return { codeSetId: code?.codeSetId ?? null, codeId: code?.codeId ?? null, channel: channel ?? SHOP_CHANNEL };
  } catch {
    return { codeSetId: null, codeId: null, channel: SHOP_CHANNEL };
  }
}
