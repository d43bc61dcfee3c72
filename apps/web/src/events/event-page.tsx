// One event: what it is, when and where, what it costs, and when its sale opens.
import type { EventView, SaleView } from '@onsale/contracts';
import { useEffect } from 'preact/hooks';
import { fanApi, fanPath } from '../api/fan-api.ts';
import { serverNow } from '../clock/server-clock.ts';
import { dateParts, formatDateTime, formatMoney, t } from '../language/language.ts';
import { useTheme } from '../theme/use-theme.ts';
import { Heading, Loading, NotFoundPage, UnreachablePage, useTitle } from '../ui/page.tsx';
import { ShareButton } from '../ui/share-button.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { nextTurn, windowAt } from '../waiting/waiting-screen.ts';
import { learnClock } from './learn-clock.ts';
import { Poster } from './poster.tsx';
import { SaleStatus } from './sale-status.tsx';
import { StockWord } from './stock-word.tsx';

export function EventPage({ slug }: { slug: string }) {
  const { asked, again } = useAnswer(fanPath('getEvent', { slug }), () =>
    learnClock(fanApi.getEvent(slug), ({ sales }) => sales[0]),
  );
  const event = asked.kind === 'ok' ? asked.body : null;
  useTitle(event?.title ?? '');
  useTheme(event?.theme);
  useAgainAtTurn(event, again);
  if (asked.kind === 'loading') return <Loading />;
  if (asked.kind === 'problem') return <NotFoundPage />;
  if (event === null) return <UnreachablePage retry={again} />;
  return (
    <article class="event">
      <div class="event-hero">
        <Poster slug={event.slug} shape="banner" />
      </div>
      <header class="event-head">
        <Heading className="display">
          <bdi>{event.title}</bdi>
        </Heading>
        <p class="lead">
          {event.venue.name}, {event.venue.city}
        </p>
        <p class="prose" dir="auto">
          {event.description}
        </p>
      </header>
      <div class="event-sales">
        {event.sales.map((sale) => (
          <SalePanel key={sale.id} event={event} sale={sale} />
        ))}
      </div>
      <Performances event={event} />
    </article>
  );
}

// The page stands open while fans wait for the opening: when the timetable turns, it reads the event again.
function useAgainAtTurn(event: EventView | null, again: () => void): void {
  useEffect(() => {
    const turns = (event?.sales ?? []).map((sale) => nextTurn(sale, serverNow())).filter((turn) => turn !== null);
    if (turns.length === 0) return;
    const delayMs = Math.min(...turns) - serverNow() + 300 + Math.random() * 1_500;
    const timer = setTimeout(again, Math.min(delayMs, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [event]);
}

function SalePanel({ event, sale }: { event: EventView; sale: SaleView }) {
  const window = windowAt(sale, serverNow());
  const mayJoin = sale.phase === 'prequeue' || sale.phase === 'open' || sale.phase === 'paused';
  return (
    <section class="sale-panel" aria-labelledby={`sale-${sale.id}`}>
      <h2 id={`sale-${sale.id}`} class="sr-only">
        {sale.name}
      </h2>
      <SaleStatus sale={sale} timeZone={event.venue.timeZone} />
      {window && <Timetable window={window} timeZone={event.venue.timeZone} />}
      {mayJoin && <p class="soft">{t(sale.phase === 'prequeue' ? 'event.prequeueHow' : 'event.openHow')}</p>}
      <div class="actions">
        <a class={`button ${mayJoin ? 'primary' : ''}`} href={`/sales/${sale.id}`}>
          {t(mayJoin ? 'event.toWaitingRoom' : 'event.toSale')}
        </a>
        {sale.phase === 'scheduled' && (
          <a class="button" href={`/events/${event.slug}/${sale.id}.ics`} download>
            {t('event.saveDate')}
          </a>
        )}
        <ShareButton title={event.title} path={`/events/${event.slug}`} />
      </div>
      <p class="fine">{t('event.limits', { count: sale.limits.seatsPerFan })}</p>
    </section>
  );
}

function Timetable({ window, timeZone }: { window: SaleView['phases'][number]; timeZone: string }) {
  return (
    <dl class="timetable">
      <div>
        <dt>{t('event.prequeueOpens')}</dt>
        <dd>
          <time dateTime={window.prequeueOpensAt}>{formatDateTime(window.prequeueOpensAt, timeZone)}</time>
        </dd>
      </div>
      <div>
        <dt>{t('event.saleOpens')}</dt>
        <dd>
          <time dateTime={window.opensAt}>{formatDateTime(window.opensAt, timeZone)}</time>
        </dd>
      </div>
    </dl>
  );
}

function Performances({ event }: { event: EventView }) {
  return (
    <section class="performances" aria-labelledby="dates">
      <h2 id="dates">{t('event.dates')}</h2>
      <ul>
        {event.performances.map((performance) => {
          const { day, month, rest } = dateParts(performance.startsAt, event.venue.timeZone);
          return (
            <li key={performance.id} class="performance">
              <p class="performance-date">
                <b>{day}</b>
                <span>{month}</span>
              </p>
              <div>
                <h3>
                  <bdi>{performance.name}</bdi>
                </h3>
                <p class="soft">
                  <time dateTime={performance.startsAt}>{rest}</time>
                </p>
                <ul class="ladder">
                  {performance.prices.map(({ categoryId, name, amount, fee, currency, stock }) => (
                    <li key={categoryId}>
                      <span>
                        <bdi>{name}</bdi> <StockWord stock={stock} />
                      </span>
                      <span class="ladder-price">
                        <b>{formatMoney({ amount, currency })}</b>
                        {fee > 0 && (
                          <span class="fine">{t('event.fee', { fee: formatMoney({ amount: fee, currency }) })}</span>
                        )}
                      </span>
                    </li>
                  ))}
                </ul>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
