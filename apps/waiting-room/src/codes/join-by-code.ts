// Joining where codes count. Beside the queue of the others: a sale without codes never comes here.
import { findCodeUses, type Mongo, raiseLeasedIndexes } from '@onsale/booking-mongo';
import type { SaleId } from '@onsale/domain';
import type { Clock } from '@onsale/runtime';
import {
  type CodeJoin,
  type CodeJoinOutcome,
  joinWithCode,
  type LineRedis,
  leaseIndexes,
  loadCodeUses,
} from '@onsale/waiting-room-redis';
import type { CodeLedger } from './code-ledger.ts';

export type JoinByCodeDeps = {
  readonly line: LineRedis;
  readonly mongo: Mongo;
  readonly clock: Clock;
  readonly ledger: Pick<CodeLedger, 'keep'>;
};

export type JoinedByCode = Extract<CodeJoinOutcome, { kind: 'joined' | 'used' | 'blank' }>;

const TRIES_MAX = 5; // a lease or a load in between, each at most twice in a rush
const LEASE_BLOCK = 5_000;

/** Rejects when a store is away. */
export async function joinByCode(deps: JoinByCodeDeps, join: CodeJoin): Promise<JoinedByCode> {
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    const outcome = await joinWithCode(deps.line, join);
    if (outcome.kind === 'unknown') await loadUsesOfCodes(deps, join.saleId, outcome.epoch);
    else if (outcome.kind === 'lease') await extendLease(deps, join.saleId, outcome);
    else {
      await keepUse(deps, join, outcome);
      return outcome;
    }
  }
  throw new Error('joining with a code did not settle');
}

async function keepUse({ ledger }: JoinByCodeDeps, join: CodeJoin, outcome: JoinedByCode): Promise<void> {
  if (outcome.kind !== 'joined' || !outcome.isNew || join.code === null) return;
  const { setNumber, serial, usesMax } = join.code;
  const usedBy = usesMax === 1 ? join.identity.toString('base64') : null;
  await ledger.keep({ saleId: join.saleId, setNumber, serial, uses: outcome.uses, usedBy });
}

/** A line that was opened anew has forgotten which codes were used. */
export async function loadUsesOfCodes({ line, mongo }: JoinByCodeDeps, saleId: SaleId, epoch: number): Promise<void> {
  const used = await findCodeUses(mongo, saleId);
  await loadCodeUses(line, {
    saleId,
    epoch,
    used: used.map(({ usedBy, ...use }) => ({
      ...use,
      usedBy: usedBy === null ? null : Buffer.from(usedBy, 'base64'),
    })),
  });
}

type Lease = { readonly joined: number; readonly epoch: number };

async function extendLease(
  { line, mongo, clock }: JoinByCodeDeps,
  saleId: SaleId,
  { joined, epoch }: Lease,
): Promise<void> {
  const leasedIndexes = joined + LEASE_BLOCK;
  await raiseLeasedIndexes(mongo, { saleId, leasedIndexes, now: new Date(clock.now()) });
  await leaseIndexes(line, { saleId, epoch, leased: leasedIndexes });
}
