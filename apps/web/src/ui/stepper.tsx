// A number chosen with two buttons: large enough for a thumb, told to a screen reader as it changes.
import { t } from '../language/language.ts';

type Props = { label: string; value: number; least: number; most: number; onChange: (value: number) => void };

export function Stepper({ label, value, least, most, onChange }: Props) {
  return (
    <fieldset class="stepper" aria-label={label}>
      <button
        type="button"
        aria-label={t('stepper.fewer')}
        disabled={value <= least}
        onClick={() => onChange(value - 1)}
      >
        −
      </button>
      <output aria-live="polite">{value}</output>
      <button type="button" aria-label={t('stepper.more')} disabled={value >= most} onClick={() => onChange(value + 1)}>
        +
      </button>
    </fieldset>
  );
}
