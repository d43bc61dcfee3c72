// Many writes to one collection in one message of a transaction. Said to the server directly: the driver's own bulk would
// encode every document twice, once to measure it. The answer names a write that is refused by its ordinal, and behind
// that stands the command that wanted it, so nobody has to search for the culprit.
import type { SeatOwner } from '@onsale/domain';
import type { ClientSession, mongo as driver, Model } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';

export type Writing<Document> = {
  readonly mongo: Mongo;
  readonly session: ClientSession;
  readonly to: (mongo: Mongo) => Model<Document>;
  /** Those the writes are for, in the order of the writes; none where they are for nobody in particular. */
  readonly owners?: readonly (SeatOwner | null)[];
};

/** The database refused what was decided for this booking or block: its own fault, or that of a memory gone stale. */
export class RefusedWriteError extends Error {
  /** Null where nobody in particular wanted it. */
  readonly owner: SeatOwner | null;
  readonly code: number;

  constructor({ errmsg, code }: Refusal, owner: SeatOwner | null) {
    super(errmsg);
    this.name = 'RefusedWriteError';
    this.owner = owner;
    this.code = code;
  }
}

type Refusal = { readonly index: number; readonly code: number; readonly errmsg: string };
type Answer = { readonly n: number; readonly writeErrors?: readonly Refusal[] };

/** Under the server's limits of 100,000 writes and 48 MB in a message. */
const WRITES_MAX = 10_000;

export function insertAll<Document extends { _id: string }>(
  writing: Writing<Document>,
  documents: readonly Document[],
): Promise<number> {
  return inPieces(documents, writing, (piece) => ({ insert: nameOf(writing), documents: piece }));
}

export type Update<Document> = {
  readonly q: driver.Filter<Document>;
  readonly u: driver.UpdateFilter<Document>;
  readonly upsert?: boolean;
};

/** How many documents matched. */
export function updateAll<Document extends { _id: string }>(
  writing: Writing<Document>,
  updates: readonly Update<Document>[],
): Promise<number> {
  return inPieces(updates, writing, (piece) => ({ update: nameOf(writing), updates: piece }));
}

/** How many documents were deleted; each filter takes one at most. */
export function deleteAll<Document extends { _id: string }>(
  writing: Writing<Document>,
  filters: readonly driver.Filter<Document>[],
): Promise<number> {
  const deletes = filters.map((q) => ({ q, limit: 1 }));
  return inPieces(deletes, writing, (piece) => ({ delete: nameOf(writing), deletes: piece }));
}

function nameOf<Document>({ mongo, to }: Writing<Document>): string {
  return to(mongo).collection.name;
}

async function inPieces<One>(
  all: readonly One[],
  { mongo, session, owners }: Pick<Writing<unknown>, 'mongo' | 'session' | 'owners'>,
  commandOf: (piece: readonly One[]) => driver.Document,
): Promise<number> {
  let n = 0;
  for (let from = 0; from < all.length; from += WRITES_MAX) {
    const command = commandOf(all.slice(from, from + WRITES_MAX));
    if (mongo.db === undefined) throw new Error('not connected');
    const answer = (await mongo.db.command(command, { session })) as unknown as Answer;
    const [refusal] = answer.writeErrors ?? [];
    if (refusal !== undefined) throw new RefusedWriteError(refusal, owners?.[from + refusal.index] ?? null);
    n += answer.n;
  }
  return n;
}
