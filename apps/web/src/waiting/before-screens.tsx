// Before the line moves: the sale is announced, one may join, one has joined, the draw is held.
import type { Problem } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { currentLocale, formatClock, formatDateTime, formatSpan, t } from '../language/language.ts';
import { useAddress } from '../routing/location.ts';
import { LeaveRow, NoticeCard, SafeCard, StepsCard } from './cards.tsx';
import { DoorPart, useSecrets } from './door-part.tsx';
import { Hall } from './hall.tsx';
import { MeanwhileCard } from './meanwhile-card.tsx';
import { MoveRow } from './move-row.tsx';
import { PriceCard } from './price-card.tsx';
import { nameOf, SafeStamp, Stage, zoneOf } from './stage.tsx';
import type { ScreenProps } from './waiting-page.tsx';
import { opening, phaseOf, windowAt } from './waiting-screen.ts';
import { WishRow } from './wish-row.tsx';

export function ScheduledScreen(props: ScreenProps) {
  const { standing, now } = props;
  const window = windowAt(standing.sale, now);
  if (window === null) return <Stage over={nameOf(props)} title={t('scheduled.title')} />;
  return (
    <>
      <Stage over={nameOf(props)} title={t('scheduled.title')} stub={<Hall progress={null} />}>
        <Countdown untilMs={Date.parse(window.prequeueOpensAt)} now={now} label={t('scheduled.until')} />
        <p class="stage-text">{t('scheduled.text', { date: formatDateTime(window.opensAt, zoneOf(props)) })}</p>
      </Stage>
      <div class="cards">
        <NoticeCard {...props} />
        <div class="cards-main">
          <PriceCard {...props} />
        </div>
        <div class="cards-side">
          <StepsCard at="prequeue" />
        </div>
      </div>
    </>
  );
}

export function LobbyScreen(props: ScreenProps) {
  const { standing, now } = props;
  const phase = phaseOf(standing);
  const early = phase === 'prequeue' || phase === 'scheduled' || now < opening(standing.sale, now);
  return (
    <>
      <Stage
        over={nameOf(props)}
        title={t(early ? 'lobby.titlePrequeue' : 'lobby.titleOpen')}
        stub={<Hall progress={null} />}
      >
        {early && <Countdown untilMs={opening(standing.sale, now)} now={now} label={t('prequeue.until')} />}
        <p class="stage-text">{t(early ? 'event.prequeueHow' : 'event.openHow')}</p>
        <JoinForm {...props} />
      </Stage>
      <div class="cards">
        <NoticeCard {...props} />
        <div class="cards-main">
          <PriceCard {...props} />
        </div>
        <div class="cards-side">
          <StepsCard at={early ? 'prequeue' : 'waiting'} />
        </div>
      </div>
    </>
  );
}

function JoinForm(props: ScreenProps) {
  const { standing, follower, now } = props;
  const { values, forget } = useSecrets();
  const [busy, setBusy] = useState<'joining' | 'stormWait' | null>(null);
  const refused = useAddress().query.get('problem'); // of a form sent without scripts
  const [problem, setProblem] = useState<Pick<Problem, 'code' | 'fields'> | null>(
    refused === null ? null : { code: refused as Problem['code'] },
  );
  const [typed, setCode] = useState<string | null>(null);
  const linked = values?.get('code') ?? null;
  const code = typed ?? linked ?? '';
  const join = async (event: Event) => {
    event.preventDefault();
    setBusy('joining');
    setProblem(null);
    const accessCode = code.trim();
    const body = { locale: currentLocale(), ...(accessCode && { accessCode }) };
    const answer = await follower.join(body, () => setBusy('stormWait'));
    setProblem(answer.kind === 'problem' ? answer.problem : null);
    setBusy(null);
  };
  const secret = secretOf(values);
  const asks = asksFor(problem);
  if (secret !== null || asks !== null) {
    return <DoorPart {...props} secret={secret} asks={asks} accessCode={code.trim()} done={forget} />;
  }
  return (
    <form class="join" method="post" action={`/sales/${standing.sale.id}/join`} onSubmit={join}>
      {(windowAt(standing.sale, now)?.needsCode || linked !== null) && (
        <label class="field">
          <span>{t('lobby.code')}</span>
          <input
            name="accessCode"
            value={code}
            onInput={(event) => setCode(event.currentTarget.value)}
            autocomplete="one-time-code"
            autocapitalize="characters"
            required
            maxLength={64}
          />
        </label>
      )}
      <button type="submit" class="button glow big" disabled={busy !== null} aria-describedby="join-problem">
        {t(busy === null ? 'lobby.join' : 'lobby.joining')}
      </button>
      <p class="stage-fine" role="status">
        {busy === 'stormWait' && t('lobby.stormWait')}
      </p>
      <p id="join-problem" class="problem" role="alert">
        {problem && t(joinProblemWords(problem.code))}
        {problem?.code === 'challenge_required' && <span class="plain-only"> {t('lobby.stormPlain')}</span>}
      </p>
    </form>
  );
}

function secretOf(values: URLSearchParams | null) {
  const [identity, bypass] = [values?.get('identity'), values?.get('bypass')];
  if (bypass) return { kind: 'bypass', value: bypass } as const;
  return identity ? ({ kind: 'identity', value: identity } as const) : null;
}

function asksFor(problem: Pick<Problem, 'code' | 'fields'> | null): 'mailbox' | 'address' | null {
  if (problem?.code === 'identity_required') return 'mailbox';
  return problem?.fields?.some(({ field }) => field === 'email') ? 'address' : null;
}

function joinProblemWords(code: Problem['code']) {
  if (code === 'code_invalid') return 'lobby.codeInvalid';
  if (code === 'challenge_required' || code === 'too_many_requests') return 'lobby.storm';
  return code === 'code_used' ? 'lobby.codeUsed' : 'lobby.notNow';
}

export function PrequeueScreen(props: ScreenProps) {
  const { standing, now } = props;
  const joined = standing.line?.joined ?? 0;
  return (
    <>
      <Stage over={nameOf(props)} title={t('prequeue.title')} stub={<DrawStub joined={joined} />}>
        <Countdown untilMs={opening(standing.sale, now)} now={now} label={t('prequeue.until')} />
        <p class="stage-text">{t('prequeue.text')}</p>
      </Stage>
      <div class="cards">
        <NoticeCard {...props} />
        <div class="cards-main">
          <MeanwhileCard>
            <WishRow {...props} />
            <MoveRow {...props} />
            <LeaveRow {...props} />
          </MeanwhileCard>
          <PriceCard {...props} />
        </div>
        <div class="cards-side">
          <SafeCard {...props} />
          <StepsCard at="prequeue" />
        </div>
      </div>
    </>
  );
}

function DrawStub({ joined }: { joined: number }) {
  return (
    <>
      <Hall progress={null} />
      <SafeStamp>{joined > 1 && <p class="stamp-number">{t('prequeue.joined', { count: joined })}</p>}</SafeStamp>
    </>
  );
}

export function DrawingScreen(props: ScreenProps) {
  return (
    <>
      <Stage over={nameOf(props)} title={t('drawing.title')} stub={<DrawStub joined={0} />}>
        <p class="stage-text">{t('drawing.text')}</p>
      </Stage>
      <div class="cards">
        <SafeCard {...props} />
      </div>
    </>
  );
}

/** Nobody counts the hours of a month: from two days on it is told in days. */
const IN_DAYS_FROM_MS = 48 * 3600_000;

function Countdown({ untilMs, now, label }: { untilMs: number; now: number; label: string }) {
  const left = untilMs - now;
  const told = left >= IN_DAYS_FROM_MS ? formatSpan(left / 1000) : formatClock(left);
  return (
    <p class="figure" role="timer" aria-label={`${label} ${told}`}>
      <span class="figure-label">{label}</span>
      <b class="figure-number clock">{told}</b>
    </p>
  );
}
