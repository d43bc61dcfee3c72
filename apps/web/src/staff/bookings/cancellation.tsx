// A performance that does not take place: nothing more is sold, everything is refunded. It cannot be undone, so its name
// has to be written first. Afterwards the progress is shown until all money is on its way.
import type { CancellationView, PerformanceView } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import { organizerApi } from '../../api/organizer-api.ts';
import { formatDateTime, t } from '../../language/language.ts';
import { TextField } from '../form/fields.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { useSession } from '../staff-session.ts';

const ASK_EVERY_MS = 1_000;

export function CancellationPart({ performance }: { performance: PerformanceView }) {
  const session = useSession();
  const [cancellation, setCancellation] = useState<CancellationView | null>(null);
  const isOver = cancellation?.state === 'done';
  const isRunning = cancellation !== null && !isOver;
  useEffect(() => {
    const read = async () => {
      const answer = await organizerApi.getCancellation(performance.id);
      if (answer.kind === 'ok') setCancellation(answer.body);
    };
    void read();
    if (!isRunning) return;
    const timer = setInterval(() => void read(), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isRunning, performance.id]);
  if (cancellation === null && !session.mayUse('cancelPerformance')) return null;
  return (
    <section class="card" aria-labelledby="cancel">
      <h2 id="cancel">{t('staff.cancel')}</h2>
      {cancellation === null ? (
        <CancelForm performance={performance} begun={setCancellation} />
      ) : (
        <Progress {...cancellation} />
      )}
    </section>
  );
}

function CancelForm({ performance, begun }: { performance: PerformanceView; begun: (view: CancellationView) => void }) {
  const session = useSession();
  const acting = useAct();
  const [reason, setReason] = useState('');
  const [name, setName] = useState('');
  const cancel = async (event: Event) => {
    event.preventDefault();
    const answer = await acting.act(() => organizerApi.cancelPerformance(session, performance.id, reason.trim()));
    if (answer !== undefined) begun(answer.body);
  };
  const isSure = name.trim() === performance.name && reason.trim() !== '';
  return (
    <form class="fields" onSubmit={cancel}>
      <p>{t('staff.cancelText')}</p>
      <TextField label={t('staff.cancelReason')} value={reason} onChange={setReason} maxLength={200} required />
      <TextField
        label={t('staff.cancelName', { name: performance.name })}
        value={name}
        onChange={setName}
        maxLength={160}
        required
      />
      <button type="submit" class="button bad" disabled={!isSure || acting.busy}>
        {t('staff.cancelDo')}
      </button>
      <Told {...acting} />
    </form>
  );
}

function Progress({ state, cancelledAt, bookings, money }: CancellationView) {
  const { cancelled, remaining } = bookings;
  const all = money.due + money.done + money.stuck;
  return (
    <div class="meter">
      <p role="status">
        <b>{t(`staff.cancel_${state}`)}</b>
      </p>
      <p class="soft">{t('staff.cancelledAt', { time: formatDateTime(cancelledAt) })}</p>
      <label>
        <span>{t('staff.cancelBookings', { cancelled, all: cancelled + remaining })}</span>
        <progress max={Math.max(1, cancelled + remaining)} value={remaining + cancelled === 0 ? 1 : cancelled} />
      </label>
      <label>
        <span>{t('staff.cancelMoney', { done: money.done, all })}</span>
        <progress max={Math.max(1, all)} value={all === 0 && state === 'done' ? 1 : money.done} />
      </label>
      {money.stuck > 0 && (
        <p class="problem" role="alert">
          {t('staff.cancelStuck', { count: money.stuck })}
        </p>
      )}
    </div>
  );
}
