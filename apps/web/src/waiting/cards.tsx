// What stands below the stage while a fan waits: the organizer's word, why the place is safe, what comes next, how one is
// called, and the way out.
import { useState } from 'preact/hooks';
import { t } from '../language/language.ts';
import { alertsWanted, wantAlerts } from './call-alert.ts';
import { BellIcon, DoorIcon, ShieldIcon } from './icons.tsx';
import { OpeningRow, Row } from './meanwhile-card.tsx';
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
        <ShieldIcon /> {t('safe.title')}
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

export function AlertRow() {
  const [wanted, setWanted] = useState(alertsWanted);
  const want = async () => {
    await wantAlerts();
    setWanted(true);
  };
  return (
    <Row icon={<BellIcon />} title={t('alerts.title')} text={t(wanted ? 'alerts.on' : 'alerts.text')} needsScript>
      {!wanted && (
        <button type="button" class="button" onClick={want}>
          {t('alerts.want')}
        </button>
      )}
    </Row>
  );
}

/** Two steps, so that nobody leaves by a slip of the thumb: open it, then say yes. */
export function LeaveRow({ standing, follower }: ScreenProps) {
  const [failed, setFailed] = useState(false);
  const leave = async (event: Event) => {
    event.preventDefault();
    const answer = await follower.leave();
    setFailed(answer.kind !== 'ok');
  };
  return (
    <OpeningRow icon={<DoorIcon />} title={t('leave.ask')}>
      <form method="post" action={`/sales/${standing.sale.id}/leave`} onSubmit={leave}>
        <p class="soft">{t('leave.text', { sale: standing.sale.name })}</p>
        <button type="submit" class="button bad">
          {t('leave.yes')}
        </button>
      </form>
      {failed && <p role="alert">{t('page.failed')}</p>}
    </OpeningRow>
  );
}
