// The whole look at a seating file that somebody brings: its defects, each with a repair where there is one, and the plan
// it makes when none is left.
import type { SeatKind } from '../seats/seat-map.ts';
import { type HallRow, readHallRows } from './hall-rows.ts';
import { Inspection, type SeatingDefect, type SeatingRepair } from './inspection.ts';
import { mendSeatingFile } from './mend-seating-file.ts';
import { type HallPlan, planOfFile } from './plan-of-file.ts';
import { readSeatingFile } from './read-seating-file.ts';
import { NO_SEAT_FLAGS, type SeatFlags, type SeatingFile } from './seating-file.ts';

export type SeatingFileReport = {
  readonly defects: readonly SeatingDefect[];
  /** All of them, also those beyond the ones that are told. */
  readonly defectCount: number;
  readonly mended: readonly { readonly repair: SeatingRepair; readonly times: number }[];
  /** Null while a defect is left. */
  readonly made: { readonly file: SeatingFile; readonly flags: SeatFlags; readonly plan: HallPlan } | null;
};

export function inspectSeatingFile(
  brought: { readonly json: unknown } | { readonly rows: readonly HallRow[]; readonly name: string },
  { flags, repairs }: { readonly flags: SeatFlags; readonly repairs: readonly SeatingRepair[] },
): SeatingFileReport {
  const look = new Inspection(repairs);
  const read =
    'rows' in brought
      ? readHallRows(brought, look)
      : { file: readSeatingFile(brought.json, look), flags: NO_SEAT_FLAGS };
  const file = read.file && mendSeatingFile(read.file, look);
  const known = file && withKnownFlags(file, joinFlags(read.flags, flags), look);
  return {
    defects: look.defects,
    defectCount: look.count,
    mended: [...look.mended].map(([repair, times]) => ({ repair, times })),
    made:
      file === null || known === null || look.count > 0 ? null : { file, flags: known, plan: planOfFile(file, known) },
  };
}

const joinFlags = (a: SeatFlags, b: SeatFlags): SeatFlags => ({
  accessible: [...new Set([...a.accessible, ...b.accessible])],
  companion: [...new Set([...a.companion, ...b.companion])],
  restrictedView: [...new Set([...a.restrictedView, ...b.restrictedView])],
});

/** A flag belongs to a seat of the file, and no seat is both accessible and a companion seat. */
function withKnownFlags({ zones }: SeatingFile, flags: SeatFlags, look: Inspection): SeatFlags {
  const seats = new Map<string, string>();
  for (const zone of zones) {
    for (const row of zone.rows) for (const { seat_guid } of row.seats) seats.set(seat_guid, zone.name);
  }
  const known = (name: keyof SeatFlags) =>
    flags[name].filter((id, i) => {
      if (seats.has(id)) return true;
      const message = `the file has no seat ${id}`;
      return !look.mends({ path: `flags.${name}.${i}`, message, repair: 'drop_flags' });
    });
  const accessible = known('accessible');
  const kinds = new Map<string, SeatKind>(accessible.map((id) => [id, 'accessible']));
  const companion = known('companion').filter((id, i) => {
    if (!kinds.has(id)) return true;
    const message = `seat ${id} is accessible and a companion seat at once`;
    return !look.mends({ path: `flags.companion.${i}`, message, repair: 'drop_flags' });
  });
  const served = new Set(accessible.map((id) => seats.get(id)));
  companion.forEach((id, i) => {
    const zone = seats.get(id);
    if (zone === undefined || served.has(zone)) return;
    const message = `zone ${zone} has companion seats, but no accessible seat they belong to`;
    look.tell({ path: `flags.companion.${i}`, message, repair: null });
  });
  return { accessible, companion, restrictedView: known('restrictedView') };
}
