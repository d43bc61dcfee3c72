// One ticket as a thing: what, when, where, which place, and the code that verifies offline at the door.
import type { TicketView } from '@onsale/contracts';
import { dateParts, t } from '../language/language.ts';
import { QrCode } from './qr-code.tsx';
import { seatWords } from './seat-words.ts';
import type { Show } from './use-show.ts';

export function Ticket({ ticket, show }: { ticket: TicketView; show: Show | null }) {
  const { event, performance } = show ?? {};
  const date = performance && dateParts(performance.startsAt, event?.venue.timeZone ?? 'UTC');
  const category = performance?.categories.find(({ id }) => id === ticket.categoryId);
  const seat = seatWords(performance, ticket);
  return (
    <article class="ticket" aria-label={seat}>
      <div class="ticket-text">
        <p class="ticket-over">{event?.venue.name}</p>
        <h2>
          <bdi>{event?.title ?? performance?.name}</bdi>
        </h2>
        {date && (
          <p class="ticket-date">
            <b>{date.day}</b>
            <span>
              {date.month}
              <br />
              {date.rest}
            </span>
          </p>
        )}
        <dl class="ticket-place">
          <div>
            <dt>{t('tickets.place')}</dt>
            <dd>{seat}</dd>
          </div>
          {category && category.name !== ticket.label && (
            <div>
              <dt>{t('tickets.category')}</dt>
              <dd>{category.name}</dd>
            </div>
          )}
        </dl>
      </div>
      <div class="ticket-code">
        <QrCode text={ticket.qr} label={t('tickets.qr', { place: seat })} />
        <details>
          <summary>{t('tickets.payload')}</summary>
          <code>{ticket.qr}</code>
        </details>
      </div>
    </article>
  );
}
