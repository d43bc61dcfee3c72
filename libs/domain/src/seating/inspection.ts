// Looks a file over: every defect is named with its place and a sentence, and with the repair that would mend it. A repair
// that was asked for is done where its defect is met, so that naming and mending cannot disagree.

export const seatingRepairs = {
  read_numbers: 'Read numbers that are written as text.',
  drop_unknown: 'Leave out what this format does not know.',
  renumber_seats: 'Give seats without an id of their own a new one.',
  number_rows_anew: 'Number the seats of such a row anew from 1.',
  rename_rows: 'Add a number to the names of rows that are there twice.',
  rename_zones: 'Name zones that have no name, or the name of another.',
  add_categories: 'Add the categories that seats name and the file lacks.',
  merge_categories: 'Keep the first of categories with the same name.',
  lay_out_seats: 'Put seats without a place of their own beside their neighbour.',
  fit_size: 'Make the plan as large as what stands in it.',
  drop_flags: 'Leave out flags of seats that are not there.',
} as const;
export type SeatingRepair = keyof typeof seatingRepairs;
export const seatingRepairNames = Object.keys(seatingRepairs) as [SeatingRepair, ...SeatingRepair[]];

export type SeatingDefect = {
  /** Where in the file: `zones.0.rows.3.seats.2.seat_guid`. */
  readonly path: string;
  readonly message: string;
  /** What would mend it; null where only a person can. */
  readonly repair: SeatingRepair | null;
};

/** A file that is wrong everywhere tells enough with this many; the count tells the rest. */
export const DEFECTS_TOLD_MAX = 500;

export class Inspection {
  readonly defects: SeatingDefect[] = [];
  /** Of those that were not mended. */
  count = 0;
  /** How often each repair was done. */
  readonly mended = new Map<SeatingRepair, number>();
  readonly #wished: ReadonlySet<SeatingRepair>;

  constructor(repairs: Iterable<SeatingRepair>) {
    this.#wished = new Set(repairs);
  }

  /** Names a defect; true when the caller is to mend it. */
  mends(defect: SeatingDefect & { readonly repair: SeatingRepair }): boolean {
    if (!this.#wished.has(defect.repair)) {
      this.tell(defect);
      return false;
    }
    this.mended.set(defect.repair, (this.mended.get(defect.repair) ?? 0) + 1);
    return true;
  }

  tell(defect: SeatingDefect): void {
    this.count += 1;
    if (this.defects.length < DEFECTS_TOLD_MAX) this.defects.push(defect);
  }
}
