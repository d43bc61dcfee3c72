// The chance of a ticket, with the figures it was computed from here in the browser.
import { chanceOfTicket } from '@onsale/domain';
import { t } from '../language/language.ts';
import type { ScreenProps } from './waiting-page.tsx';

export function ChanceCard({ standing: { line }, ahead }: ScreenProps & { ahead: number }) {
  if (line?.seats === undefined || line.phase === 'sold_out' || line.phase === 'closed') return null;
  const chance = chanceOfTicket({ ...line, seats: line.seats }, { ahead });
  const { kind, free, held, fansBefore, seatsBefore } = chance;
  return (
    <section class={`card chance chance-${kind}${kind === 'likely' ? '' : ' card-warm'}`}>
      <h2>{t(`chance.${kind}`)}</h2>
      <ChanceBar total={free + held} before={seatsBefore} />
      <p class="soft">{t('chance.figures', { free, held, before: fansBefore, taken: seatsBefore })}</p>
    </section>
  );
}

/** How far those before may empty the house: what is left to the right of one's own dot is what one chooses from. */
function ChanceBar({ total, before }: { total: number; before: number }) {
  const share = total === 0 ? 100 : Math.min(100, (before / total) * 100);
  return (
    <svg class="chance-bar" height="16" aria-hidden="true">
      <rect class="chance-free" y="5" width="100%" height="6" rx="3" />
      <rect class="chance-before" y="5" width={`${share}%`} height="6" rx="3" />
      <circle class="chance-me" cx={`${Math.min(97, Math.max(3, share))}%`} cy="8" r="7" />
    </svg>
  );
}
