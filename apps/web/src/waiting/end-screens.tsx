// Where the line ends: called, inside, missed, left, sold out, closed.
import { useEffect, useState } from 'preact/hooks';
import { useTimeLeft } from '../clock/use-now.ts';
import { currentLocale, formatClock, formatTime, t } from '../language/language.ts';
import { navigate } from '../routing/location.ts';
import { alertCalled } from './call-alert.ts';
import { NoticeCard } from './cards.tsx';
import { nameOf, Stage, zoneOf } from './stage.tsx';
import type { ScreenProps } from './waiting-page.tsx';

export function CalledScreen(props: ScreenProps) {
  const { standing, follower } = props;
  const { place, sale } = standing;
  const left = useTimeLeft(place?.callExpiresAt ?? null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => alertCalled(), []);
  const comeIn = async () => {
    setBusy(true);
    const answer = await follower.comeIn();
    setBusy(false);
    if (answer.kind === 'ok') navigate(`/sales/${sale.id}/shop`);
    else setFailed(true);
  };
  return (
    <Stage over={nameOf(props)} title={t('called.title')} tone="called">
      {left !== null && (
        <p class="figure">
          <b class="figure-number clock">{formatClock(left)}</b>
          <span class="figure-label">{t('called.left')}</span>
        </p>
      )}
      <button type="button" class="button ink big" onClick={comeIn} disabled={busy}>
        {t(busy ? 'called.opening' : 'called.enter')}
      </button>
      <p class="stage-text">{t('called.text')}</p>
      {place?.callExpiresAt && (
        <p class="stage-fine">{t('called.until', { time: formatTime(place.callExpiresAt, zoneOf(props)) })}</p>
      )}
      <p role="alert">{failed && t('page.failed')}</p>
    </Stage>
  );
}

export function AdmittedScreen(props: ScreenProps) {
  const { sale } = props.standing;
  return (
    <Stage over={nameOf(props)} title={t('admitted.title')} tone="called">
      <p class="stage-text">{t('admitted.text')}</p>
      <a class="button ink big" href={`/sales/${sale.id}/shop`}>
        {t('called.enter')}
      </a>
    </Stage>
  );
}

export function MissedScreen(props: ScreenProps) {
  return (
    <Stage over={nameOf(props)} title={t('missed.title')} tone="dim">
      <p class="stage-text">{t('missed.text')}</p>
      <RejoinButton {...props} />
    </Stage>
  );
}

export function LeftScreen(props: ScreenProps) {
  return (
    <Stage over={nameOf(props)} title={t('left.title')} tone="dim">
      <p class="stage-text">{t('left.text')}</p>
      <RejoinButton {...props} />
    </Stage>
  );
}

function RejoinButton({ follower }: ScreenProps) {
  const [failed, setFailed] = useState(false);
  const rejoin = async () => {
    const answer = await follower.lineUpAgain({ locale: currentLocale() });
    setFailed(answer.kind !== 'ok');
  };
  return (
    <>
      <button type="button" class="button glow" onClick={rejoin}>
        {t('left.rejoin')}
      </button>
      <p role="alert">{failed && t('lobby.notNow')}</p>
    </>
  );
}

export function SoldOutScreen(props: ScreenProps) {
  return (
    <>
      <Stage over={nameOf(props)} title={t('soldOut.title')} tone="dim">
        <p class="stage-text">{t('soldOut.text')}</p>
        <a class="button" href="/">
          {t('notFound.toEvents')}
        </a>
      </Stage>
      <div class="cards">
        <NoticeCard {...props} />
      </div>
    </>
  );
}

export function ClosedScreen(props: ScreenProps) {
  return (
    <>
      <Stage over={nameOf(props)} title={t('closed.title')} tone="dim">
        <p class="stage-text">{t('closed.text')}</p>
        <a class="button" href="/">
          {t('notFound.toEvents')}
        </a>
      </Stage>
      <div class="cards">
        <NoticeCard {...props} />
      </div>
    </>
  );
}
