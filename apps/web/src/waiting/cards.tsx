// What stands below the stage while a fan waits: the organizer's word, why the place is safe, what comes next, what can
// be prepared, and the way out.
import { useState } from 'preact/hooks';
import { t } from '../language/language.ts';
import { alertsWanted, wantAlerts } from './call-alert.ts';
import type { ScreenProps } from './waiting-page.tsx';

export function NoticeCard({ standing }: ScreenProps) {
  const notice = noticeOf(standing);
  if (notice === null) return null;
  return (
    <section class="card card-notice" aria-live="polite">
      <h2>{t('notice.title')}</h2>
      <p dir="auto">{notice}</p>
    </section>
  );
}

/** The line may hold it cut short; then the sale has all of it, once it was read again. */
function noticeOf({ line, sale }: ScreenProps['standing']): string | null {
  if (line === null) return sale.notice;
  const isWhole = line.notice !== null && sale.notice?.startsWith(line.notice.replace(/…$/, ''));
  return isWhole ? sale.notice : line.notice;
}

export function SafeCard({ standing }: ScreenProps) {
  return (
    <section class="card">
      <h2>
        <ShieldMark /> {t('safe.title')}
      </h2>
      <p>{t(standing.place?.number == null ? 'safe.textDraw' : 'safe.text')}</p>
      <p>
        <a href={`/sales/${standing.sale.id}/fairness`}>{t('safe.fairness')}</a>
      </p>
    </section>
  );
}

export function StepsCard({ at }: { at: 'prequeue' | 'waiting' }) {
  const steps = ['prequeue', 'waiting', 'called', 'shop'] as const;
  return (
    <section class="card">
      <h2>{t('steps.title')}</h2>
      <ol class="steps">
        {steps.map((step) => (
          <li key={step} aria-current={step === at ? 'step' : undefined}>
            <b>{t(`steps.${step}`)}</b>
            <span>{t(`steps.${step}Text`)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function AlertCard() {
  const [wanted, setWanted] = useState(alertsWanted);
  const want = async () => {
    await wantAlerts();
    setWanted(true);
  };
  return (
    <section class="card script-only">
      <h2>{t('alerts.title')}</h2>
      <p>{t(wanted ? 'alerts.on' : 'alerts.text')}</p>
      {!wanted && (
        <button type="button" class="button" onClick={want}>
          {t('alerts.want')}
        </button>
      )}
    </section>
  );
}

/** Two steps, so that nobody leaves by a slip of the thumb: open it, then say yes. */
export function LeaveCard({ standing, follower }: ScreenProps) {
  const [failed, setFailed] = useState(false);
  const leave = async (event: Event) => {
    event.preventDefault();
    const answer = await follower.leave();
    setFailed(answer.kind !== 'ok');
  };
  return (
    <details class="leave">
      <summary>{t('leave.ask')}</summary>
      <form method="post" action={`/sales/${standing.sale.id}/leave`} onSubmit={leave}>
        <p class="soft">{t('leave.text', { sale: standing.sale.name })}</p>
        <button type="submit" class="button bad">
          {t('leave.yes')}
        </button>
      </form>
      {failed && <p role="alert">{t('page.failed')}</p>}
    </details>
  );
}

function ShieldMark() {
  return (
    <svg class="mark" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M10 1.8 17 4.4v5c0 4.3-2.9 7.4-7 8.8-4.1-1.4-7-4.5-7-8.8v-5z" />
      <path class="mark-tick" d="m6.8 10 2.3 2.3 4.2-4.5" />
    </svg>
  );
}
