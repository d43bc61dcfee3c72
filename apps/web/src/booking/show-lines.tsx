// The words of a show and of a booking's places, as they stand on hold, payment and ticket pages.
import type { BookingView } from '@onsale/contracts';
import { formatDateTime, formatMoney, t } from '../language/language.ts';
import { moneyWords } from './money-words.ts';
import { seatWords } from './seat-words.ts';
import type { Show } from './use-show.ts';

export function ShowLines({ show }: { show: Show | null }) {
  if (show === null) return null;
  const { event, performance } = show;
  return (
    <p class="show-lines">
      <b>
        <bdi>{event?.title ?? performance.name}</bdi>
      </b>
      <span class="soft">
        {event && `${performance.name} · `}
        {formatDateTime(performance.startsAt, event?.venue.timeZone)}
      </span>
      {event && (
        <span class="soft">
          {event.venue.name}, {event.venue.city}
        </span>
      )}
    </p>
  );
}

export function BookingLines({ booking, show }: { booking: BookingView; show: Show | null }) {
  const categoryName = (id: string) => show?.performance.categories.find((category) => category.id === id)?.name ?? '';
  return (
    <ul class="summary-lines">
      {booking.items.map(({ label, categoryId, price, seatId }, i) => (
        <li key={seatId ?? i}>
          <span>
            {seatWords(show?.performance, { seatId, label })}{' '}
            <span class="soft">{label === categoryName(categoryId) ? '' : categoryName(categoryId)}</span>
          </span>
          <span>{formatMoney(price)}</span>
        </li>
      ))}
      {booking.total && (
        <li class="summary-total">
          <span>{t('basket.total')}</span>
          <b>{formatMoney(booking.total)}</b>
        </li>
      )}
    </ul>
  );
}

/** What became of the money, where there is something to say. */
export function MoneyWords({ booking }: { booking: BookingView }) {
  const words = moneyWords(booking);
  return words === null ? null : (
    <p class="money-words" role="status">
      {words}
    </p>
  );
}
