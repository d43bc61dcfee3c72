// The shop of a sale: which performance, then the choice of places in it.
import type { EventView, PassView, SaleView } from '@onsale/contracts';
import { fanApi } from '../api/fan-api.ts';
import { useTimeLeft } from '../clock/use-now.ts';
import { learnClock } from '../events/learn-clock.ts';
import { dateParts, formatClock, formatMoney, t } from '../language/language.ts';
import { Heading, Loading, NotFoundPage, UnreachablePage, useTitle } from '../ui/page.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { PerformanceShop } from './performance-shop.tsx';
import { usePass } from './use-pass.ts';
import '../styles/shop.css';
import '../styles/plan.css';
import '../styles/booking.css';

export function ShopPage({ saleId, performanceId }: { saleId: string; performanceId: string | null }) {
  const { asked: sale, again } = useAnswer(saleId, () => learnClock(fanApi.getSale(saleId), (body) => body));
  const { asked: events } = useAnswer('events', fanApi.listEvents);
  const pass = usePass(saleId);
  useTitle(t('shop.title'));
  if (sale.kind === 'problem') return <NotFoundPage />;
  if (sale.kind === 'unreachable') return <UnreachablePage retry={again} />;
  if (sale.kind === 'loading' || events.kind === 'loading' || pass === null) return <Loading />;
  const all = events.kind === 'ok' ? events.body.events : [];
  const event = all.find(({ id }) => id === sale.body.eventId) ?? null;
  const ids = sale.body.performanceIds;
  const chosen = performanceId ?? (ids.length === 1 ? (ids[0] ?? null) : null);
  return (
    <div class="shop">
      <PassBar pass={pass} event={event} />
      {chosen === null ? (
        <PerformanceChoice sale={sale.body} event={event} />
      ) : (
        <PerformanceShop key={chosen} sale={sale.body} event={event} performanceId={chosen} pass={pass} />
      )}
    </div>
  );
}

function PassBar({ pass, event }: { pass: PassView; event: EventView | null }) {
  const left = useTimeLeft(pass.expiresAt);
  return (
    <p class="pass-bar">
      <bdi>{event?.title}</bdi>
      {left !== null && (
        <span class="soft">{left > 0 ? t('shop.timeLeft', { clock: formatClock(left) }) : t('shop.timeOver')}</span>
      )}
    </p>
  );
}

function PerformanceChoice({ sale, event }: { sale: SaleView; event: EventView | null }) {
  const performances = (event?.performances ?? []).filter(({ id }) => sale.performanceIds.includes(id));
  return (
    <section class="performance-choice">
      <Heading>{t('shop.whichDate')}</Heading>
      <ul class="performance-links">
        {performances.map(({ id, name, startsAt, prices }) => {
          const { day, month, rest } = dateParts(startsAt, event?.venue.timeZone ?? 'UTC');
          const lowest = [...prices].sort((a, b) => a.amount - b.amount)[0];
          return (
            <li key={id}>
              <a class="performance" href={`/sales/${sale.id}/shop/${id}`}>
                <p class="performance-date">
                  <b>{day}</b>
                  <span>{month}</span>
                </p>
                <div>
                  <h2>
                    <bdi>{name}</bdi>
                  </h2>
                  <p class="soft">{rest}</p>
                  {lowest && <p class="price-from">{t('events.priceFrom', { price: formatMoney(lowest) })}</p>}
                </div>
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
