// Where the line ends: called, inside, missed, left, sold out, closed.
import { useEffect, useState } from 'preact/hooks';
import { useTimeLeft } from '../clock/use-now.ts';
import { currentLocale, formatClock, formatSpan, formatTime, t } from '../language/language.ts';
import { navigate } from '../routing/location.ts';
import { alertCalled } from './call-alert.ts';
import { NoticeCard } from './cards.tsx';
import { ReturnsCard } from './returns-card.tsx';
import { nameOf, Stage, zoneOf } from './stage.tsx';
import type { ScreenProps } from './waiting-page.tsx';
import { askForWish, keptWish, wishWords } from './wish.ts';

const CALLED_DEFER_MINUTES = 10;

export function CalledScreen(props: ScreenProps) {
  const { standing, follower } = props;
  const { place, sale } = standing;
  const left = useTimeLeft(place?.callExpiresAt ?? null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => alertCalled(), []);
  const wish = keptWish(sale.id, props.event);
  const comeIn = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const answer = await follower.comeIn();
    if (answer.kind === 'ok') navigate(wish === null ? `/sales/${sale.id}/shop` : await askForWish(sale.id, wish));
    else setFailed(true);
    setBusy(false);
  };
  return (
    <Stage over={nameOf(props)} title={t('called.title')} tone="called">
      {left !== null && (
        <p class="figure">
          <b class="figure-number clock">{formatClock(left)}</b>
          <span class="figure-label">{t('called.left')}</span>
        </p>
      )}
      <form method="post" action={`/sales/${sale.id}/enter`} onSubmit={comeIn}>
        <button type="submit" class="button ink big" disabled={busy}>
          {t(busy ? 'called.opening' : wish === null ? 'called.enter' : 'called.enterWish')}
        </button>
      </form>
      {wish !== null && <p class="stage-text">{wishWords(wish, props.event)}</p>}
      <p class="stage-text">{t('called.text')}</p>
      {place?.callExpiresAt && (
        <p class="stage-fine">{t('called.until', { time: formatTime(place.callExpiresAt, zoneOf(props)) })}</p>
      )}
      <p role="alert">{failed && t('page.failed')}</p>
      <CalledDeferral {...props} />
    </Stage>
  );
}

function CalledDeferral({ standing, follower }: ScreenProps) {
  if (!standing.place || standing.place.deferralsLeft === 0) return null;
  return (
    <details class="called-defer">
      <summary>{t('defer.title')}</summary>
      <form
        method="post"
        action={`/sales/${standing.sale.id}/defer`}
        onSubmit={(event) => {
          event.preventDefault();
          void follower.defer(CALLED_DEFER_MINUTES);
        }}
      >
        <input type="hidden" name="minutes" value={CALLED_DEFER_MINUTES} />
        <button type="submit" class="button">
          {t('defer.do')} ({formatSpan(CALLED_DEFER_MINUTES * 60)})
        </button>
      </form>
    </details>
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

function RejoinButton({ standing, follower }: ScreenProps) {
  const [failed, setFailed] = useState(false);
  const rejoin = async (event: Event) => {
    event.preventDefault();
    const answer = await follower.lineUpAgain({ locale: currentLocale() });
    setFailed(answer.kind !== 'ok');
  };
  return (
    <form method="post" action={`/sales/${standing.sale.id}/again`} onSubmit={rejoin}>
      <button type="submit" class="button glow">
        {t('left.rejoin')}
      </button>
      <p role="alert">{failed && t('lobby.notNow')}</p>
    </form>
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
        <ReturnsCard {...props} />
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
