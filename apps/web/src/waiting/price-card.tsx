// What it costs and what is nearly gone, for those who wait.

import { StockWord } from '../events/stock-word.tsx';
import { formatMoney, t } from '../language/language.ts';
import { ShareButton } from '../ui/share-button.tsx';
import type { ScreenProps } from './waiting-page.tsx';

export function PriceCard({ event, standing }: ScreenProps) {
  const performances = event?.performances.filter(({ id }) => standing.sale.performanceIds.includes(id)) ?? [];
  const stock = standing.line?.stock ?? 'unknown';
  const told = stock === 'limited' || stock === 'few' || stock === 'none' ? stock : null;
  if (event === null || performances.length === 0) return null;
  return (
    <section class="card">
      <h2>{t('prices.title')}</h2>
      {told && <p class="told-stock">{t(`stock.${told}`)}</p>}
      {performances.map(({ id, name, prices }) => (
        <div key={id}>
          <h3 class="price-of">
            <bdi>{name}</bdi>
          </h3>
          <ul class="ladder">
            {prices.map((price) => (
              <li key={price.categoryId}>
                <span>
                  <bdi>{price.name}</bdi> <StockWord stock={price.stock} />
                </span>
                <b>{formatMoney(price)}</b>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div class="about">
        <a href={`/events/${event.slug}`}>{t('waiting.aboutEvent')}</a>
        <ShareButton title={event.title} path={`/sales/${standing.sale.id}`} />
      </div>
    </section>
  );
}
