// Paying. The built-in provider is a sandbox: it takes no money and lets one choose how the payment ends, and says so.
import { useEffect, useState } from 'preact/hooks';
import { fanApi, type PaymentStarted } from '../api/fan-api.ts';
import { formatMoney, t } from '../language/language.ts';
import { navigate } from '../routing/location.ts';
import { Heading, Loading, NotFoundPage, useTitle } from '../ui/page.tsx';
import { HoldClock } from './hold-screen.tsx';
import { MoreTime } from './more-time.tsx';
import { ShowLines } from './show-lines.tsx';
import { useBooking } from './use-booking.ts';
import { useShow } from './use-show.ts';
import '../styles/booking.css';

type Outcome = 'succeed' | 'fail' | 'delay';
type Paying =
  | { readonly kind: 'starting' | 'choosing' | 'waiting' | 'refused' }
  | { readonly kind: 'ready'; readonly payment: PaymentStarted };

export function PaymentPage({ bookingId }: { bookingId: string }) {
  useTitle(t('pay.title'));
  const { followed, again } = useBooking(bookingId);
  const booking = followed.kind === 'there' ? followed.booking : null;
  const show = useShow(booking?.performanceId ?? null);
  const [paying, setPaying] = useState<Paying>({ kind: 'starting' });
  useEffect(() => {
    void start(bookingId).then(setPaying);
  }, [bookingId]);
  // The booking page knows how to show every end; this page only pays.
  const settled = booking !== null && booking.state !== 'held';
  const failed = paying.kind === 'waiting' && booking?.payment?.state === 'failed';
  useEffect(() => {
    if (settled || failed || paying.kind === 'refused') navigate(`/bookings/${bookingId}`, 'replace');
  }, [settled, failed, paying.kind]);
  if (followed.kind === 'missing') return <NotFoundPage />;
  if (booking === null || paying.kind === 'starting') return <Loading />;
  const choose = async (outcome: Outcome) => {
    if (paying.kind !== 'ready') return;
    setPaying({ kind: 'choosing' });
    const answer = await fanApi.decideSandboxPayment(paying.payment.paymentId, outcome);
    setPaying(answer.kind === 'ok' ? { kind: 'waiting' } : paying);
    again();
  };
  return (
    <section class="pay">
      <p class="pay-test">{t('pay.test')}</p>
      <Heading>{booking.total ? t('pay.amount', { price: formatMoney(booking.total) }) : t('pay.title')}</Heading>
      <ShowLines show={show} />
      <HoldClock until={booking.holdExpiresAt} />
      <MoreTime booking={booking} again={again} />
      {paying.kind === 'ready' ? <SandboxChoice onChoose={choose} /> : <WaitingForBank />}
      <a class="link" href={`/bookings/${bookingId}`}>
        {t('pay.back')}
      </a>
    </section>
  );
}

async function start(bookingId: string): Promise<Paying> {
  const answer = await fanApi.startPayment(bookingId);
  if (answer.kind !== 'ok') return { kind: 'refused' };
  if (answer.body.action.kind === 'redirect') location.assign(answer.body.action.url);
  return { kind: 'ready', payment: answer.body };
}

function SandboxChoice({ onChoose }: { onChoose: (outcome: Outcome) => void }) {
  return (
    <fieldset class="pay-choice">
      <legend>{t('pay.choose')}</legend>
      <button type="button" class="button primary big" onClick={() => onChoose('succeed')}>
        {t('pay.succeed')}
      </button>
      <button type="button" class="button" onClick={() => onChoose('delay')}>
        {t('pay.delay')}
      </button>
      <button type="button" class="button" onClick={() => onChoose('fail')}>
        {t('pay.fail')}
      </button>
    </fieldset>
  );
}

function WaitingForBank() {
  return (
    <div class="pay-waiting" role="status">
      <span class="loading-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <p>{t('pay.waiting')}</p>
    </div>
  );
}
