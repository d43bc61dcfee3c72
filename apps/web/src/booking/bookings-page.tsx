// My bookings: everything this browser's fan asked for, the newest first.
import type { BookingSummary } from '@onsale/contracts';
import { fanApi, fanPath } from '../api/fan-api.ts';
import { dateParts, formatMoney, t } from '../language/language.ts';
import '../styles/bookings.css';
import { Heading, Loading, UnreachablePage, useTitle } from '../ui/page.tsx';
import { useAnswer } from '../ui/use-answer.ts';

export function BookingsPage() {
  useTitle(t('bookings.title'));
  const { asked, again } = useAnswer(fanPath('listBookings'), fanApi.listBookings);
  if (asked.kind === 'loading') return <Loading />;
  if (asked.kind === 'unreachable') return <UnreachablePage retry={again} />;
  // A browser that never joined a line is no fan yet, and has no bookings.
  const bookings = asked.kind === 'ok' ? asked.body.bookings : [];
  return <BookingList bookings={bookings} />;
}

export function BookingList({ bookings }: { bookings: readonly BookingSummary[] }) {
  return (
    <section class="bookings">
      <Heading className="display">{t('bookings.title')}</Heading>
      {bookings.length === 0 && <NoBookings />}
      <ul class="booking-list">
        {bookings.map((booking) => (
          <li key={booking.id}>
            <BookingRow booking={booking} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NoBookings() {
  return (
    <>
      <p class="lead">{t('bookings.none')}</p>
      <div class="actions">
        <a class="button primary" href="/">
          {t('notFound.toEvents')}
        </a>
      </div>
    </>
  );
}

function BookingRow({ booking }: { booking: BookingSummary }) {
  const { day, month, rest } = dateParts(booking.startsAt, booking.venue.timeZone);
  return (
    <a class={`performance booking-row booking-${booking.state}`} href={`/bookings/${booking.id}`}>
      <p class="performance-date">
        <b>{day}</b>
        <span>{month}</span>
      </p>
      <div>
        <p class={`booking-state booking-state-${booking.state}`}>{t(`bookings.state_${booking.state}`)}</p>
        <h2>
          <bdi>{booking.title || booking.performanceName}</bdi>
        </h2>
        <p class="soft">
          <bdi>{booking.performanceName}</bdi> · {rest}
        </p>
        <p>
          {t('bookings.places', { count: booking.places })}
          {booking.total && ` · ${formatMoney(booking.total)}`}
        </p>
      </div>
    </a>
  );
}
