// Choosing without a plan: how many, which price. For numbered seats we find the best ones together; for general
// admission it is the whole choice.
import type { ComponentChildren } from 'preact';
import { formatMoney, t } from '../language/language.ts';
import { Stepper } from '../ui/stepper.tsx';
import type { Availability } from './availability.ts';
import { CategoryMark } from './category-mark.tsx';
import type { Category } from './seat-map.ts';

type Props = {
  readonly categories: readonly Category[];
  readonly availability: Availability | null;
  readonly limit: number;
  readonly quantity: number;
  readonly categoryId: string | null;
  readonly onQuantity: (quantity: number) => void;
  readonly onCategory: (categoryId: string) => void;
  readonly children?: ComponentChildren;
};

export function QuickChoice({ categories, availability, limit, quantity, categoryId, children, ...on }: Props) {
  const numbered = categories.some(({ kind }) => kind === 'reserved');
  return (
    <div class="quick">
      <div class="quick-size">
        <p id="party">{t('quick.howMany')}</p>
        <Stepper label={t('quick.howMany')} value={quantity} least={1} most={limit} onChange={on.onQuantity} />
      </div>
      {children}
      <fieldset class="quick-prices">
        <legend>{t(numbered ? 'quick.whichNumbered' : 'quick.whichGeneral')}</legend>
        {categories.map((category) => {
          const free = availability?.free.get(category.id) ?? null;
          const enough = free === null || free >= quantity;
          return (
            <label key={category.id} class={`price-option ${enough ? '' : 'price-option-gone'}`}>
              <input
                type="radio"
                name="category"
                checked={categoryId === category.id}
                disabled={!enough}
                onChange={() => on.onCategory(category.id)}
              />
              <CategoryMark categories={categories} id={category.id} />
              <span class="price-option-name">
                <b>{category.name}</b>
                <span class="soft">
                  {free === null ? '' : free === 0 ? t('seats.gone') : t('seats.free', { count: free })}
                </span>
              </span>
              <span class="price-option-price">
                <b>{formatMoney(category.price)}</b>
                <span class="soft">{t('quick.each')}</span>
              </span>
            </label>
          );
        })}
      </fieldset>
    </div>
  );
}
