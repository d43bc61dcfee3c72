// The seats are held: how long, for how much, on to payment or let them go.
import type { BookingView } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { useTimeLeft } from '../clock/use-now.ts';
import { formatClock, formatMoney, formatSpan, t } from '../language/language.ts';
import { Heading, useTitle } from '../ui/page.tsx';
import { MoreTime } from './more-time.tsx';
import { BookingLines, ShowLines } from './show-lines.tsx';
import type { Show } from './use-show.ts';

export function HoldScreen({ booking, show, again }: { booking: BookingView; show: Show | null; again: () => void }) {
  useTitle(t('hold.title'));
  const [sure, setSure] = useState(false);
  const [failed, setFailed] = useState(false);
  const release = async () => {
    const answer = await fanApi.releaseBooking(booking.id);
    setFailed(answer.kind !== 'ok');
    again();
  };
  const paymentFailed = booking.payment?.state === 'failed';
  return (
    <section class="hold">
      <Heading>{t('hold.title')}</Heading>
      <HoldClock until={booking.holdExpiresAt} />
      <MoreTime booking={booking} again={again} />
      {paymentFailed && (
        <p class="problem" role="alert">
          {t('hold.paymentFailed')}
        </p>
      )}
      <div class="summary">
        <ShowLines show={show} />
        <BookingLines booking={booking} show={show} />
      </div>
      <div class="actions">
        <a class="button primary big" href={`/bookings/${booking.id}/pay`}>
          {booking.total ? t('hold.pay', { price: formatMoney(booking.total) }) : t('hold.payPlain')}
        </a>
        {sure ? (
          <button type="button" class="button bad" onClick={release}>
            {t('hold.releaseSure')}
          </button>
        ) : (
          <button type="button" class="button" onClick={() => setSure(true)}>
            {t('hold.release')}
          </button>
        )}
      </div>
      <p role="alert">{failed && t('page.failed')}</p>
      <p class="fine">{t('hold.safe')}</p>
    </section>
  );
}

const WARN_AT_SECONDS = [120, 60, 30];

/** The time left, seen at all times and spoken three times. */
export function HoldClock({ until, words = t('hold.left') }: { until: string | null; words?: string }) {
  const left = useTimeLeft(until);
  const [spoken, setSpoken] = useState('');
  const seconds = left === null ? null : Math.ceil(left / 1000);
  const warning = seconds === null ? undefined : WARN_AT_SECONDS.findLast((mark) => seconds <= mark);
  useEffect(() => {
    if (warning !== undefined && seconds !== null) setSpoken(t('hold.leftSpoken', { span: formatSpan(seconds) }));
  }, [warning]);
  if (left === null) return null;
  return (
    <div class={`hold-clock ${warning !== undefined && warning <= 60 ? 'hold-clock-late' : ''}`}>
      <b role="timer">{formatClock(left)}</b>
      <span>{words}</span>
      <p class="sr-only" role="status">
        {spoken}
      </p>
    </div>
  );
}
