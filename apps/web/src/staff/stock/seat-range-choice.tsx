// Seats of one row, from one to another: four lists that a keyboard goes through quickly.
import type { PerformanceView } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { ChoiceField } from '../form/fields.tsx';
import { type SeatRange, seatsBetween } from './seat-range.ts';

type Props = { plan: NonNullable<PerformanceView['plan']>; onAdd: (range: SeatRange) => void };

export function SeatRangeChoice({ plan, onAdd }: Props) {
  const [sectionId, setSection] = useState(plan.sections[0]?.id ?? '');
  const section = plan.sections.find(({ id }) => id === sectionId);
  const [rowId, setRow] = useState(section?.rows[0]?.id ?? '');
  const row = section?.rows.find(({ id }) => id === rowId) ?? section?.rows[0];
  const [ends, setEnds] = useState<{ from: string; to: string }>({ from: '', to: '' });
  if (section === undefined || row === undefined) return null;
  const seats = row.seats.map(({ id, label }) => [id as string, label] as const);
  const first = seats[0]?.[0] ?? '';
  const from = seats.some(([id]) => id === ends.from) ? ends.from : first;
  const to = seats.some(([id]) => id === ends.to) ? ends.to : from;
  const chosen = seatsBetween(row, from, to);
  const labelOf = (seatId: string) => seats.find(([id]) => id === seatId)?.[1] ?? '';
  const words = t('staff.seatsOf', {
    count: chosen.length,
    section: section.name,
    row: row.label,
    from: labelOf(from),
    to: labelOf(to),
  });
  return (
    <fieldset class="seat-range">
      <legend>{t('staff.seatsByName')}</legend>
      <ChoiceField
        label={t('staff.section')}
        value={section.id}
        onChange={setSection}
        choices={plan.sections.map(({ id, name }) => [id, name])}
      />
      <ChoiceField
        label={t('staff.row')}
        value={row.id}
        onChange={setRow}
        choices={section.rows.map(({ id, label }) => [id, label])}
      />
      <ChoiceField
        label={t('staff.seatFrom')}
        value={from}
        onChange={(id) => setEnds({ from: id, to: id })}
        choices={seats}
      />
      <ChoiceField label={t('staff.seatTo')} value={to} onChange={(id) => setEnds({ from, to: id })} choices={seats} />
      <button type="button" class="button" onClick={() => onAdd({ words, seatIds: chosen })}>
        {t('staff.seatsAdd', { count: chosen.length })}
      </button>
    </fieldset>
  );
}
