// The programme: every published event with its nearest date and what its sale is doing.
import type { EventView } from '@onsale/contracts';
import { fanApi, fanPath } from '../api/fan-api.ts';
import { dateParts, formatMoney, t } from '../language/language.ts';
import { Heading, Loading, UnreachablePage, useTitle } from '../ui/page.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { learnClock } from './learn-clock.ts';
import { Poster } from './poster.tsx';
import { SaleStatus } from './sale-status.tsx';

export function EventsPage() {
  useTitle('');
  const { asked, again } = useAnswer(fanPath('listEvents'), () =>
    learnClock(fanApi.listEvents(), ({ events }) => events[0]?.sales[0]),
  );
  if (asked.kind === 'loading') return <Loading />;
  if (asked.kind !== 'ok') return <UnreachablePage retry={again} />;
  const { events } = asked.body;
  return (
    <section class="programme">
      <Heading className="display">{t('events.title')}</Heading>
      <p class="lead">{t('events.lead')}</p>
      {events.length === 0 && <p>{t('events.none')}</p>}
      <ul class="programme-list">
        {events.map((event) => (
          <li key={event.id}>
            <EventCard event={event} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function EventCard({ event }: { event: EventView }) {
  const { venue } = event;
  const sale = event.sales[0];
  const prices = event.performances.flatMap((performance) => performance.prices);
  const lowest = [...prices].sort((a, b) => a.amount - b.amount)[0];
  return (
    <article class="event-card">
      <Poster slug={event.slug} shape="card" />
      <div class="event-card-text">
        {sale && <SaleStatus sale={sale} timeZone={venue.timeZone} />}
        <h2>
          <a href={`/events/${event.slug}`}>
            <bdi>{event.title}</bdi>
          </a>
        </h2>
        <p class="soft">
          <bdi>
            {venue.name}, {venue.city}
          </bdi>
        </p>
        <ul class="dates">
          {event.performances.slice(0, 4).map(({ id, startsAt }) => {
            const { day, month } = dateParts(startsAt, venue.timeZone);
            return (
              <li key={id}>
                <b>{day}</b> {month}
              </li>
            );
          })}
        </ul>
        {lowest && <p class="price-from">{t('events.priceFrom', { price: formatMoney(lowest) })}</p>}
      </div>
    </article>
  );
}
