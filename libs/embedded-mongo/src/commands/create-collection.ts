// Making a collection with its _id index, by command or by the first write.
import { Int32 } from 'bson';
import { ServerError } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import type { Collection, CollectionOptions } from '../storage/collection.ts';
import { CollectionIndex } from '../storage/collection-index.ts';
import { parseCollation } from '../values/collation.ts';
import { isDoc } from '../values/types.ts';
import type { Operation, Work } from './operation.ts';

export function* createCollection(operation: Operation, name: string, options: CollectionOptions): Work<Collection> {
  checkCollectionName(name, operation.database);
  for (;;) {
    try {
      const collection = operation.server.engine.create(operation.database, name, options, operation.writer);
      if (collection.indexes.size === 0) {
        prepare(collection);
        operation.server.engine.catalogueChanged(collection);
      }
      operation.explicit?.touch(collection);
      return collection;
    } catch (error) {
      yield* operation.blocked(error);
    }
  }
}

export function prepare(collection: Collection): void {
  const given = collection.options.collation;
  collection.collation = given === undefined ? null : parseCollation(given);
  if (collection.options.viewOn === undefined && !collection.indexes.has('_id_')) {
    const options = given === undefined ? {} : { collation: given };
    const spec = { name: '_id_', key: { _id: new Int32(1) }, unique: true, sparse: false, options };
    const { collation } = collection;
    collection.indexes.set('_id_', new CollectionIndex({ spec, directions: [1], covers: () => true, collation }));
  }
  applyValidator(collection);
}

/** Puts the validator of the options into force. */
export function applyValidator(collection: Collection): void {
  const { validator, validationLevel, validationAction } = collection.options;
  const off = validationLevel === 'off' || validationAction === 'warn' || !isDoc(validator);
  if (off) collection.validate = () => true;
  else {
    const matches = compileFilter(validator, { now: new Date(), collation: collection.collation });
    // `moderate` leaves alone what was not valid before.
    const moderate = validationLevel === 'moderate';
    collection.validate = (doc, before) => (moderate && before !== null && !matches(before)) || matches(doc);
  }
}

export function checkCollectionName(name: string, database: string): void {
  if (name === '' || name.includes('$') || name.includes('\u0000') || name.startsWith('.'))
    throw new ServerError(73, `Invalid collection name: ${name}`);
  if (name.startsWith('system.') && name !== 'system.profile')
    throw new ServerError(73, `cannot write to '${database}.${name}'`);
}
