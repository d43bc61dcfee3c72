// Bought: the tickets, each with its code for the door.
import type { BookingView, TicketView } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { calendarFile, saveFile } from '../events/calendar-file.ts';
import { t } from '../language/language.ts';
import { Heading, Loading, NotFoundPage, useTitle } from '../ui/page.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { seatWords } from './seat-words.ts';
import { MoneyWords } from './show-lines.tsx';
import { Ticket } from './ticket.tsx';
import { type Show, useShow } from './use-show.ts';
import '../styles/booking.css';

export function TicketsScreen({ booking, show }: { booking: BookingView; show: Show | null }) {
  useTitle(t('tickets.title', { count: booking.items.length }));
  const { asked, again } = useAnswer(booking.id, () => fanApi.listTickets(booking.id));
  const [left, setLeft] = useState(false);
  const tickets = asked.kind === 'ok' ? asked.body.tickets : [];
  // Tickets are written in the same moment as the confirmation; an answer that came before is asked for again.
  useEffect(() => {
    if (asked.kind === 'loading' || tickets.length > 0) return;
    const timer = setTimeout(again, 1_000);
    return () => clearTimeout(timer);
  }, [asked]);
  const leave = async () => {
    await fanApi.leaveShop(booking.saleId);
    setLeft(true);
  };
  return (
    <section class="tickets">
      <header>
        <Heading className="display">{t('tickets.title', { count: booking.items.length })}</Heading>
        <p class="lead">{t('tickets.text')}</p>
        <div class="actions">
          {show && (
            <button type="button" class="button" onClick={() => saveShow(booking, show)}>
              {t('tickets.calendar')}
            </button>
          )}
          <button type="button" class="button" onClick={() => print()}>
            {t('tickets.print')}
          </button>
        </div>
      </header>
      {booking.returned.length > 0 && (
        <div class="card card-quiet">
          <p>{t('tickets.returned', { count: booking.returned.length })}</p>
          <MoneyWords booking={booking} />
        </div>
      )}
      <ul class="ticket-list">
        {tickets.map((ticket) => (
          <li key={ticket.id}>
            <Ticket ticket={ticket} show={show} />
          </li>
        ))}
      </ul>
      <section class="card card-quiet">
        <p>{t(left ? 'tickets.left' : 'tickets.leaveText')}</p>
        {!left && (
          <button type="button" class="link" onClick={leave}>
            {t('tickets.leave')}
          </button>
        )}
      </section>
    </section>
  );
}

export function TicketPage({ ticketId }: { ticketId: string }) {
  useTitle(t('tickets.title', { count: 1 }));
  const { asked } = useAnswer(ticketId, () => fanApi.getTicket(ticketId));
  const ticket: TicketView | null = asked.kind === 'ok' ? asked.body : null;
  const show = useShow(ticket?.performanceId ?? null);
  if (asked.kind === 'loading') return <Loading />;
  if (ticket === null) return <NotFoundPage />;
  return (
    <section class="tickets">
      <Heading className="sr-only">{t('tickets.title', { count: 1 })}</Heading>
      <Ticket ticket={ticket} show={show} />
      <a class="link" href={`/bookings/${ticket.bookingId}`}>
        {t('tickets.all')}
      </a>
    </section>
  );
}

function saveShow(booking: BookingView, { event, performance }: Show): void {
  const text = calendarFile(
    {
      uid: `${booking.id}@${location.hostname}`,
      title: event?.title ?? performance.name,
      description: booking.items.map((item) => seatWords(performance, item)).join('; '),
      place: event ? `${event.venue.name}, ${event.venue.city}` : '',
      startsAt: performance.startsAt,
      minutes: 150,
      url: `${location.origin}/bookings/${booking.id}`,
    },
    Date.now(),
  );
  saveFile({ name: 'ticket.ics', type: 'text/calendar', text });
}
