// Letting others go first: for a fan who is called soon and is not ready. It costs nothing and gains nothing.
import { DEFER_MINUTES_MAX } from '@onsale/domain';
import { useState } from 'preact/hooks';
import { formatSpan, formatTime, t } from '../language/language.ts';
import { zoneOf } from './stage.tsx';
import type { ScreenProps } from './waiting-page.tsx';

const CHOICES_MINUTES = [5, 10, 20, 30, 60].filter((minutes) => minutes <= DEFER_MINUTES_MAX);

export function DeferCard(props: ScreenProps) {
  const { standing, follower } = props;
  const [failed, setFailed] = useState(false);
  const { place, sale } = standing;
  if (place === null || (place.deferredUntil === null && place.deferralsLeft === 0)) return null;
  const act = async (minutes: number) => setFailed((await follower.defer(minutes)).kind !== 'ok');
  const end = (event: Event) => {
    event.preventDefault();
    void act(0);
  };
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const minutes = new FormData(event.currentTarget as HTMLFormElement).get('minutes');
    void act(Number(minutes));
  };
  if (place.deferredUntil !== null) {
    return (
      <section class="card card-warm">
        <p role="status">{t('defer.until', { time: formatTime(place.deferredUntil, zoneOf(props)) })}</p>
        <form method="post" action={`/sales/${sale.id}/ready`} onSubmit={end}>
          <button type="submit" class="button">
            {t('defer.end')}
          </button>
        </form>
        <p role="alert">{failed && t('page.failed')}</p>
      </section>
    );
  }
  return (
    <details class="card">
      <summary>
        <h2>{t('defer.title')}</h2>
        <span class="soft">{t('defer.text')}</span>
      </summary>
      <form class="fields" method="post" action={`/sales/${sale.id}/defer`} onSubmit={send}>
        <label class="field">
          <span>{t('defer.minutes')}</span>
          <select name="minutes">
            {CHOICES_MINUTES.map((minutes) => (
              <option key={minutes} value={minutes} selected={minutes === 10}>
                {formatSpan(minutes * 60)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="button">
          {t('defer.do')}
        </button>
        <p role="alert">{failed && t('page.failed')}</p>
      </form>
    </details>
  );
}
