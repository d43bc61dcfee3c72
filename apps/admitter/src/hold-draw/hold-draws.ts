// Moves each draw of a sale one step on when its time has come:
//   committed → open (its pre-queue runs) → frozen (who takes part is fixed, the root is published) → revealed.
// Between the last two the result of a public draw is waited for, where the sale named one.
// Each step is written to MongoDB only while the one before it stands there, so a second leader repeats nothing.
import { type DrawRecord, draws, findCrowded, type SaleRecord } from '@onsale/booking-mongo';
import { type CrowdedGroups, drawSeed, fromHex, numbering, toHex } from '@onsale/domain';
import { freezeRoster, markGhosts, openPrequeue, PRESENCE_CHUNK, readLeft } from '@onsale/waiting-room-redis';
import type { LeaderDeps } from '../lead-sale/sale-leader.ts';
import type { SaleMemory } from '../lead-sale/sale-memory.ts';
import { commitDraws } from './commit-draws.ts';
import { publishRoster } from './publish-roster.ts';

export type DrawsInput = {
  readonly sale: SaleRecord;
  readonly memory: Pick<SaleMemory, 'draws' | 'roster' | 'line'>;
  readonly now: number;
  /** Where the line holds a pre-queue open; null when it holds none. */
  readonly firstUndrawnIndex: number | null;
};

/** The draws as they stand after this step. `now`: ms on the line's clock. */
export async function holdDraws(deps: LeaderDeps, input: DrawsInput): Promise<readonly DrawRecord[]> {
  const { sale, memory, now, firstUndrawnIndex } = input;
  const known = memory.draws.length === sale.phases.length ? memory.draws : await commitDraws(deps.mongo, sale);
  await closeSettled(deps, { sale, known, firstUndrawnIndex });
  const due = dueStep(sale, known, now);
  if (due === null) return known;
  await step(deps, { sale, memory, ...due, now: new Date(now) });
  return draws(deps.mongo).find({ saleId: sale._id }).lean();
}

type Settled = Pick<DrawsInput, 'sale' | 'firstUndrawnIndex'> & { readonly known: readonly DrawRecord[] };

/** A line that was lost while its roster was being published was restored with that pre-queue open: nobody is called from it. */
async function closeSettled({ line }: LeaderDeps, { sale, known, firstUndrawnIndex }: Settled): Promise<void> {
  if (firstUndrawnIndex === null) return;
  const begun = known.filter(({ firstIndex }) => firstIndex === firstUndrawnIndex);
  if (begun.some(({ size }) => size === null)) return;
  for (const { phaseId, size } of begun) {
    const fixed = { firstIndex: firstUndrawnIndex, size: size ?? 0 };
    await freezeRoster(line, { saleId: sale._id, phaseId, fixed });
  }
}

type Due = { readonly kind: 'open' | 'freeze' | 'wait' | 'reveal'; readonly draw: DrawRecord };

/** Phases follow each other: a later pre-queue opens only once the draw before it was revealed. */
function dueStep(sale: SaleRecord, known: readonly DrawRecord[], now: number): Due | null {
  const phases = [...sale.phases].sort((a, b) => a.prequeueOpensAt.getTime() - b.prequeueOpensAt.getTime());
  for (const phase of phases) {
    const draw = known.find(({ phaseId }) => phaseId === phase.id);
    if (draw === undefined || draw.seed !== null) continue;
    if (draw.firstIndex === null) return now >= phase.prequeueOpensAt.getTime() ? { kind: 'open', draw } : null;
    if (draw.root === null) return now >= phase.opensAt.getTime() ? { kind: 'freeze', draw } : null;
    return { kind: awaitsPublicValue(draw, now) ? 'wait' : 'reveal', draw };
  }
  return null;
}

/** The operator writes it down by a staff route; after the announced time the draw is held without. */
function awaitsPublicValue(
  { publicValueSource, publicValueWaitSeconds, publicValue, frozenAt }: DrawRecord,
  now: number,
) {
  if (publicValueSource === null || publicValue !== null) return false;
  return now < (frozenAt?.getTime() ?? now) + (publicValueWaitSeconds ?? 0) * 1000;
}

type Step = Due & Pick<DrawsInput, 'sale' | 'memory'> & { readonly now: Date };

async function step(deps: LeaderDeps, due: Step): Promise<void> {
  if (due.kind === 'open') return open(deps, due);
  if (due.kind === 'freeze') return freeze(deps, due);
  if (due.kind === 'reveal') return reveal(deps, due);
}

async function open({ mongo, line }: LeaderDeps, { sale, draw }: Step): Promise<void> {
  const outcome = await openPrequeue(line, { saleId: sale._id, phaseId: draw.phaseId });
  if (outcome.kind === 'blank') return;
  await draws(mongo).updateOne({ _id: draw._id, firstIndex: null }, { $set: { firstIndex: outcome.firstIndex } });
}

/** Who takes part is fixed here; the root follows from a job beside the ticks, one at a time. */
async function freeze(deps: LeaderDeps, { sale, memory, draw, now }: Step): Promise<void> {
  if (memory.roster.underWay) return;
  const { joined: joinedAtLeast } = memory.line.marks;
  const outcome = await freezeRoster(deps.line, { saleId: sale._id, phaseId: draw.phaseId, joinedAtLeast });
  if (outcome.kind !== 'frozen') return;
  const { firstIndex, size } = outcome;
  memory.roster.underWay = true;
  publishRoster(deps, { draw, firstIndex, size, frozenAt: now })
    .catch((error: unknown) => deps.events.tickFailed(sale._id, error)) // the next tick begins again
    .finally(() => {
      memory.roster.underWay = false;
    });
}

async function reveal(deps: LeaderDeps, { sale, draw, now }: Step): Promise<void> {
  const seed = drawSeed({
    secret: fromHex(draw.secret),
    publicValue: draw.publicValue ?? '',
    root: fromHex(draw.root ?? ''),
    saleId: sale._id,
  });
  const crowded = await findCrowded(deps.mongo, draw);
  await markLeft(deps, { sale, draw, seed, crowded });
  // The public value is in the condition: one that is written down in this moment is not passed over.
  const { _id, publicValue } = draw;
  const revealed = { $set: { seed: toHex(seed), revealedAt: now } };
  const { modifiedCount } = await draws(deps.mongo).updateOne({ _id, seed: null, publicValue }, revealed);
  if (modifiedCount === 1) deps.events.drawRevealed(sale._id, draw.phaseId);
}

type Left = {
  readonly sale: SaleRecord;
  readonly draw: DrawRecord;
  readonly seed: Uint8Array;
  readonly crowded: CrowdedGroups;
};

/** Who gave up the place before the draw stands in the way of nobody after it. */
async function markLeft({ line }: LeaderDeps, { sale, draw, seed, crowded }: Left): Promise<void> {
  const saleId = sale._id;
  const held = { firstIndex: draw.firstIndex ?? 0, size: draw.size ?? 0, seed, crowded };
  const numberOf = numbering({ draws: [held], firstUndrawnIndex: null });
  const byChunk = new Map<number, { position: number; seen: number }[]>();
  for (const index of await readLeft(line, { saleId, firstIndex: held.firstIndex, size: held.size })) {
    const at = (numberOf(index) ?? 1) - 1;
    const chunk = Math.floor(at / PRESENCE_CHUNK);
    const entries = byChunk.get(chunk) ?? [];
    entries.push({ position: at % PRESENCE_CHUNK, seen: 0 });
    byChunk.set(chunk, entries);
  }
  for (const [chunk, entries] of byChunk) await markGhosts(line, { saleId, chunk, as: 'left', entries });
}
