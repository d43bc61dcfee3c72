// One booking from the request to the tickets, at one address that survives a reload.
import type { BookingView } from '@onsale/contracts';
import { useEffect } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { t } from '../language/language.ts';
import { emptyBasket, keepBasket, readBasket } from '../shop/selection.ts';
import { Loading, MessagePage, NotFoundPage } from '../ui/page.tsx';
import { HoldScreen } from './hold-screen.tsx';
import { OfferScreen } from './offer-screen.tsx';
import { seatWords } from './seat-words.ts';
import { MoneyWords } from './show-lines.tsx';
import { TicketsScreen } from './tickets-screen.tsx';
import { useBooking } from './use-booking.ts';
import { type Show, useShow } from './use-show.ts';
import '../styles/booking.css';

export function BookingPage({ bookingId }: { bookingId: string }) {
  const { followed, again } = useBooking(bookingId);
  const booking = followed.kind === 'there' ? followed.booking : null;
  const show = useShow(booking?.performanceId ?? null);
  if (followed.kind === 'missing') return <NotFoundPage />;
  if (booking === null) return <Loading />;
  switch (booking.state) {
    case 'requested':
      return <MessagePage title={t('booking.asking')} text={t('booking.askingText')} />;
    case 'held':
      return booking.offered ? (
        <OfferScreen booking={booking} show={show} again={again} />
      ) : (
        <HoldScreen booking={booking} show={show} again={again} />
      );
    case 'confirmed':
      return <TicketsScreen booking={booking} show={show} />;
    case 'rejected':
      return <RejectedScreen booking={booking} show={show} />;
    case 'expired':
    case 'released':
    case 'cancelled':
    case 'refunded':
      return <EndedScreen booking={booking} state={booking.state} />;
  }
}

/** A refused request is answered with an offer: the seats the rules found instead, or the same number chosen by us. */
function RejectedScreen({ booking, show }: { booking: BookingView; show: Show | null }) {
  const shop = `/sales/${booking.saleId}/shop/${booking.performanceId}`;
  const mayTryAgain = booking.reason !== 'sale_closed' && booking.reason !== 'pass_invalid';
  const offerBest = () => {
    const { seatIds, quantity } = readBasket(booking.performanceId);
    keepBasket(booking.performanceId, { ...emptyBasket, quantity: seatIds.length || quantity });
  };
  const offered = booking.alternatives.map((seatId) => seatWords(show?.performance, { seatId, label: seatId }));
  const takeOffered = () =>
    keepBasket(booking.performanceId, { ...emptyBasket, mode: 'list', seatIds: booking.alternatives });
  return (
    <MessagePage title={t('rejected.title')} text={t(`rejected.${booking.reason ?? 'other'}`)}>
      {offered.length > 0 && (
        <div class="offer">
          <p>{t('rejected.alternatives')}</p>
          <ul>
            {offered.map((words) => (
              <li key={words}>
                <b>{words}</b>
              </li>
            ))}
          </ul>
          <a class="button primary" href={`${shop}?step=details`} onClick={takeOffered}>
            {t('rejected.take')}
          </a>
        </div>
      )}
      {mayTryAgain ? (
        <>
          <a class={`button ${offered.length > 0 ? '' : 'primary'}`} href={shop} onClick={offerBest}>
            {t('rejected.offer')}
          </a>
          <a class="button" href={shop}>
            {t('rejected.back')}
          </a>
        </>
      ) : (
        <a class="button primary" href={`/sales/${booking.saleId}`}>
          {t('rejected.toLine')}
        </a>
      )}
    </MessagePage>
  );
}

function EndedScreen({
  booking,
  state,
}: {
  booking: BookingView;
  state: 'expired' | 'released' | 'cancelled' | 'refunded';
}) {
  useEffect(() => keepBasket(booking.performanceId, emptyBasket), [booking.performanceId]);
  return (
    <MessagePage title={t(`ended.${state}`)} text={t(`ended.${state}Text`)}>
      <MoneyWords booking={booking} />
      <a class="button primary" href={`/sales/${booking.saleId}/shop/${booking.performanceId}`}>
        {t('ended.again')}
      </a>
      <button type="button" class="button" onClick={() => void fanApi.leaveShop(booking.saleId)}>
        {t('ended.leaveShop')}
      </button>
    </MessagePage>
  );
}
