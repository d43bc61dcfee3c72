// Letting others go first: for a fan who is called soon and is not ready. It costs nothing and gains nothing.
import { DEFER_MINUTES_MAX } from '@onsale/domain';
import { useRef, useState } from 'preact/hooks';
import { formatSpan, formatTime, t } from '../language/language.ts';
import { ClockIcon } from './icons.tsx';
import { OpeningRow, Row } from './meanwhile-card.tsx';
import { zoneOf } from './stage.tsx';
import type { ScreenProps } from './waiting-page.tsx';

const CHOICES_MINUTES = [5, 10, 20, 30, 60].filter((minutes) => minutes <= DEFER_MINUTES_MAX);

export function DeferRow(props: ScreenProps) {
  const { place } = props.standing;
  const box = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  if (place === null || (place.deferredUntil === null && place.deferralsLeft === 0)) return null;
  const act = async (minutes: number) => {
    const answer = await props.follower.defer(minutes);
    setFailed(answer.kind !== 'ok');
    // What was pressed is gone with its row: the focus goes on to what took its place.
    if (answer.kind === 'ok') requestAnimationFrame(() => focusIn(box.current));
  };
  const until = place.deferredUntil && t('defer.until', { time: formatTime(place.deferredUntil, zoneOf(props)) });
  return (
    <div ref={box} class="row-holder">
      {until ? (
        <DeferredRow saleId={props.standing.sale.id} until={until} act={act} />
      ) : (
        <ChoiceRow saleId={props.standing.sale.id} act={act} />
      )}
      <p role="alert">{failed && t('page.failed')}</p>
    </div>
  );
}

/** The button that has the focus then is described by it, so that it is heard. */
const DEFERRED_ID = 'deferred-until';

const focusIn = (box: HTMLElement | null): void => box?.querySelector<HTMLElement>('summary, button')?.focus();

type RowProps = { saleId: string; act: (minutes: number) => Promise<void> };

function DeferredRow({ saleId, until, act }: RowProps & { until: string }) {
  const end = (event: Event) => {
    event.preventDefault();
    void act(0);
  };
  return (
    <Row icon={<ClockIcon />} title={t('defer.title')} text={until} textId={DEFERRED_ID}>
      <form method="post" action={`/sales/${saleId}/ready`} onSubmit={end}>
        <button type="submit" class="button" aria-describedby={DEFERRED_ID}>
          {t('defer.end')}
        </button>
      </form>
    </Row>
  );
}

function ChoiceRow({ saleId, act }: RowProps) {
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const minutes = new FormData(event.currentTarget as HTMLFormElement).get('minutes');
    void act(Number(minutes));
  };
  return (
    <OpeningRow icon={<ClockIcon />} title={t('defer.title')} text={t('defer.text')}>
      <form class="fields" method="post" action={`/sales/${saleId}/defer`} onSubmit={send}>
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
      </form>
    </OpeningRow>
  );
}
