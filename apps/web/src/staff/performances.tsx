// The performances of a sale, one of them chosen, with its plan and prices as they are now.
import type { EventView, PerformanceView, SaleView } from '@onsale/contracts';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { formatDateTime, t } from '../language/language.ts';
import { Loading, UnreachablePage } from '../ui/page.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { ChoiceField } from './form/fields.tsx';

export type OfSale = { readonly event: EventView; readonly sale: SaleView };
type Props = OfSale & { children: (performance: PerformanceView, again: () => void) => ComponentChildren };

/** Draws its children for the performance that is chosen. */
export function WithPerformance({ event, sale, children }: Props) {
  const known = event.performances.filter(({ id }) => sale.performanceIds.includes(id));
  const [chosen, setChosen] = useState(known[0]?.id ?? '');
  const { asked, again } = useAnswer(`performance ${chosen}`, () => fanApi.getPerformance(chosen));
  if (asked.kind === 'loading') return <Loading />;
  if (asked.kind !== 'ok') return <UnreachablePage retry={again} />;
  return (
    <>
      {known.length > 1 && (
        <ChoiceField
          label={t('staff.performance')}
          value={chosen}
          onChange={(id) => setChosen(id as typeof chosen)}
          choices={known.map(({ id, name, startsAt }) => [
            id,
            `${name}, ${formatDateTime(startsAt, event.venue.timeZone)}`,
          ])}
        />
      )}
      {asked.body.id === chosen ? <div key={chosen}>{children(asked.body, again)}</div> : <Loading />}
    </>
  );
}
