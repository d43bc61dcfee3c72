// What an organizer decides of a sale: name, performances, phases with their times and codes, limits, pace.
import type { EventView, SaleDraftBody } from '@onsale/contracts';
import { formatDateTime, t } from '../../language/language.ts';
import { ChoiceField, CountField, TextField, TimeField } from '../form/fields.tsx';
import { Switch } from '../form/settings.tsx';
import { ownTimeZone, toLocalField, toTimestamp } from '../form/times.ts';
import { codesOf, freePerformances, newPhase, withCodes, withoutPhase } from './new-plan.ts';

type Change = (part: Partial<SaleDraftBody>) => void;
type Props = { event: EventView; plan: SaleDraftBody; change: Change };

export function DraftFields({ event, plan, change }: Props) {
  return (
    <>
      <TextField label={t('staff.draftName')} value={plan.name ?? ''} onChange={(name) => change({ name })} required />
      <PerformanceChoice event={event} plan={plan} change={change} />
      {plan.phases.map((_, number) => (
        <PhaseFields key={number} number={number} event={event} plan={plan} change={change} />
      ))}
      <button type="button" class="button" onClick={() => change({ phases: [...plan.phases, nextPhase(plan)] })}>
        {t('staff.draftPhaseMore')}
      </button>
      <LimitFields plan={plan} change={change} />
    </>
  );
}

function nextPhase({ phases }: SaleDraftBody) {
  const last = phases.at(-1);
  const from = last === undefined ? Date.now() : Date.parse(last.closesAt);
  return newPhase(from, Number.POSITIVE_INFINITY);
}

function PerformanceChoice({ event, plan, change }: Props) {
  const chosen = new Set<string>(plan.performanceIds);
  const offered = [...freePerformances(event), ...event.performances.filter(({ id }) => chosen.has(id))];
  const all = [...new Map(offered.map((one) => [one.id, one])).values()];
  return (
    <fieldset class="choices">
      <legend>{t('staff.draftPerformances')}</legend>
      {all.map(({ id, name, startsAt }) => (
        <Switch
          key={id}
          label={`${name}, ${formatDateTime(startsAt, event.venue.timeZone)}`}
          on={chosen.has(id)}
          onChange={(on) =>
            change({
              performanceIds: on ? [...plan.performanceIds, id] : plan.performanceIds.filter((one) => one !== id),
            })
          }
        />
      ))}
    </fieldset>
  );
}

const TIMES = [
  ['prequeueOpensAt', 'staff.draftPrequeue'],
  ['opensAt', 'staff.draftOpens'],
  ['closesAt', 'staff.draftCloses'],
] as const;
const CODES_MAX = 100_000;

function PhaseFields({ number, event, plan, change }: Props & { number: number }) {
  const phase = plan.phases[number];
  if (phase === undefined) return null;
  const put = (part: Partial<typeof phase>) =>
    change({ phases: plan.phases.map((one, i) => (i === number ? { ...one, ...part } : one)) });
  return (
    <fieldset class="seat-range phase-fields">
      <legend>{t('staff.draftPhase', { number: number + 1 })}</legend>
      <ChoiceField
        label={t('staff.draftKind')}
        value={phase.kind}
        onChange={(kind) => put({ kind: kind as typeof phase.kind })}
        choices={[
          ['presale', t('staff.draftPresale')],
          ['general', t('staff.draftGeneral')],
        ]}
      />
      {TIMES.map(([name, words]) => (
        <TimeField
          key={name}
          label={t(words)}
          hint={hintOf(phase[name], event.venue.timeZone)}
          value={toLocalField(phase[name])}
          onChange={(local) => put({ [name]: toTimestamp(local) ?? phase[name] })}
        />
      ))}
      <Switch label={t('staff.draftNeedsCode')} on={phase.needsCode} onChange={(needsCode) => put({ needsCode })} />
      {phase.needsCode && (
        <CountField
          label={t('staff.draftCodes')}
          value={codesOf(plan, number)}
          onChange={(count) => change({ codeSets: withCodes(plan, number, count) })}
          least={0}
          most={CODES_MAX}
        />
      )}
      {plan.phases.length > 1 && (
        <button type="button" class="link" onClick={() => change(withoutPhase(plan, number))}>
          {t('staff.draftPhaseLess', { number: number + 1 })}
        </button>
      )}
    </fieldset>
  );
}

/** Who sits in the zone of the venue needs to hear of no other. */
function hintOf(at: string, venueZone: string): string {
  if (venueZone === ownTimeZone()) return t('staff.zone', { zone: venueZone });
  return t('staff.draftAtVenue', { time: formatDateTime(at, venueZone) });
}

function LimitFields({ plan, change }: Omit<Props, 'event'>) {
  const { limits, admission, holdSeconds = 600, callWindowSeconds = 300 } = plan;
  if (limits === undefined || admission === undefined) return null;
  const limit = (part: Partial<typeof limits>) => change({ limits: { ...limits, ...part } });
  const pace = (part: Partial<typeof admission>) => change({ admission: { ...admission, ...part } });
  const hold = (minutes: number) => {
    const seconds = minutes * 60;
    change({ holdSeconds: seconds, passSeconds: Math.max(plan.passSeconds ?? 0, 2 * seconds) });
  };
  return (
    <fieldset class="seat-range">
      <legend>{t('staff.draftLimits')}</legend>
      <CountField
        label={t('staff.draftPerBooking')}
        value={limits.seatsPerBooking}
        onChange={(seatsPerBooking) => limit({ seatsPerBooking })}
        most={20}
      />
      <CountField
        label={t('staff.draftPerFan')}
        value={limits.seatsPerFan}
        onChange={(seatsPerFan) => limit({ seatsPerFan })}
        most={100}
      />
      <CountField label={t('staff.draftHold')} value={holdSeconds / 60} onChange={hold} most={60} />
      <CountField
        label={t('staff.draftCall')}
        value={callWindowSeconds / 60}
        onChange={(minutes) => change({ callWindowSeconds: minutes * 60 })}
        most={60}
      />
      <CountField
        label={t('staff.draftRate')}
        value={admission.ratePerMinute}
        onChange={(ratePerMinute) => pace({ ratePerMinute })}
        least={0}
        most={600_000}
      />
      <CountField
        label={t('staff.draftActive')}
        value={admission.maxActive}
        onChange={(maxActive) => pace({ maxActive })}
        least={0}
        most={1_000_000}
      />
    </fieldset>
  );
}
