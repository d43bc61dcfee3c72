// Keeps stock back: which seats or how many of which price, for nobody or for an audience, until when.
import type { NewBlock } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { organizerApi } from '../../api/organizer-api.ts';
import { t } from '../../language/language.ts';
import { ChoiceField, CountField, TextField, TimeField } from '../form/fields.tsx';
import { ownTimeZone, toTimestamp } from '../form/times.ts';
import { Told, useAct } from '../form/use-act.tsx';
import { useSession } from '../staff-session.ts';
import { AudienceChoice, type AudienceWish, audienceBody } from './audience-choice.tsx';
import type { SeatRange } from './seat-range.ts';
import { SeatRangeChoice } from './seat-range-choice.tsx';
import type { StockContext } from './stock-section.tsx';

type Item = { readonly words: string; readonly stock: NewBlock['items'][number] };
const QUANTITY_MAX = 1_000_000;
const emptyWish = () => ({ label: '', items: [] as Item[], until: '', key: crypto.randomUUID() });

export function NewBlockForm({ made, ...context }: StockContext & { made: () => void }) {
  const session = useSession();
  const acting = useAct();
  const [wish, setWish] = useState(emptyWish);
  const [audience, setAudience] = useState<AudienceWish>({ kind: 'nobody', name: '' });
  const { performance } = context;
  const change = (part: Partial<typeof wish>) => setWish({ ...wish, ...part });
  const add = (item: Item) => change({ items: [...wish.items, item] });
  const addSeats = ({ words, seatIds }: SeatRange) => add({ words, stock: { seatIds: [...seatIds] } });
  const keep = async (event: Event) => {
    event.preventDefault();
    const body = {
      key: wish.key,
      label: wish.label.trim(),
      items: wish.items.map(({ stock }) => stock),
      audience: audienceBody(audience),
      releaseAt: toTimestamp(wish.until),
    };
    const done = t('staff.blockAsked', { label: body.label });
    if ((await acting.act(() => organizerApi.createBlock(session, performance.id, body), done)) === undefined) return;
    setWish(emptyWish());
    made();
  };
  return (
    <section class="card" aria-labelledby="new-block">
      <h2 id="new-block">{t('staff.blockNew')}</h2>
      <form class="fields" onSubmit={keep}>
        <TextField
          label={t('staff.blockLabel')}
          value={wish.label}
          onChange={(label) => change({ label })}
          required
          problem={acting.problemOf('label')}
        />
        <QuantityChoice {...context} onAdd={add} />
        {performance.plan !== null && <SeatRangeChoice plan={performance.plan} onAdd={addSeats} />}
        <ItemList items={wish.items} onTakeAway={(at) => change({ items: wish.items.filter((_, i) => i !== at) })} />
        <AudienceChoice {...context} wish={audience} onChange={setAudience} problem={acting.problemOf('audience')} />
        <TimeField
          label={t('staff.blockUntil')}
          hint={t('staff.zone', { zone: ownTimeZone() })}
          value={wish.until}
          onChange={(until) => change({ until })}
          problem={acting.problemOf('releaseAt')}
        />
        <button type="submit" class="button primary" disabled={acting.busy || wish.items.length === 0}>
          {t('staff.blockKeep')}
        </button>
      </form>
      <Told {...acting} />
    </section>
  );
}

/** So many of a price, wherever they are free. */
function QuantityChoice({ performance, onAdd }: StockContext & { onAdd: (item: Item) => void }) {
  const { categories } = performance;
  const [categoryId, setCategory] = useState<string>(categories[0]?.id ?? '');
  const [quantity, setQuantity] = useState(10);
  const chosen = categories.find(({ id }) => (id as string) === categoryId);
  if (chosen === undefined) return null;
  return (
    <fieldset class="seat-range">
      <legend>{t('staff.byPrice')}</legend>
      <ChoiceField
        label={t('staff.price')}
        value={categoryId}
        onChange={setCategory}
        choices={categories.map(({ id, name }) => [id, name])}
      />
      <CountField label={t('staff.howMany')} value={quantity} onChange={setQuantity} most={QUANTITY_MAX} />
      <button
        type="button"
        class="button"
        disabled={!(quantity >= 1)}
        onClick={() => onAdd({ words: `${quantity} × ${chosen.name}`, stock: { categoryId: chosen.id, quantity } })}
      >
        {t('staff.placesAdd')}
      </button>
    </fieldset>
  );
}

function ItemList({ items, onTakeAway }: { items: readonly Item[]; onTakeAway: (at: number) => void }) {
  return (
    <ul class="chosen-items" aria-label={t('staff.chosenItems')}>
      {items.map(({ words }, at) => (
        <li key={`${at} ${words}`}>
          {words}{' '}
          <button type="button" class="link" onClick={() => onTakeAway(at)} aria-label={t('staff.takeAway', { words })}>
            {t('staff.takeAwayShort')}
          </button>
        </li>
      ))}
    </ul>
  );
}
