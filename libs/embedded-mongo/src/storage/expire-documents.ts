// TTL indexes: deletes documents whose date has passed, as a background task of the server.
import { classBounds, encodeValue } from '../values/key-encoding.ts';
import { toNumber } from '../values/types.ts';
import type { Collection } from './collection.ts';
import type { CollectionIndex } from './collection-index.ts';
import type { Engine } from './engine.ts';
import { Conflict } from './transaction.ts';
import { latestCommitted, visibleDoc } from './version.ts';

export function expireDocuments(engine: Engine, now: Date): void {
  for (const collection of [...engine.collections.values()]) {
    for (const index of collection.indexes.values()) {
      const seconds = index.spec.options.expireAfterSeconds;
      if (seconds !== undefined)
        expireBy(engine, collection, index, new Date(now.getTime() - toNumber(seconds) * 1000));
    }
  }
}

function expireBy(engine: Engine, collection: Collection, index: CollectionIndex, limit: Date): void {
  const oldest = classBounds(limit).from;
  const forwards = index.directions[0] === 1;
  // A descending index is rare enough to be walked as a whole.
  const entries = forwards
    ? index.slotsBetween(oldest, `${encodeValue(limit)}\uffff`, 'forwards')
    : index.slotsBetween('', null, 'forwards');
  const transaction = engine.begin('implicit');
  for (const [key, slot] of [...entries]) {
    const doc = visibleDoc(slot, latestCommitted);
    if (doc === null || !index.keysOf(doc).includes(key)) continue;
    const path = index.paths[0] as string;
    if (!forwards && !(doc[path] instanceof Date && doc[path] <= limit)) continue;
    try {
      collection.write(slot, null, transaction);
    } catch (error) {
      // Somebody is writing it: the next round will see.
      if (!(error instanceof Conflict)) throw error;
    }
  }
  engine.commit(transaction);
}
