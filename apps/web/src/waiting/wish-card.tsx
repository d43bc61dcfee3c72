// Choosing while one waits: which date, how many, up to which price, and for whom. At the call it is asked for at once.
import type { EventView } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { ContactFields } from '../booking/contact-fields.tsx';
import { formatDateTime, formatMoney, t } from '../language/language.ts';
import { AccessibleChoice } from '../shop/accessible-choice.tsx';
import { Stepper } from '../ui/stepper.tsx';
import type { ScreenProps } from './waiting-page.tsx';
import { keepWish, keptWish, pricesWithin, type Wish, wishWords } from './wish.ts';

export function WishCard({ standing, event }: ScreenProps) {
  const { sale } = standing;
  const [wish, setWish] = useState(() => keptWish(sale.id, event));
  const offered = event?.performances.filter(({ id }) => sale.performanceIds.includes(id)) ?? [];
  if (event === null || offered.length === 0) return null;
  const change = (next: Wish | null) => {
    setWish(next);
    keepWish(sale.id, next);
  };
  return (
    <details class="card script-only">
      <summary>
        <h2>{t('wish.title')}</h2>
        <span class="soft">{wish === null ? t('wish.text') : wishWords(wish, event)}</span>
      </summary>
      <div class="fields">
        <WishForm event={event} offered={offered} most={sale.limits.seatsPerBooking} wish={wish} onChange={change} />
        {wish !== null && (
          <>
            <p class="soft">{t('wish.contact')}</p>
            <ContactFields problems={{}} onChange={() => undefined} />
            <button type="button" class="link" onClick={() => change(null)}>
              {t('wish.clear')}
            </button>
          </>
        )}
      </div>
    </details>
  );
}

type FormProps = {
  event: EventView;
  offered: EventView['performances'];
  most: number;
  wish: Wish | null;
  onChange: (wish: Wish) => void;
};

function WishForm({ event, offered, most, wish, onChange }: FormProps) {
  const performance = offered.find(({ id }) => id === wish?.performanceId) ?? offered[0];
  if (performance === undefined) return null;
  const all = pricesWithin(performance, null);
  const chosen = wish?.performanceId === performance.id ? wish.categoryIds : [];
  const quantity = wish?.quantity ?? Math.min(2, most);
  const accessible = Math.min(quantity, wish?.accessible ?? 0);
  const toggle = (categoryId: string) => {
    const wanted = (id: string) => (id === categoryId ? !chosen.includes(id) : chosen.includes(id));
    const categoryIds = all.map((price) => price.categoryId).filter(wanted);
    if (categoryIds.length > 0) onChange({ performanceId: performance.id, quantity, categoryIds, accessible });
  };
  return (
    <>
      {offered.length > 1 && (
        <label class="field">
          <span>{t('shop.whichDate')}</span>
          <select
            value={performance.id}
            onChange={(changed) => onChange(wishFor(offered, changed.currentTarget.value, quantity))}
          >
            {offered.map(({ id, name, startsAt }) => (
              <option key={id} value={id}>
                {name}, {formatDateTime(startsAt, event.venue.timeZone)}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="quick-size">
        <p>{t('quick.howMany')}</p>
        <Stepper
          label={t('quick.howMany')}
          value={quantity}
          least={1}
          most={most}
          onChange={(count) =>
            onChange({
              performanceId: performance.id,
              quantity: count,
              categoryIds: chosen.length > 0 ? chosen : all.map((price) => price.categoryId),
              accessible,
            })
          }
        />
      </div>
      <fieldset class="wish-prices">
        <legend>{t('wish.prices')}</legend>
        {all.map((price) => (
          <label key={price.categoryId} class="tick">
            <input
              type="checkbox"
              checked={chosen.includes(price.categoryId)}
              onChange={() => toggle(price.categoryId)}
            />
            <span>
              <bdi>{price.name}</bdi>
            </span>
            <b>{formatMoney(price)}</b>
          </label>
        ))}
      </fieldset>
      {wish !== null && (
        <AccessibleChoice
          accessible={accessible}
          most={quantity}
          onChange={(count) => onChange({ ...wish, accessible: count })}
        />
      )}
      <p class="fine">{t('wish.order')}</p>
    </>
  );
}

function wishFor(offered: EventView['performances'], performanceId: string, quantity: number): Wish {
  const performance = offered.find(({ id }) => id === performanceId);
  const prices = performance === undefined ? [] : pricesWithin(performance, null);
  return { performanceId, quantity, categoryIds: prices.map(({ categoryId }) => categoryId), accessible: 0 };
}
