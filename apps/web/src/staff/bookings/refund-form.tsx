// Gives a booking back, whole or some of its tickets: chosen, a reason, one more press; then told how far it has come.
import type { RefundView, StaffBookingView } from '@onsale/contracts';
import { useEffect, useId, useState } from 'preact/hooks';
import { organizerApi } from '../../api/organizer-api.ts';
import { formatMoney, t } from '../../language/language.ts';
import { TextField } from '../form/fields.tsx';
import { SureButton } from '../form/sure-button.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { useSession } from '../staff-session.ts';

type Props = { booking: StaffBookingView; changed: () => Promise<unknown> };

export function RefundForm({ booking, changed }: Props) {
  const session = useSession();
  const acting = useAct();
  const [key] = useState(() => crypto.randomUUID());
  const [left, setLeft] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const [refund, setRefund] = useState<RefundView | null>(null);
  const sold = booking.items.flatMap(({ ticketId, ...item }) => (ticketId === null ? [] : [{ ...item, ticketId }]));
  const back = sold.filter(({ ticketId }) => !left.includes(ticketId));
  const price = formatMoney({
    amount: back.reduce((sum, item) => sum + item.price.amount, 0),
    currency: booking.total?.currency ?? 'EUR',
  });
  const send = async () => {
    const part = back.length === sold.length ? {} : { ticketIds: back.map(({ ticketId }) => ticketId) };
    const wish = { key, reason: reason.trim(), ...part };
    const answer = await acting.act(
      () => organizerApi.refundBooking(session, booking.id, wish),
      t('staff.refundAsked'),
    );
    if (answer !== undefined) setRefund(answer.body);
  };
  if (refund !== null) return <RefundProgress begun={refund} price={price} done={changed} />;
  const turn = (id: string, on: boolean) => setLeft(on ? left.filter((other) => other !== id) : [...left, id]);
  return (
    <details class="refund">
      <summary>{t('staff.refund')}</summary>
      <fieldset class="choices">
        <legend>{t('staff.refundWhich')}</legend>
        {sold.map(({ ticketId, label, price: one }) => (
          <label key={ticketId} class="switch">
            <input
              type="checkbox"
              checked={!left.includes(ticketId)}
              onChange={(event) => turn(ticketId, event.currentTarget.checked)}
            />
            <span>
              {label} · {formatMoney(one)}
            </span>
          </label>
        ))}
      </fieldset>
      <TextField label={t('staff.reason')} value={reason} onChange={setReason} maxLength={200} />
      <SureButton
        label={t('staff.refundDo', { price })}
        sure={t('staff.refundSure', { price, count: back.length })}
        busy={acting.busy || back.length === 0 || reason.trim() === ''}
        onSure={() => void send()}
      />
      <Told {...acting} />
    </details>
  );
}

const ASK_EVERY_MS = 1_000;

/** Followed until the provider has the order, or refuses it. */
function RefundProgress({ begun, price, done }: { begun: RefundView; price: string; done: () => Promise<unknown> }) {
  const [refund, setRefund] = useState(begun);
  const id = useId();
  const isMoving = refund.state === 'requested' || refund.state === 'decided';
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(async () => {
      const answer = await organizerApi.getRefund(begun.id);
      if (answer.kind === 'ok') setRefund(answer.body);
    }, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isMoving]);
  const steps = ['requested', 'decided', 'done'] as const;
  const at = refund.state === 'stuck' ? 1 : steps.indexOf(refund.state);
  return (
    <div class="meter">
      <p id={id} role="status">
        {t(`staff.refund_${refund.state}`, { price })}
      </p>
      <progress max={steps.length - 1} value={at} aria-labelledby={id} />
      {!isMoving && (
        <button type="button" class="link" onClick={() => void done()}>
          {t('staff.lookAgain')}
        </button>
      )}
    </div>
  );
}
