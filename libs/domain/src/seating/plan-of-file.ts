// Between the file of a hall and the plan that is sold by: positions become those in the whole plan, names become ids.
import type { CategoryId, SeatId } from '../ids.ts';
import { FreeNames, idOfWords } from '../seats/seat-id.ts';
import type { SeatKind } from '../seats/seat-map.ts';
import { addSpots, type FileZone, ORIGIN, type SeatFlags, type SeatingFile, type Spot } from './seating-file.ts';

export type HallSeat = {
  readonly id: SeatId;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly categoryId: CategoryId;
  readonly kind?: SeatKind | undefined;
  readonly restrictedView?: boolean | undefined;
};
export type HallPlan = {
  readonly width: number;
  readonly height: number;
  readonly focus: Spot;
  readonly sections: readonly {
    readonly id: string;
    readonly name: string;
    readonly rows: readonly { readonly id: string; readonly label: string; readonly seats: readonly HallSeat[] }[];
  }[];
  /** The names behind the ids of the seats' categories. */
  readonly categories: readonly { readonly id: CategoryId; readonly name: string; readonly color: string | null }[];
};

const MARGIN = 20;
const STAGE_WORDS = /stage|bühne|buehne|scène|scene|escenario|lava|näyttämö|screen|leinwand|ステージ|舞台|المسرح/i;

export function planOfFile(file: SeatingFile, flags: SeatFlags): HallPlan {
  const categories = categoriesOf(file);
  const idOfCategory = new Map(categories.map(({ id, name }) => [name, id]));
  const { kindOf, hasRestrictedView } = flagsBySeat(flags);
  const sectionIds = new FreeNames();
  const rowIds = new FreeNames();
  const sections = file.zones.map((zone) => {
    const id = sectionIds.take(idOfWords(zone.name) || 'zone');
    const rows = zone.rows.map((row) => {
      const base = addSpots(zone.position, row.position);
      const seats = row.seats.map(({ seat_guid, seat_number, position, category }): HallSeat => {
        const kind = kindOf(seat_guid);
        return {
          id: seat_guid as SeatId,
          label: seat_number,
          ...addSpots(base, position),
          categoryId: idOfCategory.get(category) ?? (category as CategoryId),
          ...(kind !== undefined && { kind }),
          ...(hasRestrictedView(seat_guid) && { restrictedView: true }),
        };
      });
      return { id: rowIds.take(`${id}-${idOfWords(row.row_number) || 'row'}`), label: row.row_number, seats };
    });
    return { id, name: zone.name, rows };
  });
  return { ...sizeOf(file, sections), focus: focusOf(file), sections, categories };
}

function categoriesOf({ categories }: SeatingFile): HallPlan['categories'] {
  const ids = new FreeNames();
  return categories.map(({ name, color }) => ({
    id: ids.take(idOfWords(name) || 'category') as CategoryId,
    name,
    color,
  }));
}

function flagsBySeat(flags: SeatFlags) {
  const kinds = new Map<string, SeatKind>();
  for (const id of flags.accessible) kinds.set(id, 'accessible');
  for (const id of flags.companion) kinds.set(id, 'companion');
  const restricted = new Set(flags.restrictedView);
  return { kindOf: (id: string) => kinds.get(id), hasRestrictedView: (id: string) => restricted.has(id) };
}

function sizeOf({ size }: SeatingFile, sections: HallPlan['sections']) {
  if (size !== null) return size;
  const seats = sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
  const most = (of: (seat: HallSeat) => number) => seats.reduce((max, seat) => Math.max(max, of(seat)), 0);
  return { width: Math.ceil(most(({ x }) => x)) + MARGIN, height: Math.ceil(most(({ y }) => y)) + MARGIN };
}

/** Where seats look to: the area that is called a stage, else the middle above all. */
function focusOf(file: SeatingFile): Spot {
  for (const zone of file.zones) {
    for (const { position, extras } of zone.areas) {
      const text =
        typeof extras.text === 'string' ? extras.text : (extras.text as { text?: unknown } | undefined)?.text;
      if (typeof text === 'string' && STAGE_WORDS.test(text)) return addSpots(ORIGIN, zone.position, position);
    }
  }
  const xs = file.zones.flatMap((zone) =>
    zone.rows.flatMap((row) => row.seats.map(({ position }) => zone.position.x + (row.position?.x ?? 0) + position.x)),
  );
  const [least, most] = xs.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [xs[0] ?? 0, 0]);
  return { x: Math.round((least + most) / 2), y: 0 };
}

/** A plan that came from no file, as a file: every zone and row stands at the origin, and the focus is a stage. */
export function fileOfPlan(
  name: string,
  { width, height, focus, sections, categories }: Omit<HallPlan, 'categories'> & Partial<HallPlan>,
): { readonly file: SeatingFile; readonly flags: SeatFlags } {
  const seats = sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
  const named = new Map(categories?.map((category) => [category.id, category]));
  const ids = [...new Set(seats.map(({ categoryId }) => categoryId))];
  const zones = sections.map(
    (section): FileZone => ({
      name: section.name,
      position: ORIGIN,
      rows: section.rows.map((row) => ({
        row_number: row.label,
        position: null,
        seats: row.seats.map(({ id, label, x, y, categoryId }) => ({
          seat_guid: id,
          seat_number: label,
          position: { x, y },
          category: named.get(categoryId)?.name ?? categoryId,
          extras: {},
        })),
        extras: {},
      })),
      areas: [],
      extras: {},
    }),
  );
  const stage = { position: focus, extras: { shape: 'text', text: { text: 'Stage', position: ORIGIN } } };
  const [first, ...others] = zones;
  const idsOf = (is: (seat: HallSeat) => boolean) => seats.filter(is).map(({ id }) => id);
  return {
    file: {
      name,
      categories: ids.map((id) => ({ name: named.get(id)?.name ?? id, color: named.get(id)?.color ?? null })),
      zones: first === undefined ? [] : [{ ...first, areas: [stage] }, ...others],
      size: { width, height },
    },
    flags: {
      accessible: idsOf(({ kind }) => kind === 'accessible'),
      companion: idsOf(({ kind }) => kind === 'companion'),
      restrictedView: idsOf(({ restrictedView }) => restrictedView === true),
    },
  };
}
