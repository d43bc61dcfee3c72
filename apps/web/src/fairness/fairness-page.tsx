// How the order was made, in plain words, and recomputed here in the browser: a fan need not believe us.
import type { FairnessView, PlaceView } from '@onsale/contracts';
import { fanApi } from '../api/fan-api.ts';
import type { Answer } from '../api/request.ts';
import { formatCount, formatDateTime, t } from '../language/language.ts';
import { Heading, Loading, NotFoundPage, UnreachablePage, useTitle } from '../ui/page.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { hasJoined } from '../waiting/joined-marker.ts';
import {
  crowdFollows,
  crowdOf,
  drawOf,
  numberFollows,
  type PublishedDraw,
  placeWasInRoster,
  publicValueWasAwaited,
  recomputedNumber,
  secretIsTheCommitted,
  seedFollows,
  type Verdict,
} from './check-draw.ts';
import '../styles/fairness.css';

type Evidence = {
  readonly fairness: FairnessView;
  readonly draws: readonly PublishedDraw[];
  readonly place: PlaceView | null;
};

export function FairnessPage({ saleId }: { saleId: string }) {
  useTitle(t('fairness.title'));
  const { asked, again } = useAnswer(saleId, () => readEvidence(saleId));
  if (asked.kind === 'loading') return <Loading />;
  if (asked.kind === 'problem') return <NotFoundPage />;
  if (asked.kind === 'unreachable') return <UnreachablePage retry={again} />;
  const { fairness, draws, place } = asked.body;
  return (
    <section class="fairness">
      <header>
        <Heading className="display">{t('fairness.title')}</Heading>
        <p class="lead">{t('fairness.lead')}</p>
      </header>
      {place !== null && <MyNumber draws={draws} place={place} />}
      {draws.map((draw) => (
        <DrawCard key={draw.phaseId} draw={draw} evidence={asked.body} />
      ))}
      {fairness.promises && <Promises promises={fairness.promises} />}
      <p>
        <a href={`/sales/${saleId}`}>{t('fairness.back')}</a>
      </p>
    </section>
  );
}

/** How true what fans were told while they waited turned out to be. */
function Promises({ promises: { waits, chances } }: { promises: NonNullable<FairnessView['promises']> }) {
  const { checked, held, early, late } = waits;
  const said = (['likely', 'uncertain', 'unlikely'] as const).filter((kind) => chances[kind].told > 0);
  return (
    <section class="card" aria-labelledby="promises">
      <h2 id="promises">{t('promises.title')}</h2>
      {checked > 0 && <p>{t('promises.waits', counted({ checked, held, early, late }))}</p>}
      <ul>
        {said.map((kind) => (
          <li key={kind}>{t('promises.chance', { words: t(`chance.${kind}`), ...counted(chances[kind]) })}</li>
        ))}
      </ul>
    </section>
  );
}

function counted(counts: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, formatCount(count)]));
}

async function readEvidence(saleId: string): Promise<Answer<Evidence>> {
  const asked = hasJoined(saleId) ? await fanApi.getPlace(saleId) : null;
  const place = asked?.kind === 'ok' ? asked.body : null;
  const fairness = await fanApi.getFairness(saleId, place?.index);
  if (fairness.kind !== 'ok') return fairness;
  const draws: PublishedDraw[] = [];
  for (const draw of fairness.body.draws) {
    // Places that came in a storm are listed beside the record; most draws have none.
    const asked = draw.crowdedHash === null ? null : await fanApi.getCrowded(saleId, draw.phaseId);
    if (asked !== null && asked.kind !== 'ok') return asked;
    draws.push({ ...draw, groups: asked?.body.groups ?? [] });
  }
  return { ...fairness, body: { fairness: fairness.body, draws, place } };
}

function MyNumber({ draws, place }: { draws: readonly PublishedDraw[]; place: PlaceView }) {
  const number = recomputedNumber(draws, place.index);
  const inDraw = drawOf(draws, place.index) !== null;
  const how = number === null ? 'fairness.mineOpen' : inDraw ? 'fairness.mineDrawn' : 'fairness.mineAfter';
  return (
    <section class="stage fairness-mine">
      <p class="stage-over">{t('fairness.mine')}</p>
      <p class="figure">
        <b class="figure-number">{number === null ? '–' : formatCount(number)}</b>
      </p>
      <p class="stage-text">{t(how, { place: formatCount(place.index + 1) })}</p>
    </section>
  );
}

function DrawCard({ draw, evidence: { fairness, draws, place } }: { draw: PublishedDraw; evidence: Evidence }) {
  const mine = place !== null && drawOf(draws, place.index) === draw;
  const checks = [
    ['secret', secretIsTheCommitted(draw)],
    ['seed', seedFollows(draw, fairness.saleId)],
    ...(draw.publicValueSource === null ? [] : ([['public', publicValueWasAwaited(draw)]] as const)),
    ...(mine ? ([['number', numberFollows(draws, place)]] as const) : []),
    ...(mine && fairness.inclusion ? ([['roster', placeWasInRoster(draw, fairness.inclusion)]] as const) : []),
  ] as const;
  return (
    <section class="card" aria-label={t('fairness.draw')}>
      <h2>{t(draw.seed === null ? 'fairness.drawToCome' : 'fairness.drawHeld', { count: draw.size ?? 0 })}</h2>
      <ol class="checks">
        {checks.map(([name, verdict]) => (
          <Check key={name} title={t(`fairness.${name}`)} text={t(`fairness.${name}Text`)} verdict={verdict} />
        ))}
        <CrowdCheck draw={draw} index={mine ? place.index : null} />
      </ol>
      <Published draw={draw} />
    </section>
  );
}

function Check({ title, text, verdict }: { title: string; text: string; verdict: Verdict }) {
  return (
    <li class={`check check-${verdict}`}>
      <span class="check-sign" aria-hidden="true" />
      <div>
        <p>
          <b>{title}</b> <span class="check-verdict">{t(`fairness.${verdict}`)}</span>
        </p>
        <p class="soft">{text}</p>
      </div>
    </li>
  );
}

/** Only where there was a storm: whom it put behind, and whether the fan's own place came in it. */
function CrowdCheck({ draw, index }: { draw: PublishedDraw; index: number | null }) {
  const crowd = crowdOf(draw, index);
  if (crowd === null) return null;
  const { mine, ...all } = crowd;
  return (
    <Check
      title={t('fairness.crowd')}
      text={`${t('fairness.crowdText', all)}${mine === null ? '' : ` ${t('fairness.crowdMine', mine)}`}`}
      verdict={crowdFollows(draw)}
    />
  );
}

function Published({ draw }: { draw: PublishedDraw }) {
  const rows = [
    ['rule', draw.rule],
    ['commitment', draw.commitment],
    ...(draw.publicValueSource === null
      ? []
      : ([
          ['source', draw.publicValueSource],
          ['public', draw.publicValue],
        ] as const)),
    ['root', draw.root],
    ['secret', draw.secret],
    ['seedValue', draw.seed],
  ] as const;
  return (
    <details class="published">
      <summary>{t('fairness.published')}</summary>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`fairness.value_${name}`)}</dt>
            <dd>{value === null ? t('fairness.notYet') : <code>{value}</code>}</dd>
          </div>
        ))}
        {draw.frozenAt && (
          <div>
            <dt>{t('fairness.value_frozen')}</dt>
            <dd>{formatDateTime(draw.frozenAt)}</dd>
          </div>
        )}
      </dl>
    </details>
  );
}
