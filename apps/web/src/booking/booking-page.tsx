// One booking from the request to the tickets, at one address that survives a reload.
import type { BookingView } from '@onsale/contracts';
import { useEffect } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { t } from '../language/language.ts';
import { emptyBasket, keepBasket, readBasket } from '../shop/selection.ts';
import { Loading, MessagePage, NotFoundPage } from '../ui/page.tsx';
import { HoldScreen } from './hold-screen.tsx';
import { TicketsScreen } from './tickets-screen.tsx';
import { useBooking } from './use-booking.ts';
import { useShow } from './use-show.ts';

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
      return <HoldScreen booking={booking} show={show} again={again} />;
    case 'confirmed':
      return <TicketsScreen booking={booking} show={show} />;
    case 'rejected':
      return <RejectedScreen booking={booking} />;
    case 'expired':
    case 'released':
    case 'cancelled':
    case 'refunded':
      return <EndedScreen booking={booking} state={booking.state} />;
  }
}

/** A refused request is answered with an offer: the same number of places, chosen by us. */
function RejectedScreen({ booking }: { booking: BookingView }) {
  const shop = `/sales/${booking.saleId}/shop/${booking.performanceId}`;
  const mayTryAgain = booking.reason !== 'sale_closed' && booking.reason !== 'pass_invalid';
  const offerBest = () => {
    const { seatIds, quantity } = readBasket(booking.performanceId);
    keepBasket(booking.performanceId, { ...emptyBasket, quantity: seatIds.length || quantity });
  };
  return (
    <MessagePage title={t('rejected.title')} text={t(`rejected.${booking.reason ?? 'other'}`)}>
      {mayTryAgain ? (
        <>
          <a class="button primary" href={shop} onClick={offerBest}>
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
      <a class="button primary" href={`/sales/${booking.saleId}/shop/${booking.performanceId}`}>
        {t('ended.again')}
      </a>
      <button type="button" class="button" onClick={() => void fanApi.leaveShop(booking.saleId)}>
        {t('ended.leaveShop')}
      </button>
    </MessagePage>
  );
}
