// A field for a price; what is none is said at once.
import { t } from '../../language/language.ts';
import { TextField } from '../form/fields.tsx';
import { amountOf } from './money-text.ts';

type Props = { label: string; currency: string; value: string; onChange: (value: string) => void };

export function MoneyField({ label, currency, value, onChange }: Props) {
  const problem = amountOf(value, currency) === null ? t('staff.noPrice') : undefined;
  return (
    <TextField label={`${label} (${currency})`} value={value} onChange={onChange} maxLength={14} problem={problem} />
  );
}
