// Moves each draw of a sale one step on when its time has come:
//   committed → open (its pre-queue runs) → frozen (who takes part is fixed, the root is published) → revealed.
// Each step is written to MongoDB only while the one before it stands there, so a second leader repeats nothing.
import { type DrawRecord, draws, keepRoster, type SaleRecord } from '@onsale/booking-mongo';
import { drawSeed, fromHex, numbering, toHex } from '@onsale/domain';
import {
  freezeRoster,
  markGhosts,
  openPrequeue,
  PRESENCE_CHUNK,
  readLeft,
  readRoster,
} from '@onsale/waiting-room-redis';
import type { LeaderDeps } from '../lead-sale/sale-leader.ts';
import { commitDraws } from './commit-draws.ts';
import { rosterRoot } from './roster-root.ts';

export type DrawsInput = { readonly sale: SaleRecord; readonly draws: readonly DrawRecord[]; readonly now: number };

/** The draws as they stand after this step. `now`: ms on the line's clock. */
export async function holdDraws(deps: LeaderDeps, input: DrawsInput): Promise<readonly DrawRecord[]> {
  const { sale, now } = input;
  const known = input.draws.length === sale.phases.length ? input.draws : await commitDraws(deps.mongo, sale);
  const due = dueStep(sale, known, now);
  if (due === null) return known;
  await step(deps, { sale, ...due, now: new Date(now) });
  return draws(deps.mongo).find({ saleId: sale._id }).lean();
}

type Due = { readonly kind: 'open' | 'freeze' | 'reveal'; readonly draw: DrawRecord };

/** Phases follow each other: a later pre-queue opens only once the draw before it was revealed. */
function dueStep(sale: SaleRecord, known: readonly DrawRecord[], now: number): Due | null {
  const phases = [...sale.phases].sort((a, b) => a.prequeueOpensAt.getTime() - b.prequeueOpensAt.getTime());
  for (const phase of phases) {
    const draw = known.find(({ phaseId }) => phaseId === phase.id);
    if (draw === undefined || draw.seed !== null) continue;
    if (draw.firstIndex === null) return now >= phase.prequeueOpensAt.getTime() ? { kind: 'open', draw } : null;
    if (draw.root === null) return now >= phase.opensAt.getTime() ? { kind: 'freeze', draw } : null;
    return { kind: 'reveal', draw };
  }
  return null;
}

type Step = Due & { readonly sale: SaleRecord; readonly now: Date };

async function step(deps: LeaderDeps, due: Step): Promise<void> {
  if (due.kind === 'open') return open(deps, due);
  if (due.kind === 'freeze') return freeze(deps, due);
  return reveal(deps, due);
}

async function open({ mongo, line }: LeaderDeps, { sale, draw }: Step): Promise<void> {
  const outcome = await openPrequeue(line, { saleId: sale._id, phaseId: draw.phaseId });
  if (outcome.kind === 'blank') return;
  await draws(mongo).updateOne({ _id: draw._id, firstIndex: null }, { $set: { firstIndex: outcome.firstIndex } });
}

async function freeze({ mongo, line, events }: LeaderDeps, { sale, draw, now }: Step): Promise<void> {
  const saleId = sale._id;
  const outcome = await freezeRoster(line, { saleId, phaseId: draw.phaseId });
  if (outcome.kind !== 'frozen') return;
  const { firstIndex, size } = outcome;
  const roster = await readRoster(line, { saleId, firstIndex, size });
  await keepRoster(mongo, { drawId: draw._id, roster });
  const root = toHex(rosterRoot({ roster, firstIndex, salt: draw.salt }));
  await draws(mongo).updateOne({ _id: draw._id, root: null }, { $set: { firstIndex, size, root, frozenAt: now } });
  events.drawFrozen(saleId, { phaseId: draw.phaseId, size });
}

async function reveal(deps: LeaderDeps, { sale, draw, now }: Step): Promise<void> {
  const seed = drawSeed({
    secret: fromHex(draw.secret),
    publicValue: draw.publicValue ?? '',
    root: fromHex(draw.root ?? ''),
    saleId: sale._id,
  });
  await markLeft(deps, { sale, draw, seed });
  await draws(deps.mongo).updateOne({ _id: draw._id, seed: null }, { $set: { seed: toHex(seed), revealedAt: now } });
  deps.events.drawRevealed(sale._id, draw.phaseId);
}

type Left = { readonly sale: SaleRecord; readonly draw: DrawRecord; readonly seed: Uint8Array };

/** Who gave up the place before the draw stands in the way of nobody after it. */
async function markLeft({ line }: LeaderDeps, { sale, draw, seed }: Left): Promise<void> {
  const saleId = sale._id;
  const held = { firstIndex: draw.firstIndex ?? 0, size: draw.size ?? 0, seed };
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
