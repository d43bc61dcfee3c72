// Choosing while one waits: which date, how many, up to which price, and for whom. At the call it is asked for at once.
import type { EventView } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { ContactFields } from '../booking/contact-fields.tsx';
import { formatDateTime, formatMoney, t } from '../language/language.ts';
import { AccessibleChoice } from '../shop/accessible-choice.tsx';
import { Stepper } from '../ui/stepper.tsx';
import { ChooseIcon } from './icons.tsx';
import { OpeningRow } from './meanwhile-card.tsx';
import type { ScreenProps } from './waiting-page.tsx';
import { keepWish, keptWish, type Offered, pricesWithin, type Wish, wishWords } from './wish.ts';

export function WishRow({ standing, event }: ScreenProps) {
  const { sale } = standing;
  const [wish, setWish] = useState(() => keptWish(sale.id, event));
  const offered = event?.performances.filter(({ id }) => sale.performanceIds.includes(id)) ?? [];
  if (event === null || offered.length === 0) return null;
  const change = (next: Wish | null) => {
    setWish(next);
    keepWish(sale.id, next);
  };
  return (
    <OpeningRow
      icon={<ChooseIcon />}
      title={t('wish.title')}
      text={wish === null ? t('wish.text') : wishWords(wish, event)}
      needsScript
    >
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
    </OpeningRow>
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
  const now: Wish = wish ?? wishFor(performance, { quantity: Math.min(2, most) });
  const accessible = Math.min(now.quantity, now.accessible);
  return (
    <>
      {offered.length > 1 && (
        <label class="field">
          <span>{t('shop.whichDate')}</span>
          <select
            value={performance.id}
            onChange={({ currentTarget: { value } }) => {
              const other = offered.find(({ id }) => id === value);
              if (other) onChange(wishFor(other, now));
            }}
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
          value={now.quantity}
          least={1}
          most={most}
          onChange={(quantity) => onChange({ ...now, quantity })}
        />
      </div>
      <PriceWish performance={performance} wish={wish} now={now} onChange={onChange} />
      {performance.hasAccessibleSeats && (
        <AccessibleChoice
          accessible={accessible}
          most={now.quantity}
          onChange={(count) => onChange({ ...now, accessible: count })}
        />
      )}
      <p class="fine">{t('wish.order')}</p>
    </>
  );
}

type PriceProps = { performance: Offered; wish: Wish | null; now: Wish; onChange: (wish: Wish) => void };

/** Up to a budget, or price by price. */
function PriceWish({ performance, wish, now, onChange }: PriceProps) {
  const all = pricesWithin(performance, null);
  const chosen = wish?.categoryIds ?? [];
  const choose = (categoryIds: readonly string[]) => {
    if (categoryIds.length > 0) onChange({ ...now, categoryIds });
  };
  const toggle = (categoryId: string) =>
    choose(all.map((price) => price.categoryId).filter((id) => (id === categoryId) !== chosen.includes(id)));
  return (
    <>
      <label class="field">
        <span>{t('wish.budget')}</span>
        <select
          onChange={({ currentTarget: { value } }) =>
            choose(pricesWithin(performance, value === '' ? null : Number(value)).map((price) => price.categoryId))
          }
        >
          <option value="">{t('wish.any')}</option>
          {all.slice(1).map((price) => (
            <option key={price.categoryId} value={price.amount}>
              {formatMoney(price)}
            </option>
          ))}
        </select>
      </label>
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
    </>
  );
}

function wishFor(performance: Offered, { quantity }: Pick<Wish, 'quantity'>): Wish {
  const categoryIds = pricesWithin(performance, null).map((price) => price.categoryId);
  return { performanceId: performance.id, quantity, categoryIds, accessible: 0 };
}
