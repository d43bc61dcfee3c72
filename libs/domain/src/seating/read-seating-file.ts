// Reads the JSON of a seating file by its published schema. What is malformed is named and read as far as it goes, so that
// one look names every defect of a file and not only the first.
import type { Inspection } from './inspection.ts';
import {
  type FileArea,
  type FileRow,
  type FileSeat,
  type FileZone,
  ORIGIN,
  type SeatingFile,
  type Spot,
} from './seating-file.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Fields beside those that are read: of drawing programs, carried along. */
const CARRIED = {
  zone: ['zone_id', 'uuid', 'displayed'],
  row: ['row_label', 'seat_label', 'uuid', 'row_number_position', 'number_of_seats', 'seats_spacing'],
  seat: ['uuid', 'start_direction', 'radius'],
  area: [
    ...['uuid', 'color', 'border_color', 'rotation', 'width', 'height', 'text'],
    ...['shape', 'polygon', 'rectangle', 'ellipse', 'circle'],
  ],
} as const;
/** Of what is carried along, in one piece of JSON: a drawing hint is short. */
const CARRIED_CHARACTERS_MAX = 20_000;
const TEXT_MAX = 120;

/** Null when there is nothing in it that could be a plan. */
export function readSeatingFile(raw: unknown, look: Inspection): SeatingFile | null {
  const file = fieldsOf(raw, '', look);
  if (file === null) return null;
  refuseUnknown(file, { path: '', known: ['name', 'categories', 'zones', 'size'], look });
  const categories = listOf(file, 'categories', { path: '', look }).flatMap((one, i) => {
    const path = `categories.${i}`;
    const category = fieldsOf(one, path, look);
    if (category === null) return [];
    refuseUnknown(category, { path, known: ['name', 'color'], look });
    const color = category.color === undefined ? null : textOf(category, 'color', { path, look });
    return [{ name: textOf(category, 'name', { path, look }), color }];
  });
  const zones = listOf(file, 'zones', { path: '', look }).flatMap((one, i) => zoneOf(one, `zones.${i}`, look));
  return { name: textOf(file, 'name', { path: '', look }), categories, zones, size: sizeOf(file, look) };
}

function zoneOf(raw: unknown, path: string, look: Inspection): readonly FileZone[] {
  const zone = fieldsOf(raw, path, look);
  if (zone === null) return [];
  const extras = carriedOf(zone, { path, read: ['name', 'position', 'rows', 'areas'], carried: CARRIED.zone, look });
  const rows = listOf(zone, 'rows', { path, look }).flatMap((one, i) => rowOf(one, `${path}.rows.${i}`, look));
  const areas =
    zone.areas === undefined
      ? []
      : listOf(zone, 'areas', { path, look }).flatMap((one, i) => areaOf(one, `${path}.areas.${i}`, look));
  const name = zone.name === undefined ? '' : textOf(zone, 'name', { path, look });
  return [{ name, position: spotOf(zone, { path, look }) ?? tellSpot(zone, path, look), rows, areas, extras }];
}

function rowOf(raw: unknown, path: string, look: Inspection): readonly FileRow[] {
  const row = fieldsOf(raw, path, look);
  if (row === null) return [];
  const extras = carriedOf(row, { path, read: ['row_number', 'position', 'seats'], carried: CARRIED.row, look });
  const position = row.position === undefined ? null : (spotOf(row, { path, look }) ?? tellSpot(row, path, look));
  const all = listOf(row, 'seats', { path, look });
  const seats: FileSeat[] = [];
  all.forEach((one, i) => {
    const seat = seatOf(one, { path: `${path}.seats.${i}`, before: seats.at(-1), look });
    if (seat !== null) seats.push(seat);
  });
  return [{ row_number: textOf(row, 'row_number', { path, look }), position, seats, extras }];
}

/** How far apart seats are put that come without a place. */
export const SEAT_PITCH = 20;

function seatOf(
  raw: unknown,
  { path, before, look }: { readonly path: string; readonly before: FileSeat | undefined; readonly look: Inspection },
): FileSeat | null {
  const seat = fieldsOf(raw, path, look);
  if (seat === null) return null;
  const read = ['seat_guid', 'seat_number', 'position', 'category'];
  const extras = carriedOf(seat, { path, read, carried: CARRIED.seat, look });
  let position = spotOf(seat, { path, look });
  if (position === null) {
    const message = `${wrongSpot(seat.position)}; a seat has a place {x, y} in numbers`;
    look.mends({ path: `${path}.position`, message, repair: 'lay_out_seats' });
    position = before === undefined ? ORIGIN : { x: before.position.x + SEAT_PITCH, y: before.position.y };
  }
  // Empty where it is missing or no text: the rules over ids name it and can give a new one.
  const guid = typeof seat.seat_guid === 'string' ? seat.seat_guid : '';
  return {
    seat_guid: guid,
    seat_number: textOf(seat, 'seat_number', { path, look }),
    position,
    category: textOf(seat, 'category', { path, look }),
    extras,
  };
}

function areaOf(raw: unknown, path: string, look: Inspection): readonly FileArea[] {
  const area = fieldsOf(raw, path, look);
  if (area === null) return [];
  const extras = carriedOf(area, { path, read: ['position'], carried: CARRIED.area, look });
  const position = area.position === undefined ? null : (spotOf(area, { path, look }) ?? tellSpot(area, path, look));
  return [{ position, extras }];
}

function sizeOf(file: Fields, look: Inspection): SeatingFile['size'] {
  if (file.size === undefined) return null;
  const size = fieldsOf(file.size, 'size', look);
  if (size === null) return null;
  refuseUnknown(size, { path: 'size', known: ['width', 'height'], look });
  const width = numberOf(size, 'width', { path: 'size', look });
  const height = numberOf(size, 'height', { path: 'size', look });
  if (width === null || height === null || width <= 0 || height <= 0) {
    look.mends({ path: 'size', message: 'the size needs a width and a height above 0', repair: 'fit_size' });
    return null;
  }
  return { width, height };
}

type At = { readonly path: string; readonly look: Inspection };
const join = (path: string, key: string) => (path === '' ? key : `${path}.${key}`);

function fieldsOf(raw: unknown, path: string, look: Inspection): Fields | null {
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw as Fields;
  look.tell({ path, message: `here is ${nameOf(raw)} where an object belongs`, repair: null });
  return null;
}

function listOf(fields: Fields, key: string, { path, look }: At): readonly unknown[] {
  const list = fields[key];
  if (Array.isArray(list)) return list;
  const message = list === undefined ? `there are no ${key}` : `here is ${nameOf(list)} where a list belongs`;
  look.tell({ path: join(path, key), message, repair: null });
  return [];
}

function textOf(fields: Fields, key: string, { path, look }: At): string {
  const value = fields[key];
  const at = join(path, key);
  if (typeof value === 'number') {
    // Numbers of rows and seats are often written without quotes.
    look.mends({ path: at, message: `the number ${value} stands where a text belongs`, repair: 'read_numbers' });
    return String(value);
  }
  if (typeof value !== 'string') {
    look.tell({
      path: at,
      message: value === undefined ? 'it is missing' : `${nameOf(value)} is no text`,
      repair: null,
    });
    return '';
  }
  if (value.length > TEXT_MAX) {
    look.tell({ path: at, message: `it has ${value.length} characters; ${TEXT_MAX} is the most`, repair: null });
  }
  return value;
}

function numberOf(fields: Fields, key: string, { path, look }: At): number | null {
  const value = fields[key];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'string' || !/^-?\d{1,9}(\.\d{1,9})?$/.test(value.trim())) return null;
  look.mends({ path: join(path, key), message: `the number ${value} is written as text`, repair: 'read_numbers' });
  return Number(value);
}

/** Null when it is missing or malformed, which the caller names. */
function spotOf(fields: Fields, at: At): Spot | null {
  const { position } = fields;
  if (typeof position !== 'object' || position === null) return null;
  const path = join(at.path, 'position');
  refuseUnknown(position as Fields, { path, known: ['x', 'y'], look: at.look });
  const x = numberOf(position as Fields, 'x', { ...at, path });
  const y = numberOf(position as Fields, 'y', { ...at, path });
  return x === null || y === null ? null : { x, y };
}

function tellSpot({ position }: Fields, path: string, look: Inspection): Spot {
  look.tell({
    path: `${path}.position`,
    message: `${wrongSpot(position)}; a place is {x, y} in numbers`,
    repair: null,
  });
  return ORIGIN;
}

const wrongSpot = (position: unknown) =>
  position === undefined ? 'the position is missing' : 'the position is malformed';

function refuseUnknown(
  fields: Fields,
  { path, known, look }: { readonly path: string; readonly known: readonly string[]; readonly look: Inspection },
): void {
  for (const key of Object.keys(fields)) {
    if (known.includes(key)) continue;
    look.mends({ path: join(path, key), message: `the format knows no field ${key} here`, repair: 'drop_unknown' });
  }
}

function carriedOf(
  fields: Fields,
  {
    path,
    read,
    carried,
    look,
  }: {
    readonly path: string;
    readonly read: readonly string[];
    readonly carried: readonly string[];
    readonly look: Inspection;
  },
): Fields {
  refuseUnknown(fields, { path, known: [...read, ...carried], look });
  const kept = Object.fromEntries(Object.entries(fields).filter(([key]) => carried.includes(key)));
  if (Object.keys(kept).length === 0 || JSON.stringify(kept).length <= CARRIED_CHARACTERS_MAX) return kept;
  look.mends({ path, message: 'its drawing hints are too long to be kept', repair: 'drop_unknown' });
  return {};
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
