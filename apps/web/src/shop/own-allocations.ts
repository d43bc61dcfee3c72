// Seats and places that are kept for fans who came by a code or a channel, shown as free to those whom they are for. The
// pass says how its fan came; the booking engine reads the same pass and has the last word.
import type { AvailabilityView } from '@onsale/contracts';

type Holder = { readonly codeSetId: string | null; readonly codeId: string | null; readonly channel: string };

const SHOP_CHANNEL = 'shop';

/** The availability with what is kept for the holder of this pass. */
export function withOwnAllocations(view: AvailabilityView, pass: string): AvailabilityView {
  const holder = holderOf(pass);
  const mine = view.allocations.filter(({ audience }) => isFor(audience, holder));
  if (mine.length === 0) return view;
  const seats = new Set<string>(mine.flatMap(({ seatIds }) => seatIds));
  const places = (categoryId: string) =>
    mine
      .flatMap((one) => one.places)
      .reduce((sum, place) => sum + (place.categoryId === categoryId ? place.free : 0), 0);
  return {
    ...view,
    taken: view.taken.filter((id) => !seats.has(id)),
    categories: view.categories.map((category) => ({
      ...category,
      free: category.free + places(category.categoryId),
    })),
  };
}

function isFor(audience: AvailabilityView['allocations'][number]['audience'], holder: Holder): boolean {
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
