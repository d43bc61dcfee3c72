// A place that changes devices: taken over here by a link, or away on another device.
import { useState } from 'preact/hooks';
import { t } from '../language/language.ts';
import { nameOf, Stage } from './stage.tsx';
import type { ScreenProps } from './waiting-page.tsx';

const MOVE_HASH = /^#move=(.+)$/;

/** The token of the link this page was opened by; it stands behind the #, so that no server or log ever has it. */
export const moveTokenHere = (): string | null =>
  typeof location === 'undefined' ? null : (MOVE_HASH.exec(location.hash)?.[1] ?? null);

/** Asked first: a preview that opens links must not use this one up. */
export function MoveHereScreen(props: ScreenProps & { moveToken: string; done: () => void }) {
  const [failed, setFailed] = useState(false);
  const takeOver = async () => {
    const answer = await props.follower.takeOver(props.moveToken);
    if (answer.kind !== 'ok') return setFailed(true);
    history.replaceState(null, '', location.pathname);
    props.done();
  };
  return (
    <Stage over={nameOf(props)} title={t('move.hereTitle')}>
      <p class="stage-text">{t(failed ? 'move.invalid' : 'move.hereText')}</p>
      {!failed && (
        <button type="button" class="button glow big" onClick={takeOver}>
          {t('move.here')}
        </button>
      )}
      {failed && (
        <button type="button" class="button" onClick={props.done}>
          {t('tab.lobby')}
        </button>
      )}
    </Stage>
  );
}

export function MovedScreen(props: ScreenProps) {
  const [failed, setFailed] = useState(false);
  const takeBack = async () => setFailed((await props.follower.takeBack()).kind !== 'ok');
  return (
    <Stage over={nameOf(props)} title={t('move.awayTitle')} tone="dim">
      <p class="stage-text">{t('move.awayText')}</p>
      <button type="button" class="button script-only" onClick={takeBack}>
        {t('move.back')}
      </button>
      <p role="alert">{failed && t('page.failed')}</p>
    </Stage>
  );
}
