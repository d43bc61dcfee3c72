// In which phases codes are good, and until when.
import type { NewCodeSet, SaleView } from '@onsale/contracts';
import { t } from '../../language/language.ts';
import { TimeField } from '../form/fields.tsx';
import { ownTimeZone, toTimestamp } from '../form/times.ts';
import type { Acting } from '../form/use-act.tsx';
import { phaseWords } from '../phase-words.ts';

export type ValidityWish = {
  /** None for all. */
  readonly phaseIds: readonly string[];
  readonly until: string;
};

export const validityBody = ({ phaseIds, until }: ValidityWish): Pick<NewCodeSet, 'phaseIds' | 'expiresAt'> => ({
  phaseIds: [...phaseIds] as NewCodeSet['phaseIds'],
  expiresAt: toTimestamp(until),
});

type Props = { sale: SaleView; wish: ValidityWish; onChange: (wish: ValidityWish) => void; acting: Acting };

export function Validity({ sale, wish, onChange, acting }: Props) {
  const turn = (id: string, on: boolean) =>
    onChange({ ...wish, phaseIds: on ? [...wish.phaseIds, id] : wish.phaseIds.filter((other) => other !== id) });
  return (
    <>
      {sale.phases.length > 1 && (
        <fieldset class="choices">
          <legend>{t('staff.phasesOnly')}</legend>
          {sale.phases.map(({ id }) => (
            <label key={id} class="switch">
              <input
                type="checkbox"
                checked={wish.phaseIds.includes(id)}
                onChange={(event) => turn(id, event.currentTarget.checked)}
              />
              <span>{phaseWords(sale, id)}</span>
            </label>
          ))}
        </fieldset>
      )}
      <TimeField
        label={t('staff.codesUntil')}
        hint={t('staff.zone', { zone: ownTimeZone() })}
        value={wish.until}
        onChange={(until) => onChange({ ...wish, until })}
        problem={acting.problemOf('expiresAt')}
      />
    </>
  );
}
