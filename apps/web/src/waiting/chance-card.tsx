// The chance of a ticket, with the figures it was computed from here in the browser.
import { chanceOfTicket } from '@onsale/domain';
import { formatCount, t } from '../language/language.ts';
import type { ScreenProps } from './waiting-page.tsx';

export function ChanceCard({ standing: { line }, ahead }: ScreenProps & { ahead: number }) {
  if (line?.seats === undefined || line.phase === 'sold_out' || line.phase === 'closed') return null;
  const chance = chanceOfTicket({ ...line, seats: line.seats }, { ahead });
  const { kind, free, held, fansBefore, seatsBefore } = chance;
  const figures = { free, held, before: fansBefore, taken: seatsBefore };
  return (
    <section class={`card chance chance-${kind}${kind === 'likely' ? '' : ' card-warm'}`}>
      <h2>{t(`chance.${kind}`)}</h2>
      <p class="soft">
        {t(
          'chance.figures',
          Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, formatCount(value)])),
        )}
      </p>
    </section>
  );
}
