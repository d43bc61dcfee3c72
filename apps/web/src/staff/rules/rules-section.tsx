// Prices and the rules of a booking, changed while the sale runs; and the limits of the sale, which stand.
import type { PerformanceChange, PerformanceView, SaleView } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { organizerApi } from '../../api/organizer-api.ts';
import { formatDateTime, formatSpan, t } from '../../language/language.ts';
import { CountField, TimeField } from '../form/fields.tsx';
import { Switch } from '../form/settings.tsx';
import { ownTimeZone, toLocalField, toTimestamp } from '../form/times.ts';
import { Told, useAct } from '../form/use-act.tsx';
import { type OfSale, WithPerformance } from '../performances.tsx';
import { useSession } from '../staff-session.ts';
import { MoneyField } from './money-field.tsx';
import { amountOf, moneyText } from './money-text.ts';

export function RulesSection(props: OfSale) {
  return (
    <div class="console-part">
      <Limits sale={props.sale} />
      <WithPerformance {...props}>
        {(performance, again) => <Rules key={performance.version} performance={performance} changed={again} />}
      </WithPerformance>
    </div>
  );
}

function Limits({ sale }: { sale: SaleView }) {
  const { limits, holdSeconds, callWindowSeconds, identity, phases } = sale;
  const rows = [
    [t('staff.limit_booking'), limits.seatsPerBooking],
    [t('staff.limit_fan'), limits.seatsPerFan],
    [t('staff.limit_email'), limits.seatsPerEmail ?? '–'],
    [t('staff.limit_code'), limits.seatsPerCode ?? '–'],
    [t('staff.limit_hold'), formatSpan(holdSeconds)],
    [t('staff.limit_call'), formatSpan(callWindowSeconds)],
    [t('staff.limit_identity'), t(`staff.identity_${identity}`)],
  ] as const;
  return (
    <section class="card" aria-labelledby="limits">
      <h2 id="limits">{t('staff.limits')}</h2>
      <dl class="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {phases.map(({ id, kind, opensAt, closesAt, seatsPerFan }, i) => (
          <div key={id}>
            <dt>{t('staff.phaseName', { number: i + 1, kind })}</dt>
            <dd>
              {formatDateTime(opensAt)} – {formatDateTime(closesAt)}
              {seatsPerFan !== undefined && `, ${t('staff.limit_phase', { count: seatsPerFan })}`}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type Draft = {
  readonly prices: Readonly<Record<string, string>>;
  readonly rules: Omit<PerformanceView['rules'], 'accessible'>;
  readonly accessible: {
    readonly until: string;
    readonly whenRestSoldOut: boolean;
    readonly companionsPerSeat: number;
  };
};

function draftOf({ categories, rules }: PerformanceView): Draft {
  const { accessible, ...others } = rules;
  return {
    prices: Object.fromEntries(categories.map(({ id, price }) => [id, moneyText(price)])),
    rules: others,
    accessible: { ...accessible, until: toLocalField(accessible.releaseAt) },
  };
}

function Rules({ performance, changed }: { performance: PerformanceView; changed: () => void }) {
  const session = useSession();
  const acting = useAct();
  const [draft, setDraft] = useState(() => draftOf(performance));
  const mayChange = session.mayUse('changePerformance');
  const change = changeOf(performance, draft);
  const save = async (event: Event) => {
    event.preventDefault();
    if (change === null) return;
    const body = { version: performance.version, ...change };
    const answer = await acting.act(() => organizerApi.changePerformance(session, performance.id, body));
    if (answer !== undefined) changed();
  };
  return (
    <form class="console-part" onSubmit={save}>
      <fieldset class="card" disabled={!mayChange}>
        <legend>{t('staff.prices')}</legend>
        {performance.categories.map((category) => (
          <MoneyField
            key={category.id}
            label={category.name}
            currency={category.price.currency}
            value={draft.prices[category.id] ?? ''}
            onChange={(text) => setDraft({ ...draft, prices: { ...draft.prices, [category.id]: text } })}
          />
        ))}
        <p class="soft">{t('staff.pricesHint')}</p>
      </fieldset>
      <fieldset class="card" disabled={!mayChange}>
        <legend>{t('staff.rules')}</legend>
        {(['noSingles', 'adjacentOnly', 'mixedBookings'] as const).map((name) => (
          <Switch
            key={name}
            label={t(`staff.rule_${name}`)}
            on={draft.rules[name]}
            onChange={(on) => setDraft({ ...draft, rules: { ...draft.rules, [name]: on } })}
          />
        ))}
      </fieldset>
      <AccessibleRules
        value={draft.accessible}
        onChange={(accessible) => setDraft({ ...draft, accessible })}
        isFixed={!mayChange}
        problem={acting.problemOf('rules.accessible')}
      />
      {mayChange && (
        <div class="actions">
          <button type="submit" class="button primary" disabled={acting.busy || change === null}>
            {t('staff.save')}
          </button>
        </div>
      )}
      <Told {...acting} />
    </form>
  );
}

type AccessibleProps = {
  value: Draft['accessible'];
  onChange: (value: Draft['accessible']) => void;
  isFixed: boolean;
  problem: string | undefined;
};

function AccessibleRules({ value, onChange, isFixed, problem }: AccessibleProps) {
  return (
    <fieldset class="card" disabled={isFixed}>
      <legend>{t('staff.accessible')}</legend>
      <Switch
        label={t('staff.rule_whenRestSoldOut')}
        on={value.whenRestSoldOut}
        onChange={(whenRestSoldOut) => onChange({ ...value, whenRestSoldOut })}
      />
      <CountField
        label={t('staff.rule_companions')}
        value={value.companionsPerSeat}
        onChange={(companionsPerSeat) => onChange({ ...value, companionsPerSeat })}
        least={0}
        most={4}
      />
      <TimeField
        label={t('staff.rule_releaseAt')}
        hint={t('staff.zone', { zone: ownTimeZone() })}
        value={value.until}
        onChange={(until) => onChange({ ...value, until })}
        problem={problem}
      />
    </fieldset>
  );
}

/** What is another than before; null while nothing is, or something is no number. */
function changeOf(performance: PerformanceView, { prices, rules, accessible }: Draft): PerformanceChange | null {
  const before = draftOf(performance);
  const changed: NonNullable<PerformanceChange['prices']> = [];
  for (const { id, price } of performance.categories) {
    if (prices[id] === before.prices[id]) continue;
    const amount = amountOf(prices[id] ?? '', price.currency);
    if (amount === null) return null;
    changed.push({ categoryId: id, price: { amount, currency: price.currency } });
  }
  if (!Number.isInteger(accessible.companionsPerSeat)) return null;
  const { until, ...others } = accessible;
  const wished = { ...rules, accessible: { ...others, releaseAt: toTimestamp(until) } };
  const rulesDiffer =
    JSON.stringify({ rules, accessible }) !== JSON.stringify({ rules: before.rules, accessible: before.accessible });
  if (changed.length === 0 && !rulesDiffer) return null;
  return { ...(changed.length > 0 && { prices: changed }), ...(rulesDiffer && { rules: wished }) };
}
