// Open cursors: what is left of a result after its first batch.
import { randomBytes } from 'node:crypto';
import { calculateObjectSize, Long } from 'bson';
import { ServerError } from '../errors.ts';
import type { Doc } from '../values/types.ts';

type Cursor = {
  readonly namespace: string;
  readonly rest: Iterator<Doc>;
  /** A document taken from `rest` that did not fit into the last batch. */
  held: Doc | null;
  /** Documents that may still come by the limit of the query. */
  left: number;
  readonly sessionId: string | null;
  readonly transactionNumber: bigint | null;
  readonly neverExpires: boolean;
  lastUsedMs: number;
};
export type OpenCursor = Cursor & { readonly id: Long };

type Opening = {
  readonly namespace: string;
  readonly docs: Iterable<Doc>;
  readonly batchSize: number | null;
  readonly single?: boolean;
  /** How many documents there can be at most; 0 if that is not known. */
  readonly limit?: number;
  readonly sessionId: string | null;
  readonly transactionNumber: bigint | null;
  readonly neverExpires?: boolean;
  readonly nowMs: number;
};

const firstBatchDefault = 101;
const batchBytesMax = 16 * 1024 * 1024;
const idleMsMax = 10 * 60_000;

export class Cursors {
  private readonly open = new Map<string, OpenCursor>();

  get size(): number {
    return this.open.size;
  }

  /** The `cursor` field of a reply, with the first batch. */
  first(opening: Opening): Doc {
    const { namespace, docs, batchSize, nowMs } = opening;
    const cursor: Cursor = {
      namespace,
      rest: docs[Symbol.iterator](),
      held: null,
      left: opening.limit || Number.POSITIVE_INFINITY,
      sessionId: opening.sessionId,
      transactionNumber: opening.transactionNumber,
      neverExpires: opening.neverExpires ?? false,
      lastUsedMs: nowMs,
    };
    const { batch, exhausted } = take(cursor, batchSize ?? firstBatchDefault);
    if (exhausted || opening.single === true) return { firstBatch: batch, id: Long.ZERO, ns: namespace };
    const id = newId();
    this.open.set(id.toString(), { ...cursor, id });
    return { firstBatch: batch, id, ns: namespace };
  }

  find(id: Long): OpenCursor {
    const cursor = this.open.get(id.toString());
    if (cursor === undefined) throw new ServerError(43, `cursor id ${id.toString()} not found`);
    return cursor;
  }

  next(cursor: OpenCursor, batchSize: number | null, nowMs: number): Doc {
    cursor.lastUsedMs = nowMs;
    const { batch, exhausted } = take(
      cursor,
      batchSize === null || batchSize === 0 ? Number.POSITIVE_INFINITY : batchSize,
    );
    if (exhausted) this.open.delete(cursor.id.toString());
    return { nextBatch: batch, id: exhausted ? Long.ZERO : cursor.id, ns: cursor.namespace };
  }

  kill(id: Long): boolean {
    const key = id.toString();
    this.open.get(key)?.rest.return?.();
    return this.open.delete(key);
  }

  killWhere(unwanted: (cursor: OpenCursor) => boolean): void {
    for (const cursor of [...this.open.values()]) if (unwanted(cursor)) this.kill(cursor.id);
  }

  expire(nowMs: number): void {
    this.killWhere(
      (cursor) => !cursor.neverExpires && cursor.sessionId === null && nowMs - cursor.lastUsedMs >= idleMsMax,
    );
  }
}

// Cursor ids are positive, so that they survive drivers that read them as numbers.
const newId = (): Long => Long.fromBigInt((randomBytes(8).readBigUInt64LE() & 0x1fffffffffffffn) | 1n);

function take(cursor: Cursor, limit: number): { batch: Doc[]; exhausted: boolean } {
  const batch: Doc[] = [];
  let bytes = 0;
  // As the real server, it does not look ahead: a batch that is full leaves the cursor open, unless the limit is met.
  while (batch.length < limit) {
    if (cursor.left === 0) return { batch, exhausted: true };
    const doc = pull(cursor);
    if (doc === null) return { batch, exhausted: true };
    // Only long batches are worth measuring.
    if (limit > firstBatchDefault || bytes > 0 || batch.length > 0) bytes += calculateObjectSize(doc);
    if (bytes > batchBytesMax && batch.length > 0) {
      cursor.held = doc;
      return { batch, exhausted: false };
    }
    batch.push(doc);
    cursor.left -= 1;
  }
  return { batch, exhausted: cursor.left === 0 };
}

function pull(cursor: Cursor): Doc | null {
  if (cursor.held !== null) {
    const { held } = cursor;
    cursor.held = null;
    return held;
  }
  const step = cursor.rest.next();
  return step.done ? null : step.value;
}
