// The line and its draws, and the indexes that guard the rest.
import { createHash } from 'node:crypto';
import type { Books, RawDraw, RawSale } from './books.ts';

const sha256 = (...parts: readonly (Buffer | string)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** Every phase has a draw that was committed to, frozen before it was revealed, and whose seed anyone gets again. */
export function drawsThatDoNotFollow({ sales, draws }: Books): string[] {
  const byId = new Map(draws.map((draw) => [draw._id, draw]));
  return sales.flatMap((sale) =>
    sale.phases.flatMap((phase) => {
      const draw = byId.get(`${sale._id}:${phase.id}`);
      const wrong = draw === undefined ? 'there is none' : whatIsWrong(draw, { sale, opensAt: phase.opensAt });
      return wrong === null ? [] : [`draw of ${sale._id} ${phase.id}: ${wrong}`];
    }),
  );
}

function whatIsWrong(
  draw: RawDraw,
  { sale, opensAt }: { readonly sale: RawSale; readonly opensAt: Date },
): string | null {
  const secret = Buffer.from(draw.secret, 'hex');
  if (sha256(secret) !== draw.commitment) return 'the secret does not fit the commitment';
  if (draw.frozenAt === null) return draw.seed === null ? null : 'it was revealed before the roster was frozen';
  if (draw.frozenAt < opensAt) return 'the roster was frozen before the opening';
  if (draw.size === null || draw.root === null || draw.firstIndex === null) return 'the frozen roster is not whole';
  if (rootOf(draw) !== draw.root) return 'the root does not follow from size, roster and groups';
  if (draw.revealedAt === null || draw.seed === null) return null;
  const waitMs =
    draw.publicValueSource === null || draw.publicValue !== null ? 0 : (draw.publicValueWaitSeconds ?? 0) * 1000;
  if (draw.revealedAt.getTime() - draw.frozenAt.getTime() < waitMs) return 'the public value was not waited for';
  if (draw.revealedAt < draw.frozenAt) return 'it was revealed before the roster was frozen';
  const seed = sha256(secret, draw.publicValue ?? '', Buffer.from(draw.root, 'hex'), sale._id);
  return seed === draw.seed ? null : 'the seed does not follow from its parts';
}

function rootOf({ firstIndex, size, rosterRoot, crowdedHash }: RawDraw): string {
  const covered = Buffer.alloc(9, 2);
  covered.writeUInt32BE(firstIndex ?? 0, 1);
  covered.writeUInt32BE(size ?? 0, 5);
  return sha256(covered, Buffer.from(rosterRoot ?? '', 'hex'), Buffer.from(crowdedHash ?? '', 'hex'));
}

/** Nobody was called who had no place, and every roster lies below what was leased. */
export function marksOutOfOrder({ checkpoints, draws, sales }: Books): string[] {
  const known = new Set(sales.map(({ _id }) => _id));
  return checkpoints.flatMap(({ _id, served, leasedIndexes, epoch }) => {
    if (!known.has(_id)) return [`checkpoint of sale ${_id}, which does not exist`];
    if (served > leasedIndexes) return [`sale ${_id}: ${served} called of ${leasedIndexes} leased`];
    if (epoch < 1) return [`sale ${_id}: epoch ${epoch}`];
    return draws.flatMap(({ saleId, firstIndex, size }) => {
      const end = (firstIndex ?? 0) + (size ?? 0);
      return saleId === _id && end > leasedIndexes
        ? [`sale ${_id}: roster up to ${end} of ${leasedIndexes} leased`]
        : [];
    });
  });
}

const GUARDS: readonly { readonly collection: string; readonly fields: string }[] = [
  { collection: 'tickets', fields: 'performanceId seatId' },
  { collection: 'payments', fields: 'bookingId' },
  { collection: 'events', fields: 'slug' },
  { collection: 'staff', fields: 'email' },
];

/** The unique indexes that make a second ticket, payment, slug or account impossible are there. */
export function missingGuards({ indexes }: Books): string[] {
  const unique = new Set(
    indexes.filter((index) => index.unique).map(({ collection, key }) => `${collection} ${Object.keys(key).join(' ')}`),
  );
  return GUARDS.flatMap(({ collection, fields }) =>
    unique.has(`${collection} ${fields}`) ? [] : [`${collection} has no unique index on ${fields}`],
  );
}
