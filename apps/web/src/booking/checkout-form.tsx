// The last step before the seats are held: what, for how much, for whom.
import type { BookingRequest, EventView, PerformanceView, Problem } from '@onsale/contracts';
import { sumMoney } from '@onsale/domain';
import { useRef, useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { formatDateTime, formatMoney, t } from '../language/language.ts';
import { navigate } from '../routing/location.ts';
import type { BasketLine } from '../shop/selection.ts';
import { Heading } from '../ui/page.tsx';
import { type ContactProblems, contactProblems, readContact } from './contact.ts';
import { ContactFields } from './contact-fields.tsx';
import { forgetRequest, idempotencyKeyFor } from './idempotency.ts';

type Props = {
  performance: PerformanceView;
  event: EventView | null;
  lines: readonly BasketLine[];
  items: BookingRequest['items'];
  backTo: string;
};

export function CheckoutForm({ performance, event, lines, items, backTo }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [problems, setProblems] = useState<ContactProblems>({});
  const [refusal, setRefusal] = useState<Problem | 'unreachable' | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (submitted: Event) => {
    submitted.preventDefault();
    const { name, email } = readContact();
    const found = contactProblems({ name, email });
    setProblems(found);
    const first = Object.keys(found)[0];
    if (first !== undefined) return form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
    setBusy(true);
    // Refused when it costs something else by now: nobody pays another price than the one shown here.
    const body = { items, contact: { name: name.trim(), email: email.trim() }, ...expectedTotalOf(lines) };
    const answer = await fanApi.requestBooking(performance.id, body, idempotencyKeyFor(body));
    setBusy(false);
    if (answer.kind === 'ok') {
      forgetRequest();
      return navigate(`/bookings/${answer.body.bookingId}`);
    }
    setRefusal(answer.kind === 'problem' ? answer.problem : 'unreachable');
  };
  return (
    <form class="checkout" ref={form} onSubmit={send} noValidate>
      <Heading>{t('checkout.title')}</Heading>
      <OrderSummary performance={performance} event={event} lines={lines} />
      <fieldset class="checkout-contact">
        <legend>{t('checkout.contact')}</legend>
        <ContactFields problems={problems} onChange={() => setProblems({})} />
      </fieldset>
      {refusal !== null && (
        <p class="problem" role="alert">
          {refusalText(refusal)}
        </p>
      )}
      <div class="actions">
        <button type="submit" class="button primary big" disabled={busy}>
          {t(busy ? 'checkout.holding' : 'checkout.hold')}
        </button>
        <a class="button" href={backTo}>
          {t('checkout.back')}
        </a>
      </div>
      <p class="fine">{t('checkout.how')}</p>
    </form>
  );
}

function expectedTotalOf(lines: readonly BasketLine[]): Pick<BookingRequest, 'expectedTotal'> {
  const prices = lines.map(({ price }) => price);
  const [first] = prices;
  return first === undefined ? {} : { expectedTotal: sumMoney(prices, first.currency) };
}

function OrderSummary({ performance, event, lines }: Omit<Props, 'items' | 'backTo'>) {
  const currency = lines[0]?.price.currency ?? 'EUR';
  return (
    <section class="summary">
      <p>
        <b>{event?.title ?? performance.name}</b>
        <br />
        <span class="soft">
          {performance.name} · {formatDateTime(performance.startsAt, event?.venue.timeZone)}
        </span>
      </p>
      <ul class="summary-lines">
        {lines.map(({ label, price }, i) => (
          <li key={`${label}-${i}`}>
            <span>{label}</span>
            <span>{formatMoney(price)}</span>
          </li>
        ))}
        <li class="summary-total">
          <span>{t('basket.total')}</span>
          <b>
            {formatMoney(
              sumMoney(
                lines.map(({ price }) => price),
                currency,
              ),
            )}
          </b>
        </li>
      </ul>
    </section>
  );
}

function refusalText(refusal: Problem | 'unreachable'): string {
  if (refusal === 'unreachable') return t('checkout.unreachable');
  if (refusal.code === 'pass_required') return t('checkout.passOver');
  if (refusal.code === 'sale_not_open') return t('checkout.saleOver');
  if (refusal.code === 'unavailable' || refusal.code === 'request_in_progress') return t('checkout.busy');
  return refusal.detail ?? refusal.title;
}
