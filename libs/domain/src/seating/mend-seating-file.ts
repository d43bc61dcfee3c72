// What can be wrong with a seating file although its shape is right, and what mends it: names that are there twice, seats
// without an id or a place of their own, categories nobody declared, a plan that is too small for its seats.
import { FreeNames, idOfWords, isUsableId } from '../seats/seat-id.ts';
import type { Inspection } from './inspection.ts';
import { SEAT_PITCH } from './read-seating-file.ts';
import {
  addSpots,
  type FileRow,
  type FileSeat,
  type FileZone,
  ORIGIN,
  type SeatingFile,
  type Spot,
} from './seating-file.ts';

export const ZONES_MAX = 200;
export const ROWS_MAX = 5_000;
export const FILE_SEATS_MAX = 100_000;
export const CATEGORIES_MAX = 40;

/** The file with what was to be mended mended; every other defect is named. */
export function mendSeatingFile(file: SeatingFile, look: Inspection): SeatingFile {
  if (!isWithinLimits(file, look)) return file;
  const zones = withZoneNames(file.zones, look).map((zone, z) => withRowNames(zone, { path: `zones.${z}`, look }));
  const categories = withCategories({ ...file, zones }, look);
  const seated = withSeatIds(withSpots(withSeatNumbers(zones, look), look), look);
  return fitted({ ...file, categories, zones: seated }, look);
}

function isWithinLimits({ zones, categories }: SeatingFile, look: Inspection): boolean {
  const rows = zones.reduce((sum, zone) => sum + zone.rows.length, 0);
  const seats = zones.reduce((sum, zone) => sum + zone.rows.reduce((inner, row) => inner + row.seats.length, 0), 0);
  const before = look.count;
  const limit = (path: string, what: string, [count, most]: readonly [number, number]) => {
    if (count > most) look.tell({ path, message: `${count} ${what} are too many; ${most} is the most`, repair: null });
  };
  limit('zones', 'zones', [zones.length, ZONES_MAX]);
  limit('zones', 'rows', [rows, ROWS_MAX]);
  limit('zones', 'seats', [seats, FILE_SEATS_MAX]);
  limit('categories', 'categories', [categories.length, CATEGORIES_MAX]);
  if (seats === 0) look.tell({ path: 'zones', message: 'a plan needs at least one seat', repair: null });
  return look.count === before || seats === 0;
}

function withZoneNames(zones: readonly FileZone[], look: Inspection): readonly FileZone[] {
  const names = new FreeNames();
  return zones.map((zone, z) => {
    const path = `zones.${z}.name`;
    const isNamed = zone.name.trim() !== '';
    if (isNamed && names.claim(zone.name)) return zone;
    const message = isNamed ? `there is another zone ${zone.name}` : 'a zone needs a name that fans can read';
    if (!look.mends({ path, message, repair: 'rename_zones' })) return zone;
    const wished = isNamed ? zone.name : `Zone ${z + 1}`;
    return { ...zone, name: names.take(wished, (n) => `${wished} (${n})`) };
  });
}

function withRowNames(zone: FileZone, { path, look }: { readonly path: string; readonly look: Inspection }): FileZone {
  const names = new FreeNames();
  const rows = zone.rows.map((row, r) => {
    if (names.claim(row.row_number)) return row;
    const message = `row ${row.row_number || 'without a name'} is there twice in ${zone.name || 'this zone'}`;
    if (!look.mends({ path: `${path}.rows.${r}.row_number`, message, repair: 'rename_rows' })) return row;
    return { ...row, row_number: names.take(row.row_number, (n) => `${row.row_number} (${n})`.trim()) };
  });
  return { ...zone, rows };
}

function withCategories({ categories, zones }: SeatingFile, look: Inspection): SeatingFile['categories'] {
  const known = new Set<string>();
  const kept = categories.filter(({ name }, i) => {
    if (name.trim() === '')
      look.tell({ path: `categories.${i}.name`, message: 'a category needs a name', repair: null });
    if (!known.has(name)) return known.add(name);
    const message = `category ${name} is there twice`;
    return !look.mends({ path: `categories.${i}.name`, message, repair: 'merge_categories' });
  });
  const added: { name: string; color: null }[] = [];
  forEachSeat(zones, ({ category }, path) => {
    if (known.has(category)) return;
    const message = category === '' ? 'the seat has no category' : `the file declares no category ${category}`;
    if (category === '') return look.tell({ path: `${path}.category`, message, repair: null });
    if (!look.mends({ path: `${path}.category`, message, repair: 'add_categories' })) return;
    known.add(category);
    added.push({ name: category, color: null });
  });
  return [...kept, ...added];
}

function withSeatNumbers(zones: readonly FileZone[], look: Inspection): readonly FileZone[] {
  return mapRows(zones, (row, path) => {
    const numbers = new Set<string>();
    let isAnew = false;
    row.seats.forEach(({ seat_number }, i) => {
      const isTaken = seat_number === '' || numbers.has(seat_number);
      numbers.add(seat_number);
      if (!isTaken) return;
      const message =
        seat_number === '' ? 'the seat has no number' : `seat ${seat_number} is there twice in row ${row.row_number}`;
      isAnew = look.mends({ path: `${path}.seats.${i}.seat_number`, message, repair: 'number_rows_anew' }) || isAnew;
    });
    return isAnew ? { ...row, seats: row.seats.map((seat, i) => ({ ...seat, seat_number: String(i + 1) })) } : row;
  });
}

/** Two seats on one spot could not be told apart, nor one of them be clicked. */
function withSpots(zones: readonly FileZone[], look: Inspection): readonly FileZone[] {
  const spots = new FreeNames();
  return mapRows(zones, (row, path, zone) => {
    const base = addSpots(zone.position, row.position);
    const seats = row.seats.map((seat, i) => {
      const { x, y } = addSpots(base, seat.position);
      if (spots.claim(spotKey(x, y))) return seat;
      const message = `seat ${seat.seat_number} stands on another seat`;
      if (!look.mends({ path: `${path}.seats.${i}.position`, message, repair: 'lay_out_seats' })) return seat;
      const free = spots.take(spotKey(x, y), (n) => spotKey(x + (n - 1) * SEAT_PITCH, y));
      const position = { x: Number(free.split(' ')[0]) - base.x, y: seat.position.y };
      return { ...seat, position };
    });
    return { ...row, seats };
  });
}

const spotKey = (x: number, y: number) => `${x} ${y}`;

function withSeatIds(zones: readonly FileZone[], look: Inspection): readonly FileZone[] {
  const ids = new FreeNames();
  const isBad = new Set<string>();
  forEachSeat(zones, ({ seat_guid }, path) => {
    if (!isUsableId(seat_guid) || !ids.claim(seat_guid)) isBad.add(path);
  });
  return mapRows(zones, (row, path, zone) => {
    const seats = row.seats.map((seat, i) => {
      const at = `${path}.seats.${i}`;
      if (!isBad.has(at)) return seat;
      const message = wrongId(seat.seat_guid);
      if (!look.mends({ path: `${at}.seat_guid`, message, repair: 'renumber_seats' })) return seat;
      return { ...seat, seat_guid: ids.take(seatIdOf(zone.name, row.row_number, seat.seat_number)) };
    });
    return { ...row, seats };
  });
}

export function seatIdOf(...words: readonly string[]): string {
  return words.map(idOfWords).filter(Boolean).join('-').slice(0, 56) || 'seat';
}

function wrongId(id: string): string {
  if (id === '') return 'the seat has no id';
  return isUsableId(id) ? `seat id ${id} is there twice` : `seat id ${id} is not 1 to 64 of A-Z a-z 0-9 _ . ~ -`;
}

/** Room round the outermost seats. */
const MARGIN = 20;

function fitted(file: SeatingFile, look: Inspection): SeatingFile {
  const least = { x: Number.POSITIVE_INFINITY, y: Number.POSITIVE_INFINITY };
  const most = { x: 0, y: 0 };
  forEachSpot(file.zones, ({ x, y }) => {
    least.x = Math.min(least.x, x);
    least.y = Math.min(least.y, y);
    most.x = Math.max(most.x, x);
    most.y = Math.max(most.y, y);
  });
  const isOutside =
    least.x < 0 || least.y < 0 || most.x > (file.size?.width ?? most.x) || most.y > (file.size?.height ?? most.y);
  if (!isOutside) return file;
  const message = 'seats lie outside of the plan';
  if (!look.mends({ path: 'size', message, repair: 'fit_size' })) return file;
  const shift = { x: least.x < 0 ? MARGIN - least.x : 0, y: least.y < 0 ? MARGIN - least.y : 0 };
  const zones = file.zones.map((zone) => ({ ...zone, position: addSpots(zone.position, shift) }));
  const width = Math.max(file.size?.width ?? 0, Math.ceil(most.x + shift.x + MARGIN));
  const height = Math.max(file.size?.height ?? 0, Math.ceil(most.y + shift.y + MARGIN));
  return { ...file, zones, size: { width, height } };
}

function mapRows(
  zones: readonly FileZone[],
  change: (row: FileRow, path: string, zone: FileZone) => FileRow,
): readonly FileZone[] {
  return zones.map((zone, z) => ({
    ...zone,
    rows: zone.rows.map((row, r) => change(row, `zones.${z}.rows.${r}`, zone)),
  }));
}

function forEachSeat(zones: readonly FileZone[], visit: (seat: FileSeat, path: string) => void): void {
  zones.forEach((zone, z) => {
    zone.rows.forEach((row, r) => {
      row.seats.forEach((seat, s) => {
        visit(seat, `zones.${z}.rows.${r}.seats.${s}`);
      });
    });
  });
}

/** Where each seat stands in the whole plan. */
function forEachSpot(zones: readonly FileZone[], visit: (spot: Spot) => void): void {
  for (const zone of zones) {
    for (const row of zone.rows) {
      const base = addSpots(ORIGIN, zone.position, row.position);
      for (const seat of row.seats) visit(addSpots(base, seat.position));
    }
  }
}
