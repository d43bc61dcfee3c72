// A seat in the words of the fan's language: section, row and number from the plan. What the server calls it stands in
// where the plan is not known, and for admission without numbered seats.
import type { PerformanceView } from '@onsale/contracts';
import { t } from '../language/language.ts';

type Seat = { readonly seatId: string | null; readonly label: string };

export function seatWords(performance: Pick<PerformanceView, 'plan'> | undefined, { seatId, label }: Seat): string {
  if (seatId === null) return label;
  for (const section of performance?.plan?.sections ?? []) {
    for (const row of section.rows) {
      const seat = row.seats.find(({ id }) => id === seatId);
      if (seat !== undefined) return t('seats.label', { section: section.name, row: row.label, label: seat.label });
    }
  }
  return label;
}
