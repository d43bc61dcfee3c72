// A hall comes in as a file. A look (dry run) names every defect with what would mend it; an import keeps the plan only when
// none is left. What is kept never changes: a changed hall is the next version, so sold seats stay where they are.
import { type Actor, addSeatingPlan, findSeatingPlan, type Mongo, type SeatingPlanRecord } from '@onsale/booking-mongo';
import type { PlanImport, PlanReport } from '@onsale/contracts';
import {
  inspectSeatingFile,
  NO_SEAT_FLAGS,
  type PlanId,
  planChanges,
  planFaults,
  type SeatingFileReport,
  seatsPerCategory,
} from '@onsale/domain';
import { refuse } from '../errors.ts';
import { newId } from '../new-id.ts';
import { readHallTable } from './hall-table.ts';

type Deps = { readonly mongo: Mongo };

/** Refuses with not_found or conflict for the plan it replaces, rule_violated naming the defects of a file that is to be kept. */
export async function importPlan(
  { mongo }: Deps,
  { input, actor }: { readonly input: PlanImport; readonly actor: Actor },
): Promise<PlanReport> {
  const before = input.replaces === undefined ? null : await findSeatingPlan(mongo, input.replaces);
  if (input.replaces !== undefined && before === null) refuse('not_found', { detail: 'There is no plan to replace.' });
  const report = inspected(input);
  const { made } = report;
  if (input.dryRun) return reportView(report, { input, before, planId: null });
  if (made === null) {
    refuse('rule_violated', {
      detail: `The file has ${report.defectCount} defects; a dry run says what would mend them.`,
      fields: report.defects.slice(0, FIELDS_TOLD_MAX).map(({ path, message }) => ({ field: `file.${path}`, message })),
    });
  }
  // What the shop demands of every plan, whichever way it came.
  const faults = planFaults(made.plan);
  if (faults.length > 0) refuse('rule_violated', { fields: faults });
  const { width, height, focus, categories } = made.plan;
  const plan: SeatingPlanRecord = {
    ...{ _id: newId<PlanId>('plan'), name: nameOf(input, made.file.name), width, height, focus },
    sections: made.plan.sections as SeatingPlanRecord['sections'],
    categories: [...categories],
    createdAt: actor.at,
  };
  const { file, flags } = made;
  const outcome = await addSeatingPlan(mongo, { plan, file: { file, flags }, replaces: input.replaces ?? null }, actor);
  if (outcome === 'replaced')
    refuse('conflict', { detail: 'That plan has a newer version already: replace that one.' });
  return reportView(report, { input, before, planId: plan._id });
}

const FIELDS_TOLD_MAX = 100;

function inspected({ file, flags, repairs, name = '' }: PlanImport): SeatingFileReport {
  const options = { flags: flags ?? NO_SEAT_FLAGS, repairs };
  if ('json' in file) return inspectSeatingFile({ json: file.json }, options);
  const table = readHallTable(file.csv);
  if (table.kind === 'unreadable') {
    const defect = { path: `line ${table.line}`, message: table.message, repair: null };
    return { defects: [defect], defectCount: 1, mended: [], made: null };
  }
  return inspectSeatingFile({ rows: table.rows, name }, options);
}

function nameOf({ name }: PlanImport, ofFile: string): string {
  return name ?? (ofFile.trim() === '' ? 'A hall' : ofFile);
}

function reportView(
  { defects, defectCount, mended, made }: SeatingFileReport,
  context: { readonly input: PlanImport; readonly before: SeatingPlanRecord | null; readonly planId: PlanId | null },
): PlanReport {
  const { input, before, planId } = context;
  const count = made === null ? new Map<string, number>() : seatsPerCategory(made.plan);
  const changes = made === null || before === null ? null : planChanges(before, made.plan);
  return {
    planId,
    defects: [...defects],
    defectCount,
    mended: [...mended],
    holds: made && {
      name: nameOf(input, made.file.name),
      plan: shownPlan(made.plan as SeatingPlanRecord & typeof made.plan),
      seats: [...count.values()].reduce((sum, seats) => sum + seats, 0),
      categories: made.plan.categories.map((category) => ({ ...category, seats: count.get(category.id) ?? 0 })),
    },
    changes: changes && {
      added: [...changes.added],
      removed: [...changes.removed],
      moved: [...changes.moved],
      recategorised: [...changes.recategorised],
    },
  };
}

export function shownPlan({
  width,
  height,
  focus,
  sections,
}: Pick<SeatingPlanRecord, 'width' | 'height' | 'focus' | 'sections'>) {
  return { width, height, focus, sections };
}
