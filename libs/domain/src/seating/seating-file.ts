// A hall as an open file: the JSON seating plan that ticket shops exchange (schema version 0.0.1). Zones hold rows, rows
// hold seats; positions are relative to what holds them. What only a drawing program needs is carried along unread.

export type Spot = { readonly x: number; readonly y: number };
/** What is carried along: drawing hints that mean nothing to a sale. */
export type Extras = Readonly<Record<string, unknown>>;

export type FileSeat = {
  readonly seat_guid: string;
  readonly seat_number: string;
  readonly position: Spot;
  readonly category: string;
  readonly extras: Extras;
};
export type FileRow = {
  readonly row_number: string;
  readonly position: Spot | null;
  readonly seats: readonly FileSeat[];
  readonly extras: Extras;
};
export type FileArea = {
  readonly position: Spot | null;
  readonly extras: Extras;
};
export type FileZone = {
  readonly name: string;
  readonly position: Spot;
  readonly rows: readonly FileRow[];
  readonly areas: readonly FileArea[];
  readonly extras: Extras;
};
export type FileCategory = { readonly name: string; readonly color: string | null };
export type SeatingFile = {
  readonly name: string;
  readonly categories: readonly FileCategory[];
  readonly zones: readonly FileZone[];
  readonly size: { readonly width: number; readonly height: number } | null;
};

/** Which seats are special; kept beside the file, since its format has no word for it. */
export type SeatFlags = {
  readonly accessible: readonly string[];
  readonly companion: readonly string[];
  readonly restrictedView: readonly string[];
};
export const NO_SEAT_FLAGS: SeatFlags = { accessible: [], companion: [], restrictedView: [] };

export const ORIGIN: Spot = { x: 0, y: 0 };

export function addSpots(...spots: readonly (Spot | null)[]): Spot {
  return spots.reduce<Spot>((sum, spot) => ({ x: sum.x + (spot?.x ?? 0), y: sum.y + (spot?.y ?? 0) }), ORIGIN);
}

/** The file as it is written: fields that are absent stay away. */
export function writeSeatingFile({ name, categories, zones, size }: SeatingFile): Record<string, unknown> {
  return {
    name,
    categories: categories.map(({ name: category, color }) => ({ name: category, ...(color !== null && { color }) })),
    zones: zones.map((zone) => ({
      name: zone.name,
      ...zone.extras,
      position: zone.position,
      rows: zone.rows.map(({ row_number, position, seats, extras }) => ({
        row_number,
        ...extras,
        ...(position !== null && { position }),
        seats: seats.map(({ extras: ofSeat, ...seat }) => ({ ...seat, ...ofSeat })),
      })),
      areas: zone.areas.map(({ position, extras }) => ({ ...extras, ...(position !== null && { position }) })),
    })),
    ...(size !== null && { size }),
  };
}
