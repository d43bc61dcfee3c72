// Where the organizer sells seats and places without a seat in one booking: so many places beside the chosen seats.
import { formatMoney, t } from '../language/language.ts';
import { Stepper } from '../ui/stepper.tsx';
import type { Availability } from './availability.ts';
import { CategoryMark } from './category-mark.tsx';
import type { Category } from './seat-map.ts';

type Props = {
  readonly categories: readonly Category[];
  readonly availability: Availability | null;
  readonly places: Readonly<Record<string, number>>;
  /** How many more the booking may hold. */
  readonly room: number;
  readonly onChange: (places: Readonly<Record<string, number>>) => void;
};

export function PlacesBeside({ categories, availability, places, room, onChange }: Props) {
  const general = categories.filter(({ kind }) => kind === 'general');
  if (general.length === 0) return null;
  return (
    <div class="quick">
      {general.map((category) => {
        const chosen = places[category.id] ?? 0;
        const free = availability?.free.get(category.id) ?? null;
        const most = Math.min(chosen + room, free ?? chosen + room);
        return (
          <div key={category.id} class="quick-size">
            <p>
              <CategoryMark categories={categories} id={category.id} /> <b>{category.name}</b>{' '}
              {formatMoney(category.price)}{' '}
              <span class="soft">{free === null ? '' : t('seats.free', { count: free })}</span>
            </p>
            <Stepper
              label={category.name}
              value={chosen}
              least={0}
              most={most}
              onChange={(quantity) => onChange({ ...places, [category.id]: quantity })}
            />
          </div>
        );
      })}
    </div>
  );
}
