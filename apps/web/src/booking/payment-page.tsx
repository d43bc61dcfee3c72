// Paying. The built-in provider is a sandbox: it takes no money and lets one choose how the payment ends, and says so.
import { useEffect, useState } from 'preact/hooks';
import { fanApi, type PaymentStarted } from '../api/fan-api.ts';
import { formatMoney, t } from '../language/language.ts';
import { navigate } from '../routing/location.ts';
import { Heading, Loading, NotFoundPage, useTitle } from '../ui/page.tsx';
import { HoldClock } from './hold-screen.tsx';
import { MoreTime } from './more-time.tsx';
import { SandboxChoice, type SandboxEnding } from './sandbox-choice.tsx';
import { ShowLines } from './show-lines.tsx';
import { useBooking } from './use-booking.ts';
import { useShow } from './use-show.ts';
import '../styles/booking.css';

type Paying =
  | { readonly kind: 'starting' | 'choosing' | 'waiting' | 'leaving' | 'refused' | 'away' }
  | { readonly kind: 'ready'; readonly payment: PaymentStarted };

export function PaymentPage({ bookingId }: { bookingId: string }) {
  useTitle(t('pay.title'));
  const { followed, again } = useBooking(bookingId);
  const booking = followed.kind === 'there' ? followed.booking : null;
  const show = useShow(booking?.performanceId ?? null);
  const [paying, setPaying] = useState<Paying>({ kind: 'starting' });
  const begin = () => {
    setPaying({ kind: 'starting' });
    void start(bookingId).then(setPaying);
  };
  useEffect(begin, [bookingId]);
  // The booking page knows how to show every end; this page only pays.
  const settled = booking !== null && booking.state !== 'held';
  const failed = paying.kind === 'waiting' && booking?.payment?.state === 'failed';
  useEffect(() => {
    if (settled || failed || paying.kind === 'refused') navigate(`/bookings/${bookingId}`, 'replace');
  }, [settled, failed, paying.kind]);
  if (followed.kind === 'missing') return <NotFoundPage />;
  if (booking === null || paying.kind === 'starting' || paying.kind === 'leaving') return <Loading />;
  const choose = async (outcome: SandboxEnding) => {
    if (paying.kind !== 'ready') return;
    setPaying({ kind: 'choosing' });
    const answer = await fanApi.decideSandboxPayment(paying.payment.paymentId, outcome);
    setPaying(answer.kind === 'ok' ? { kind: 'waiting' } : paying);
    again();
  };
  return (
    <section class="pay">
      {booking.payment?.provider === 'sandbox' && <p class="pay-test">{t('pay.test')}</p>}
      <Heading>{booking.total ? t('pay.amount', { price: formatMoney(booking.total) }) : t('pay.title')}</Heading>
      <ShowLines show={show} />
      <HoldClock until={booking.holdExpiresAt} />
      <MoreTime booking={booking} again={again} />
      {paying.kind === 'ready' && <SandboxChoice onChoose={choose} />}
      {paying.kind === 'away' && <ProviderAway onAgain={begin} />}
      {paying.kind !== 'ready' && paying.kind !== 'away' && <WaitingForBank />}
      <a class="link" href={`/bookings/${bookingId}`}>
        {t('pay.back')}
      </a>
    </section>
  );
}

async function start(bookingId: string): Promise<Paying> {
  const answer = await fanApi.startPayment(bookingId);
  if (answer.kind === 'unreachable') return { kind: 'away' };
  if (answer.kind === 'problem') return { kind: answer.problem.status === 503 ? 'away' : 'refused' };
  if (answer.body.action.kind === 'redirect') {
    location.assign(answer.body.action.url);
    return { kind: 'leaving' };
  }
  return { kind: 'ready', payment: answer.body };
}

/** The seats stay held: the shop has prolonged the hold before it asked the provider. */
function ProviderAway({ onAgain }: { onAgain: () => void }) {
  return (
    <div class="problem" role="alert">
      <p>{t('pay.away')}</p>
      <button type="button" class="button primary" onClick={onAgain}>
        {t('pay.again')}
      </button>
    </div>
  );
}

/** From then on it is said that nobody has to stay. */
const LONG_MS = 12_000;

function WaitingForBank() {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="pay-waiting" role="status">
      <span class="loading-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <p>{t('pay.waiting')}</p>
      {isLong && <p>{t('pay.waitingLong')}</p>}
    </div>
  );
}
