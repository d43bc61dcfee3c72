// The shop without scripts: how many, which price, for whom; we find the best seats together.
import type { AvailabilityView, EventView, PerformanceView, SaleView } from '@onsale/contracts';
import { dateParts, formatDateTime, formatMoney, t } from '../../language/language.ts';
import { CategoryMark } from '../../shop/category-mark.tsx';
import { Heading } from '../../ui/page.tsx';

type PlainShopProps = {
  readonly sale: SaleView;
  readonly event: EventView | null;
  readonly performance: PerformanceView;
  readonly availability: AvailabilityView | null;
  /** Bears the request: sent twice, it books once. */
  readonly requestKey: string;
  readonly problem: string | null;
};

export function PlainDates({ sale, event }: Pick<PlainShopProps, 'sale' | 'event'>) {
  const performances = (event?.performances ?? []).filter(({ id }) => sale.performanceIds.includes(id));
  return (
    <section class="performance-choice">
      <Heading>{t('shop.whichDate')}</Heading>
      <ul class="performance-links">
        {performances.map(({ id, name, startsAt }) => (
          <li key={id}>
            <a class="performance" href={`/sales/${sale.id}/shop/${id}`}>
              <p class="performance-date">
                <b>{dateParts(startsAt, event?.venue.timeZone ?? 'UTC').day}</b>
                <span>{dateParts(startsAt, event?.venue.timeZone ?? 'UTC').month}</span>
              </p>
              <h2>
                <bdi>{name}</bdi>
              </h2>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function PlainShop({ sale, event, performance, availability, requestKey, problem }: PlainShopProps) {
  const most = Math.min(sale.limits.seatsPerBooking, sale.limits.seatsPerFan);
  return (
    <form class="checkout" method="post" action={`/sales/${sale.id}/book`}>
      <Heading>
        <bdi>{performance.name}</bdi>
      </Heading>
      <p class="soft">{formatDateTime(performance.startsAt, event?.venue.timeZone)}</p>
      {problem !== null && (
        <p class="problem" role="alert">
          {t(problem === 'invalid_request' ? 'contact.email_malformed' : 'checkout.busy')}
        </p>
      )}
      <input type="hidden" name="performanceId" value={performance.id} />
      <input type="hidden" name="key" value={requestKey} />
      <label class="field">
        <span>{t('quick.howMany')}</span>
        <select name="quantity">
          {Array.from({ length: most }, (_, i) => i + 1).map((count) => (
            <option key={count} value={count} selected={count === Math.min(2, most)}>
              {count}
            </option>
          ))}
        </select>
      </label>
      <PlainPrices performance={performance} availability={availability} />
      <label class="field">
        <span>{t('contact.name')}</span>
        <input name="name" autocomplete="name" required maxLength={120} />
      </label>
      <label class="field">
        <span>{t('contact.email')}</span>
        <input name="email" type="email" autocomplete="email" required maxLength={254} />
      </label>
      <button type="submit" class="button primary big">
        {t('checkout.hold')}
      </button>
      <p class="fine">{t('checkout.how')}</p>
    </form>
  );
}

function PlainPrices({ performance, availability }: Pick<PlainShopProps, 'performance' | 'availability'>) {
  const { categories } = performance;
  const numbered = categories.some(({ kind }) => kind === 'reserved');
  const free = new Map<string, number>(availability?.categories.map((count) => [count.categoryId, count.free]));
  return (
    <fieldset class="quick-prices">
      <legend>{t(numbered ? 'quick.whichNumbered' : 'quick.whichGeneral')}</legend>
      {categories.map((category) => (
        <label key={category.id} class="price-option">
          <input
            type="radio"
            name="category"
            required
            value={`${category.kind}:${category.id}`}
            disabled={free.get(category.id) === 0}
          />
          <CategoryMark categories={categories} id={category.id} />
          <span class="price-option-name">
            <b>{category.name}</b>
            <span class="soft">{t('seats.free', { count: free.get(category.id) ?? 0 })}</span>
          </span>
          <span class="price-option-price">
            <b>{formatMoney(category.price)}</b>
          </span>
        </label>
      ))}
      {performance.plan?.sections.some(({ rows }) =>
        rows.some(({ seats }) => seats.some(({ kind }) => kind === 'accessible')),
      ) && (
        <label class="tick">
          <input type="checkbox" name="accessible" value="1" />
          <span>{t('access.need')}</span>
        </label>
      )}
    </fieldset>
  );
}
