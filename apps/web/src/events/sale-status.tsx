// One line that says what a sale is doing, with its countdown where there is one.
import type { SaleView } from '@onsale/contracts';
import { serverNow } from '../clock/server-clock.ts';
import { useTimeLeft } from '../clock/use-now.ts';
import { formatClock, formatDateTime, t } from '../language/language.ts';
import { windowAt } from '../waiting/waiting-screen.ts';

const DAY_MS = 24 * 3600_000;

export function SaleStatus({ sale, timeZone }: { sale: SaleView; timeZone: string }) {
  const window = windowAt(sale, serverNow());
  const next =
    sale.phase === 'scheduled' ? window?.prequeueOpensAt : sale.phase === 'prequeue' ? window?.opensAt : null;
  const left = useTimeLeft(next ?? null);
  const clock = left !== null && left > 0 && left < DAY_MS ? formatClock(left) : null;
  return (
    <p class={`status status-${sale.phase}`}>
      <span class="status-dot" aria-hidden="true" />
      <span>{statusText(sale.phase, { clock, date: next ? formatDateTime(next, timeZone) : '' })}</span>
    </p>
  );
}

function statusText(phase: SaleView['phase'], { clock, date }: { clock: string | null; date: string }): string {
  switch (phase) {
    case 'scheduled':
      return clock === null ? t('status.scheduledOn', { date }) : t('status.scheduledIn', { clock });
    case 'prequeue':
      return clock === null ? t('status.prequeue') : t('status.opensIn', { clock });
    case 'open':
      return t('status.open');
    case 'paused':
      return t('status.paused');
    case 'sold_out':
      return t('status.soldOut');
    case 'closed':
      return t('status.closed');
  }
}
