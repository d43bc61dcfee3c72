import type { SaleView } from '@onsale/contracts';
import { t } from '../language/language.ts';

/** "1. Presale": a phase as staff names it. */
export function phaseWords(sale: SaleView, phaseId: string): string {
  const at = sale.phases.findIndex(({ id }) => id === phaseId);
  const phase = sale.phases[at];
  return phase === undefined ? phaseId : t('staff.phaseName', { number: at + 1, kind: phase.kind });
}
