// What a fan has chosen but not yet asked for: single seats, or a number of places in a category. It stays in this tab
// across a reload; nothing of it is personal.
import type { BookingRequest } from '@onsale/contracts';
import type { CategoryId, Money, SeatId } from '@onsale/domain';
import type { Category, SeatMap } from './seat-map.ts';

export type Mode = 'quick' | 'plan' | 'list';
export type Basket = {
  readonly mode: Mode;
  readonly seatIds: readonly string[];
  readonly quantity: number;
  readonly categoryId: string | null;
  /** How many of the places are for people who need an accessible seat. */
  readonly accessible: number;
  /** Places without a seat beside the chosen seats, by category. */
  readonly places: Readonly<Record<string, number>>;
};

export const emptyBasket: Basket = {
  mode: 'quick',
  seatIds: [],
  quantity: 2,
  categoryId: null,
  accessible: 0,
  places: {},
};

export type Toggled =
  | { readonly kind: 'chosen' | 'dropped'; readonly seatIds: readonly string[] }
  | { readonly kind: 'full'; readonly limit: number };

/** Chooses a seat or lets it go. Never more than the limit of one booking. */
export function toggleSeat(seatIds: readonly string[], seatId: string, limit: number): Toggled {
  if (seatIds.includes(seatId)) return { kind: 'dropped', seatIds: seatIds.filter((id) => id !== seatId) };
  if (seatIds.length >= limit) return { kind: 'full', limit };
  return { kind: 'chosen', seatIds: [...seatIds, seatId] };
}

/** Splits what was chosen into what is still free and what somebody else took meanwhile. */
export function stillFree(
  seatIds: readonly string[],
  taken: ReadonlySet<string>,
): { readonly kept: readonly string[]; readonly lost: readonly string[] } {
  return { kept: seatIds.filter((id) => !taken.has(id)), lost: seatIds.filter((id) => taken.has(id)) };
}

/** The items of a booking request; null while nothing is chosen. */
export function itemsOf(basket: Basket, categories: readonly Category[]): BookingRequest['items'] | null {
  const accessible = basket.accessible > 0 ? { accessible: basket.accessible } : {};
  if (basket.mode !== 'quick') {
    const seats = basket.seatIds.length === 0 ? [] : [{ seatIds: [...basket.seatIds] as SeatId[], ...accessible }];
    const places = placesOf(basket, categories).map(({ category, quantity }) => ({
      categoryId: category.id as CategoryId,
      quantity,
    }));
    const items = [...seats, ...places];
    return items.length === 0 ? null : items;
  }
  const category = categories.find(({ id }) => id === basket.categoryId);
  if (category === undefined) return null;
  const item = { categoryId: category.id as CategoryId, quantity: basket.quantity };
  return [category.kind === 'reserved' ? { ...item, bestAvailable: true, ...accessible } : item];
}

/** What was chosen of the categories without seats, beside seats. */
function placesOf({ places }: Basket, categories: readonly Category[]) {
  return categories.flatMap((category) => {
    const quantity = places[category.id] ?? 0;
    return category.kind === 'general' && quantity > 0 ? [{ category, quantity }] : [];
  });
}

export type BasketLine = { readonly label: string; readonly price: Money };

/** The basket in words and prices, one line for each place. `seatLabel` words a seat. */
export function basketLines(
  basket: Basket,
  { categories, map, seatLabel }: { categories: readonly Category[]; map: SeatMap | null; seatLabel: SeatLabel },
): readonly BasketLine[] {
  const category = (id: string | null) => categories.find((known) => known.id === id);
  if (basket.mode === 'quick') {
    const chosen = category(basket.categoryId);
    return chosen === undefined ? [] : Array(basket.quantity).fill({ label: chosen.name, price: chosen.price });
  }
  const places = placesOf(basket, categories).flatMap(({ category: { name, price }, quantity }) =>
    Array<BasketLine>(quantity).fill({ label: name, price }),
  );
  const seats = basket.seatIds.flatMap((id) => {
    const seat = map?.seats[map.byId.get(id) ?? -1];
    const price = category(seat?.categoryId ?? null)?.price;
    return seat === undefined || price === undefined ? [] : [{ label: seatLabel(seat), price }];
  });
  return [...seats, ...places];
}

export type SeatLabel = (seat: { readonly section: string; readonly row: string; readonly label: string }) => string;

const key = (performanceId: string): string => `onsale.basket.${performanceId}`;

/** What this tab had chosen before a reload, or an empty basket. */
export function readBasket(performanceId: string): Basket {
  try {
    return { ...emptyBasket, ...(JSON.parse(sessionStorage.getItem(key(performanceId)) ?? '{}') as Partial<Basket>) };
  } catch {
    return emptyBasket; // storage is off or holds something else
  }
}

export function keepBasket(performanceId: string, basket: Basket): void {
  try {
    sessionStorage.setItem(key(performanceId), JSON.stringify(basket));
  } catch {
    // Storage is off: a reload loses the choice, nothing else.
  }
}
