// Where a seat stands in the bitmap of its section: by the order of the plan, which never changes.
import type { Plan, SeatId } from '@onsale/domain';

export type SeatIndex = {
  readonly sections: ReadonlyMap<string, readonly SeatId[]>;
  placeOf(seatId: SeatId): { readonly sectionId: string; readonly offset: number } | undefined;
};

type Sections = readonly {
  readonly id: string;
  readonly rows: readonly {
    readonly seats: readonly Pick<Plan['sections'][number]['rows'][number]['seats'][number], 'id'>[];
  }[];
}[];

/** Of a performance without a plan: no sections. */
export function seatIndexOf(plan: { readonly sections: Sections } | null): SeatIndex {
  const sections = new Map<string, readonly SeatId[]>();
  const places = new Map<SeatId, { readonly sectionId: string; readonly offset: number }>();
  for (const { id: sectionId, rows } of plan?.sections ?? []) {
    const seats = rows.flatMap((row) => row.seats.map(({ id }) => id));
    sections.set(sectionId, seats);
    for (const [offset, seatId] of seats.entries()) places.set(seatId, { sectionId, offset });
  }
  return { sections, placeOf: (seatId) => places.get(seatId) };
}

/** One bit a seat, the first seat in the highest bit of the first byte, as Redis counts them. */
export function bitmapOf(seats: readonly SeatId[], isTaken: (seatId: SeatId) => boolean): Buffer {
  const bytes = Buffer.alloc(Math.ceil(seats.length / 8));
  for (const [offset, seatId] of seats.entries()) {
    if (isTaken(seatId)) bytes.writeUInt8(bytes.readUInt8(offset >> 3) | (0x80 >> (offset & 7)), offset >> 3);
  }
  return bytes;
}

/** Bytes that are missing at the end are zero: Redis keeps a bitmap only as long as its last bit. */
export function seatsIn(bitmap: Buffer, seats: readonly SeatId[]): SeatId[] {
  return seats.filter((_, offset) => ((bitmap[offset >> 3] ?? 0) & (0x80 >> (offset & 7))) !== 0);
}
