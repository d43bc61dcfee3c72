// The price ladder as a filter: which categories are shown. All are shown at first; the legend of the plan is the same.

import { formatMoney, t } from '../language/language.ts';
import type { Availability } from './availability.ts';
import { CategoryMark } from './category-mark.tsx';
import type { Category } from './seat-map.ts';

type Props = {
  readonly categories: readonly Category[];
  readonly availability: Availability | null;
  readonly dimmed: ReadonlySet<string>;
  readonly onChange: (dimmed: ReadonlySet<string>) => void;
};

export function PriceFilter({ categories, availability, dimmed, onChange }: Props) {
  const toggle = (id: string) => {
    const next = new Set(dimmed);
    if (!next.delete(id)) next.add(id);
    onChange(next.size === categories.length ? new Set() : next);
  };
  return (
    <fieldset class="price-filter">
      <legend class="sr-only">{t('plan.filter')}</legend>
      {categories.map((category) => {
        const free = availability?.free.get(category.id);
        return (
          <button
            key={category.id}
            type="button"
            class="chip"
            aria-pressed={!dimmed.has(category.id)}
            onClick={() => toggle(category.id)}
          >
            <CategoryMark categories={categories} id={category.id} />
            <span>{category.name}</span>
            <b>{formatMoney(category.price)}</b>
            {free === 0 && <span class="soft">{t('seats.gone')}</span>}
          </button>
        );
      })}
    </fieldset>
  );
}
