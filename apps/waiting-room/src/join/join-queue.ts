// Joins of one process go to Redis together: whoever comes while a batch is on its way travels with the next. A lonely
// join leaves at once; under a rush a batch costs one round trip for up to 200 fans.
import { type Mongo, raiseLeasedIndexes } from '@onsale/booking-mongo';
import type { SaleId } from '@onsale/domain';
import type { Clock } from '@onsale/runtime';
import { joinLine, type LineRedis, leaseIndexes, presentUntil } from '@onsale/waiting-room-redis';
import type { KnownLines } from '../line/known-lines.ts';
import { silenceAllowedMs } from '../place/silence-allowed.ts';

export type JoinQueueDeps = {
  readonly line: LineRedis;
  readonly mongo: Mongo;
  readonly clock: Clock;
  readonly lines: KnownLines;
};

export type Joined =
  | { readonly kind: 'joined'; readonly index: number; readonly isNew: boolean; readonly epoch: number }
  /** The line is not open in Redis: it is new, or is being restored. */
  | { readonly kind: 'blank' };

/** One who wants in. An object and not a promise: in a rush the promises cost more than the place. Its methods never throw. */
export type Waiting = {
  readonly identity: Buffer;
  resolve(joined: Joined): void;
  reject(error: unknown): void;
};
type Queue = { waiting: Waiting[]; underWay: number; scheduled: boolean };

const BLANK: Joined = { kind: 'blank' };
const BATCH_MAX = 200; // joins; one script call then holds Redis for less than a millisecond
const UNDER_WAY_MAX = 2; // batches of one sale: one on the wire while Redis works on the other
const LEASE_BLOCK = 20_000;
const LEASE_TRIES = 3;

export class JoinQueue {
  private readonly deps: JoinQueueDeps;
  private readonly queues = new Map<SaleId, Queue>();

  constructor(deps: JoinQueueDeps) {
    this.deps = deps;
  }

  /** Rejects when a store is away. */
  join(saleId: SaleId, identity: Buffer): Promise<Joined> {
    return new Promise((resolve, reject) => this.enter(saleId, { identity, resolve, reject }));
  }

  /** As join(), with the answer told to `waiting`. */
  enter(saleId: SaleId, waiting: Waiting): void {
    const queue = this.queueOf(saleId);
    queue.waiting.push(waiting);
    this.schedule(saleId, queue);
  }

  private queueOf(saleId: SaleId): Queue {
    let queue = this.queues.get(saleId);
    if (queue === undefined) {
      queue = { waiting: [], underWay: 0, scheduled: false };
      this.queues.set(saleId, queue);
    }
    return queue;
  }

  /** At the end of this turn of the event loop, so that all requests read in it share a batch. */
  private schedule(saleId: SaleId, queue: Queue): void {
    if (queue.scheduled || queue.underWay >= UNDER_WAY_MAX) return;
    queue.scheduled = true;
    setImmediate(() => {
      queue.scheduled = false;
      this.send(saleId, queue);
    });
  }

  private send(saleId: SaleId, queue: Queue): void {
    const batch = queue.waiting.splice(0, BATCH_MAX);
    if (batch.length === 0) {
      if (queue.underWay === 0) this.queues.delete(saleId);
      return;
    }
    queue.underWay++;
    this.joinBatch(saleId, batch)
      .catch((error: unknown) => {
        for (const waiting of batch) waiting.reject(error);
      })
      .finally(() => {
        queue.underWay--;
        this.schedule(saleId, queue);
      });
    if (queue.waiting.length > 0) this.schedule(saleId, queue);
  }

  private async joinBatch(saleId: SaleId, batch: readonly Waiting[]): Promise<void> {
    const { line, clock, lines } = this.deps;
    const document = lines.now(saleId)?.document ?? null;
    const present = presentUntil(clock.now() + silenceAllowedMs(document, document?.joined ?? null));
    const identities = batch.map(({ identity }) => identity);
    for (let attempt = 0; attempt < LEASE_TRIES; attempt++) {
      const joinedAtLeast = lines.joinedAtLeast(saleId);
      const outcome = await joinLine(line, { saleId, identities, present, joinedAtLeast });
      if (outcome.kind === 'joined') {
        const { epoch, places, joined } = outcome;
        lines.noteJoined(saleId, joined);
        for (let i = 0; i < batch.length; i++) {
          const place = places[i];
          const answer: Joined =
            place === undefined ? BLANK : { kind: 'joined', index: place.index, isNew: place.isNew, epoch };
          batch[i]?.resolve(answer);
        }
        return;
      }
      if (outcome.kind === 'blank') {
        for (const waiting of batch) waiting.resolve(BLANK);
        return;
      }
      await this.extendLease(saleId, outcome);
    }
    throw new Error('the lease of indexes could not be extended');
  }

  /** The admitter extends it ahead of need; this is for a rush that is faster. The mark stands in MongoDB before use. */
  private async extendLease(saleId: SaleId, { joined, epoch }: { joined: number; epoch: number }): Promise<void> {
    const { mongo, line, clock } = this.deps;
    const leasedIndexes = joined + LEASE_BLOCK;
    await raiseLeasedIndexes(mongo, { saleId, leasedIndexes, now: new Date(clock.now()) });
    await leaseIndexes(line, { saleId, epoch, leased: leasedIndexes });
  }
}
