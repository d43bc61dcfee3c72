// In the line: how many are ahead, how long it may take, how far it has come.
import { peopleAhead, type WaitRange } from '@onsale/domain';
import { formatCount, formatSpanRange, t } from '../language/language.ts';
import { AlertRow, LeaveRow, NoticeCard, SafeCard, StepsCard } from './cards.tsx';
import { ChanceCard } from './chance-card.tsx';
import { DeferRow } from './defer-row.tsx';
import { Hall } from './hall.tsx';
import { progressOf, waitRange } from './line-view.ts';
import { MeanwhileCard } from './meanwhile-card.tsx';
import { MoveRow } from './move-row.tsx';
import { PriceCard } from './price-card.tsx';
import { nameOf, SafeStamp, Stage } from './stage.tsx';
import type { ScreenProps } from './waiting-page.tsx';
import { phaseOf } from './waiting-screen.ts';
import { WishRow } from './wish-row.tsx';

export function WaitingScreenView(props: ScreenProps) {
  const { place, line } = props.standing;
  const number = place?.number ?? 1;
  const ahead = props.standing.position?.ahead ?? (line === null ? (place?.ahead ?? 0) : peopleAhead(line, number));
  const paused = phaseOf(props.standing) === 'paused';
  const progress = progressOf(number, ahead);
  return (
    <>
      <Stage
        over={nameOf(props)}
        title={t(paused ? 'paused.title' : 'waiting.title')}
        stub={<Stub number={number} progress={progress} />}
        {...(paused && { tone: 'dim' })}
      >
        <p class="figure">
          <b class="figure-number">{formatCount(ahead)}</b>
          <span class="figure-label">{t('waiting.ahead', { count: ahead })}</span>
        </p>
        <p class="stage-text">{paused ? t('paused.text') : waitText(ahead, props)}</p>
        <Cause {...props} />
      </Stage>
      <div class="cards">
        <NoticeCard {...props} />
        <div class="cards-main">
          <ChanceCard {...props} ahead={ahead} />
          <MeanwhileCard>
            <AlertRow />
            <WishRow {...props} />
            <DeferRow {...props} />
            <MoveRow {...props} />
            <LeaveRow {...props} />
          </MeanwhileCard>
        </div>
        <div class="cards-side">
          <PriceCard {...props} />
          <SafeCard {...props} />
          <StepsCard at="waiting" />
        </div>
      </div>
    </>
  );
}

/** One's own place: the seat in the hall up to which the light has come, and the number. */
function Stub({ number, progress }: { number: number; progress: number }) {
  return (
    <>
      <div
        class="hall-box"
        role="progressbar"
        aria-label={t('waiting.progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(progress * 100)}
      >
        <Hall progress={progress} />
      </div>
      <SafeStamp>
        <p class="stamp-number">{t('waiting.number', { number: formatCount(number) })}</p>
      </SafeStamp>
    </>
  );
}

/** Why there are more ahead than there were a moment ago. */
function Cause({ standing: { position } }: ScreenProps) {
  if (!position?.cause) return null;
  const words = position.cause === 'restored' ? 'chance.restored' : 'chance.cameBack';
  return (
    <p class="stage-fine" role="status">
      {t(words, { count: position.raisedBy })}
    </p>
  );
}

function waitText(ahead: number, { standing }: ScreenProps): string {
  if (ahead === 0) return t('waiting.next');
  const range = standing.line === null ? null : waitRange(ahead, standing.line);
  const known = range ?? standing.place?.wait ?? null;
  if (known !== null) return rangeText(known);
  const isDoubtful = standing.line?.phase === 'open' && standing.line.ratePerMinute !== null;
  return t(isDoubtful ? 'chance.onReturns' : 'waiting.paceUnknown');
}

function rangeText({ lowSeconds, highSeconds }: WaitRange): string {
  if (highSeconds < 20) return t('waiting.aMoment');
  return t('waiting.about', { span: formatSpanRange(lowSeconds, highSeconds) });
}
