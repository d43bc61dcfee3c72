// The same choice as the plan, in words: section → row → seats. Made for keyboard and screen reader, and good on a small
// phone; what is chosen here is chosen there.
import { useState } from 'preact/hooks';
import { formatMoney, t } from '../language/language.ts';
import { CategoryMark } from './category-mark.tsx';
import type { Category, SeatMap } from './seat-map.ts';
import { viewHint } from './view-hint.ts';

type Props = {
  readonly map: SeatMap;
  readonly categories: readonly Category[];
  readonly taken: ReadonlySet<string>;
  readonly chosen: readonly string[];
  readonly dimmed: ReadonlySet<string>;
  readonly onSeat: (seatId: string) => void;
};
type Section = SeatMap['plan']['sections'][number];
type Row = Section['rows'][number];

export function SeatList(props: Props) {
  const { sections } = props.map.plan;
  const [sectionId, setSectionId] = useState(sections.length === 1 ? (sections[0]?.id ?? null) : null);
  return (
    <ul class="seat-list">
      {sections
        .filter(({ rows }) => isOffered(rows, props))
        .map((section) => {
          const free = freeIn(section.rows, props);
          const open = section.id === sectionId;
          return (
            <li key={section.id}>
              <button
                type="button"
                class="seat-list-head"
                aria-expanded={open}
                disabled={free === 0}
                onClick={() => setSectionId(open ? null : section.id)}
              >
                <b>{section.name}</b>
                <span class="soft">{t('seats.free', { count: free })}</span>
              </button>
              {open && <RowList {...props} section={section} />}
            </li>
          );
        })}
    </ul>
  );
}

function RowList({ section, ...props }: Props & { section: Section }) {
  const [rowId, setRowId] = useState<string | null>(null);
  return (
    <ul class="row-list">
      {section.rows
        .filter((row) => isOffered([row], props))
        .map((row) => {
          const free = freeIn([row], props);
          const open = row.id === rowId;
          return (
            <li key={row.id}>
              <button
                type="button"
                class="seat-list-head"
                aria-expanded={open}
                disabled={free === 0}
                onClick={() => setRowId(open ? null : row.id)}
              >
                <span class="row-name">
                  {categoriesOf(row).map((id) => (
                    <CategoryMark key={id} categories={props.categories} id={id} />
                  ))}{' '}
                  {t('seats.row', { row: row.label })} <span class="soft">{distanceOf(row, props.map)}</span>
                </span>
                <span class="soft">
                  {t('seats.free', { count: free })} · {pricesOf(row, props.categories)}
                </span>
              </button>
              {open && <SeatButtons {...props} section={section} row={row} />}
            </li>
          );
        })}
    </ul>
  );
}

function SeatButtons({ section, row, ...props }: Props & { section: Section; row: Row }) {
  return (
    <fieldset class="seat-buttons">
      <legend class="sr-only">{t('seats.inRow', { section: section.name, row: row.label })}</legend>
      {row.seats
        .filter((seat) => isShown(seat, props))
        .map((seat) => {
          const isTaken = props.taken.has(seat.id);
          const isChosen = props.chosen.includes(seat.id);
          const price = priceOf(seat.categoryId, props.categories);
          return (
            <button
              key={seat.id}
              type="button"
              class="seat-button"
              aria-pressed={isChosen}
              disabled={isTaken}
              aria-label={t(isTaken ? 'seats.seatTaken' : freeWords[seat.kind ?? 'standard'], {
                seat: seat.label,
                price,
              })}
              onClick={() => props.onSeat(seat.id)}
            >
              {seat.label}
              {seat.kind === 'accessible' && !isTaken && ' ♿'}
            </button>
          );
        })}
    </fieldset>
  );
}

const freeWords = {
  standard: 'seats.seatFree',
  accessible: 'seats.seatAccessible',
  companion: 'seats.seatCompanion',
} as const;

const freeIn = (rows: readonly Row[], { taken, dimmed }: Props): number =>
  rows.reduce(
    (sum, { seats }) => sum + seats.filter(({ id, categoryId }) => !taken.has(id) && !dimmed.has(categoryId)).length,
    0,
  );

type Filter = Pick<Props, 'dimmed' | 'chosen'>;

/** Outside the price filter nothing is offered; what was chosen before stays, so that it can be given back. */
const isShown = ({ id, categoryId }: Row['seats'][number], { dimmed, chosen }: Filter): boolean =>
  !dimmed.has(categoryId) || chosen.includes(id);

const isOffered = (rows: readonly Row[], filter: Filter): boolean =>
  rows.some(({ seats }) => seats.some((seat) => isShown(seat, filter)));

/** How far the stage is from the middle of a row. */
function distanceOf({ seats }: Row, map: SeatMap): string {
  const middle = map.byId.get(seats[seats.length >> 1]?.id ?? '');
  return middle === undefined ? '' : t('seats.distance', { distance: viewHint(map, middle).distance });
}

const categoriesOf = (row: Row): string[] => [...new Set(row.seats.map(({ categoryId }) => categoryId))];

const pricesOf = (row: Row, categories: readonly Category[]): string =>
  categoriesOf(row)
    .map((id) => priceOf(id, categories))
    .join(' / ');

function priceOf(categoryId: string, categories: readonly Category[]): string {
  const category = categories.find(({ id }) => id === categoryId);
  return category === undefined ? '' : formatMoney(category.price);
}
