// What a fan would like, chosen while waiting: asked for in the moment of coming in. It stays in this tab; nothing of it is
// personal.
import type { BookingRequest, EventView, PerformanceView } from '@onsale/contracts';
import type { CategoryId } from '@onsale/domain';
import { fanApi } from '../api/fan-api.ts';
import { contactProblems, readContact } from '../booking/contact.ts';
import { forgetRequest, idempotencyKeyFor } from '../booking/idempotency.ts';
import { formatMoney, t } from '../language/language.ts';
import { emptyBasket, keepBasket } from '../shop/selection.ts';

export type Wish = {
  readonly performanceId: string;
  readonly quantity: number;
  /** Dearest first; at least one. */
  readonly categoryIds: readonly string[];
  /** How many of them need an accessible place. */
  readonly accessible: number;
};

export type Offered = EventView['performances'][number];
type Price = Offered['prices'][number];

const key = (saleId: string): string => `onsale.wish.${saleId}`;

/** The wish of this tab, as far as it can still be met by the event; null without one. */
export function keptWish(saleId: string, event: EventView | null): Wish | null {
  if (event === null) return null;
  try {
    const wish = JSON.parse(sessionStorage.getItem(key(saleId)) ?? 'null') as Wish | null;
    const offered = event.performances.find(({ id }) => id === wish?.performanceId);
    if (wish === null || offered === undefined) return null;
    const categoryIds = wish.categoryIds.filter((id) => offered.prices.some((price) => price.categoryId === id));
    return categoryIds.length === 0 ? null : { ...wish, categoryIds, accessible: wish.accessible ?? 0 };
  } catch {
    return null; // storage is off or holds something else
  }
}

export function keepWish(saleId: string, wish: Wish | null): void {
  try {
    if (wish === null) sessionStorage.removeItem(key(saleId));
    else sessionStorage.setItem(key(saleId), JSON.stringify(wish));
  } catch {
    // Storage is off: the wish lasts until the page is left.
  }
}

/** The prices of a performance within a budget per ticket (minor units; null for any), dearest first. */
export function pricesWithin(offered: Offered, budget: number | null): readonly Price[] {
  return offered.prices
    .filter(({ amount }) => budget === null || amount <= budget)
    .toSorted((a, b) => b.amount - a.amount);
}

/** A wish in words: 2 × Premium or Standard, Symphony evening. */
export function wishWords(wish: Wish, event: EventView | null): string {
  const offered = event?.performances.find(({ id }) => id === wish.performanceId);
  const names = (offered?.prices ?? []).filter(({ categoryId }) => wish.categoryIds.includes(categoryId));
  const prices = names.map((price) => `${price.name} ${formatMoney(price)}`).join(' / ');
  return t('wish.words', { count: wish.quantity, prices, performance: offered?.name ?? '' });
}

/**
 * Asks for the wish and returns the page to go to: the booking; or the shop with the choice laid out, when a name is
 * missing; or the open shop, when nothing that was wished for is left.
 */
export async function askForWish(saleId: string, wish: Wish): Promise<string> {
  const shop = `/sales/${saleId}/shop/${wish.performanceId}`;
  const [performance, availability] = await Promise.all([
    fanApi.getPerformance(wish.performanceId),
    fanApi.getAvailability(wish.performanceId),
  ]);
  if (performance.kind !== 'ok' || availability.kind !== 'ok') return shop;
  const free = new Map<string, number>(
    availability.body.categories.map(({ categoryId, free: count }) => [categoryId, count]),
  );
  const [categoryId] = wish.categoryIds.filter((id) => (free.get(id) ?? 0) >= wish.quantity);
  if (categoryId === undefined) return shop;
  keepBasket(wish.performanceId, { ...emptyBasket, quantity: wish.quantity, categoryId, accessible: wish.accessible });
  const contact = readContact();
  if (Object.keys(contactProblems(contact)).length > 0) return `${shop}?step=details`;
  const body = {
    items: itemsOfWish(performance.body, wish),
    contact: { name: contact.name.trim(), email: contact.email.trim() },
  };
  const answer = await fanApi.requestBooking(wish.performanceId, body, idempotencyKeyFor(body));
  if (answer.kind !== 'ok') return `${shop}?step=details`;
  forgetRequest();
  keepWish(saleId, null);
  return `/bookings/${answer.body.bookingId}`;
}

/** All prices of the wish: what is free in the moment of the decision only the shop knows. */
function itemsOfWish(
  { categories }: PerformanceView,
  { categoryIds, quantity, accessible }: Wish,
): BookingRequest['items'] {
  const isNumbered = categories.some(({ id, kind }) => categoryIds.includes(id) && kind === 'reserved');
  const item = { categoryIds: categoryIds as readonly CategoryId[] as CategoryId[], quantity };
  return [isNumbered ? { ...item, bestAvailable: true, ...(accessible > 0 && { accessible }) } : item];
}
