// What the server says about its collections: $collStats, $indexStats, collStats, dbStats, validate.
import { calculateObjectSize, Int32, Long } from 'bson';
import { ServerError } from '../errors.ts';
import type { Collection } from '../storage/collection.ts';
import { fromNumber } from '../values/arithmetic.ts';
import { type Doc, isDoc, type Value } from '../values/types.ts';
import { isCapped } from './capped.ts';
import type { Command, Operation } from './operation.ts';

/** The documents of a first stage that reads statistics instead of documents; null for any other stage. */
export function statisticsStage(
  operation: Operation,
  { name, argument }: { name: string; argument: Value },
  collection: Collection | null,
): Doc[] | null {
  if (name !== '$collStats' && name !== '$indexStats') return null;
  if (operation.explicit !== null)
    throw new ServerError(263, `Stage not supported inside of a multi-document transaction: ${name}`);
  if (!isDoc(argument)) throw new ServerError(5447000, `${name} must take a nested object`);
  if (name === '$indexStats')
    return collection === null
      ? []
      : [...collection.indexes.values()].map((index) => ({
          name: index.spec.name,
          key: index.spec.key,
          host: operation.server.address,
          accesses: { ops: Long.fromNumber(index.accesses.ops), since: index.accesses.since },
          spec: { v: new Int32(2), key: index.spec.key, name: index.spec.name },
        }));
  if (collection === null)
    throw new ServerError(26, `Collection [${operation.database}.${operation.target}] not found.`);
  for (const option of Object.keys(argument)) {
    if (option !== 'count' && option !== 'storageStats' && option !== 'latencyStats')
      throw new ServerError(40415, `BSON field '$collStats.${option}' is an unknown field.`);
    if (option === 'latencyStats')
      throw new ServerError(238, "$collStats with 'latencyStats' is not implemented by the embedded server");
  }
  const stats = { ns: collection.namespace, host: operation.server.address, localTime: operation.now };
  const storage = 'storageStats' in argument ? { storageStats: sizes(collection, operation) } : {};
  return [{ ...stats, ...storage, ...('count' in argument ? { count: fromNumber(collection.count) } : {}) }];
}

function sizes(collection: Collection, operation: Operation): Doc {
  let size = 0;
  let count = 0;
  for (const { doc } of collection.scan(operation.view)) {
    size += calculateObjectSize(doc);
    count += 1;
  }
  const indexSizes = Object.fromEntries([...collection.indexes.keys()].map((name) => [name, new Int32(4096)]));
  const average = count === 0 ? {} : { avgObjSize: fromNumber(Math.floor(size / count)) };
  const nindexes = new Int32(collection.indexes.size);
  return {
    size: fromNumber(size),
    count: fromNumber(count),
    ...average,
    storageSize: fromNumber(size),
    capped: isCapped(collection),
    nindexes,
    indexSizes,
    totalIndexSize: fromNumber(4096 * collection.indexes.size),
  };
}

export const collStats: Command = {
  fields: ['collStats', 'collstats', 'scale', 'verbose'],
  inTransaction: 'refused',
  run: (operation) => {
    const collection = operation.collection(operation.target);
    const ns = `${operation.database}.${operation.target}`;
    if (collection === null)
      return { ns, size: 0, count: 0, storageSize: 0, nindexes: 0, indexSizes: {}, totalIndexSize: 0, ok: 1 };
    return { ns, ...sizes(collection, operation), ok: 1 };
  },
};

export const dbStats: Command = {
  fields: ['dbStats', 'dbstats', 'scale', 'freeStorage'],
  inTransaction: 'refused',
  run: (operation) => {
    const collections = [...operation.server.engine.collections.values()].filter(
      ({ database }) => database === operation.database,
    );
    const real = collections.filter(({ options }) => options.viewOn === undefined);
    const all = real.map((collection) => sizes(collection, operation));
    const sum = (field: string): number => all.reduce((total, one) => total + Number(String(one[field] ?? 0)), 0);
    const objects = sum('count');
    return {
      db: operation.database,
      collections: real.length,
      views: collections.length - real.length,
      objects,
      avgObjSize: objects === 0 ? 0 : sum('size') / objects,
      dataSize: sum('size'),
      storageSize: sum('size'),
      indexes: sum('nindexes'),
      indexSize: sum('totalIndexSize'),
      ok: 1,
    };
  },
};
