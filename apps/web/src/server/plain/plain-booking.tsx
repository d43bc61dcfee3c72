// A booking without scripts, from the request to the tickets: each state with what can be done in it.
import type { BookingView, TicketView } from '@onsale/contracts';
import { BookingLines, ShowLines } from '../../booking/show-lines.tsx';
import { Ticket } from '../../booking/ticket.tsx';
import type { Show } from '../../booking/use-show.ts';
import { formatMoney, formatTime, t } from '../../language/language.ts';
import { Heading, MessagePage } from '../../ui/page.tsx';

type Props = {
  readonly booking: BookingView;
  readonly show: Show | null;
  readonly tickets: readonly TicketView[];
  /** Of the form that led here. */
  readonly problem: string | null;
};

/** Whether a payment was begun that one makes on another site. */
export const paysElsewhere = ({ state, payment }: BookingView): boolean =>
  state === 'held' && payment?.state === 'pending' && payment.provider !== 'sandbox';

export function PlainBooking({ booking, show, tickets, problem }: Props) {
  const { state, reason } = booking;
  if (state === 'requested') return <MessagePage title={t('booking.asking')} text={t('booking.askingText')} />;
  if (state === 'held') return <PlainHold booking={booking} show={show} problem={problem} />;
  if (state === 'confirmed') return <PlainTickets show={show} tickets={tickets} />;
  const again = (
    <a class="button primary" href={`/sales/${booking.saleId}/shop/${booking.performanceId}`}>
      {t('ended.again')}
    </a>
  );
  if (state === 'rejected') {
    return (
      <MessagePage title={t('rejected.title')} text={t(`rejected.${reason ?? 'other'}`)}>
        {again}
      </MessagePage>
    );
  }
  return (
    <MessagePage title={t(`ended.${state}`)} text={t(`ended.${state}Text`)}>
      {again}
    </MessagePage>
  );
}

/** A link, not a form: the browser lets it lead away, and the fan sees whereto. */
export function PlainPayElsewhere({ booking, url }: { booking: BookingView; url: string }) {
  const { host } = new URL(url);
  const { total } = booking;
  return (
    <section class="pay">
      <Heading>{total ? t('pay.amount', { price: formatMoney(total) }) : t('pay.title')}</Heading>
      <p class="lead">{t('pay.elsewhere', { host })}</p>
      <p>{t('pay.elsewhereText')}</p>
      <p class="actions">
        <a class="button primary big" href={url} rel="noreferrer">
          {t('pay.go', { host })}
        </a>
      </p>
      <a class="link" href={`/bookings/${booking.id}`}>
        {t('pay.back')}
      </a>
    </section>
  );
}

function PlainHold({ booking, show, problem }: Omit<Props, 'tickets'>) {
  const { id, payment, holdExpiresAt, total, mayExtend } = booking;
  const zone = show?.event?.venue.timeZone;
  return (
    <section class="hold">
      <Heading>{t('hold.title')}</Heading>
      {holdExpiresAt && (
        <p class="hold-clock">
          <span>{t('hold.until', { time: formatTime(holdExpiresAt, zone) })}</span>
        </p>
      )}
      {payment?.state === 'failed' && (
        <p class="problem" role="alert">
          {t('hold.paymentFailed')}
        </p>
      )}
      {problem === 'payment_provider_away' && (
        <p class="problem" role="alert">
          {t('pay.away')}
        </p>
      )}
      <div class="summary">
        <ShowLines show={show} />
        <BookingLines booking={booking} show={show} />
      </div>
      {payment?.state === 'pending' && payment.provider === 'sandbox' ? (
        <SandboxForms bookingId={id} paymentId={payment.paymentId} />
      ) : (
        <PlainButton
          action={`/bookings/${id}/pay`}
          look="primary big"
          label={total ? t('hold.pay', { price: formatMoney(total) }) : t('hold.payPlain')}
        />
      )}
      {mayExtend && <PlainButton action={`/bookings/${id}/more-time`} look="" label={t('hold.more')} />}
      <PlainButton action={`/bookings/${id}/release`} look="" label={t('hold.release')} />
      <p class="fine">{t('hold.safe')}</p>
    </section>
  );
}

function SandboxForms({ bookingId, paymentId }: { bookingId: string; paymentId: string }) {
  return (
    <form class="pay-choice" method="post" action={`/bookings/${bookingId}/sandbox`}>
      <p class="pay-test">{t('pay.test')}</p>
      <input type="hidden" name="paymentId" value={paymentId} />
      <div class="actions">
        <button type="submit" class="button primary" name="outcome" value="succeed">
          {t('pay.succeed')}
        </button>
        <button type="submit" class="button" name="outcome" value="fail">
          {t('pay.fail')}
        </button>
      </div>
    </form>
  );
}

function PlainButton({ action, look, label }: { action: string; look: string; label: string }) {
  return (
    <form method="post" action={action}>
      <button type="submit" class={`button ${look}`}>
        {label}
      </button>
    </form>
  );
}

function PlainTickets({ show, tickets }: Pick<Props, 'show' | 'tickets'>) {
  return (
    <section class="tickets">
      <Heading className="display">{t('tickets.title', { count: tickets.length })}</Heading>
      <p class="lead">{t('tickets.text')}</p>
      <ul class="ticket-list">
        {tickets.map((ticket) => (
          <li key={ticket.id}>
            <Ticket ticket={ticket} show={show} />
          </li>
        ))}
      </ul>
    </section>
  );
}
