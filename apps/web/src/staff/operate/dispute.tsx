// Another operator was quicker: both values, and the choice which of them stands.
import { useEffect, useRef } from 'preact/hooks';
import { formatCount, t } from '../../language/language.ts';
import type { Clash } from './two-hands.ts';
import type { Admission } from './use-admission.ts';

export function Dispute({ dispute }: { dispute: NonNullable<Admission['dispute']> }) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <section class="card card-warm" role="alertdialog" aria-labelledby="dispute" aria-describedby="dispute-text">
      <h2 id="dispute">{t('ops.dispute')}</h2>
      <ul id="dispute-text">
        {dispute.clashes.map((clash) => (
          <li key={clash.name}>{clashWords(clash)}</li>
        ))}
      </ul>
      <div class="actions">
        <button type="button" class="button primary" ref={first} onClick={dispute.giveWay}>
          {t('ops.disputeTheirs')}
        </button>
        <button type="button" class="button" onClick={() => void dispute.insist()}>
          {t('ops.disputeMine')}
        </button>
      </div>
    </section>
  );
}

function clashWords({ name, seen, theirs, mine }: Clash): string {
  return t('ops.disputeOf', {
    name: settingWords(name),
    seen: valueWords(seen),
    theirs: valueWords(theirs),
    mine: valueWords(mine),
  });
}

function settingWords(name: Clash['name']): string {
  const known = {
    ratePerMinute: t('staff.rate'),
    maxActive: t('staff.maxActive'),
    delayTargetMs: t('staff.delayTarget'),
    autoSlow: t('staff.autoSlow'),
    stockAware: t('staff.stockAware'),
    noShowCompensation: t('staff.noShowCompensation'),
    mode: t('ops.setting_mode'),
    floor: t('ops.setting_floor'),
    ceiling: t('ops.setting_ceiling'),
  } as const;
  return known[name];
}

function valueWords(value: Clash['mine']): string {
  if (typeof value === 'number') return formatCount(value);
  if (typeof value === 'boolean') return t(value ? 'ops.on' : 'ops.off');
  return value ?? '–';
}
