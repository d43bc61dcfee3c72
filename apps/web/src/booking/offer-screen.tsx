// The money came when the seats were gone. Equal ones are kept: the fan takes them, or gets the money back; doing nothing
// gives it back as well.
import type { BookingView } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { t } from '../language/language.ts';
import { Heading, useTitle } from '../ui/page.tsx';
import { HoldClock } from './hold-screen.tsx';
import { BookingLines, ShowLines } from './show-lines.tsx';
import type { Show } from './use-show.ts';

export function OfferScreen({ booking, show, again }: { booking: BookingView; show: Show | null; again: () => void }) {
  useTitle(t('offer.title'));
  const [state, setState] = useState<'asking' | 'sending' | 'failed'>('asking');
  const answer = (ask: typeof fanApi.acceptOffer) => async () => {
    setState('sending');
    const { kind } = await ask(booking.id);
    setState(kind === 'ok' ? 'sending' : 'failed');
    again();
  };
  return (
    <section class="hold">
      <Heading>{t('offer.title')}</Heading>
      <p class="lead">{t('offer.text')}</p>
      <HoldClock until={booking.holdExpiresAt} words={t('offer.left')} />
      <div class="summary">
        <ShowLines show={show} />
        <BookingLines booking={booking} show={show} />
      </div>
      <div class="actions">
        <button
          type="button"
          class="button primary big"
          disabled={state === 'sending'}
          onClick={answer(fanApi.acceptOffer)}
        >
          {t('offer.take')}
        </button>
        <button type="button" class="button" disabled={state === 'sending'} onClick={answer(fanApi.releaseBooking)}>
          {t('offer.decline')}
        </button>
      </div>
      <p role="alert">{state === 'failed' && t('page.failed')}</p>
    </section>
  );
}
