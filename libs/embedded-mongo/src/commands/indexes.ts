// createIndexes, dropIndexes, listIndexes.
import { Int32 } from 'bson';
import { badValue, ServerError } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import type { Collection } from '../storage/collection.ts';
import { CollectionIndex, type IndexSpec } from '../storage/collection-index.ts';
import { duplicateKey } from '../storage/duplicate-key.ts';
import { latestCommitted, visibleDoc } from '../storage/version.ts';
import { parseCollation, sameCollation } from '../values/collation.ts';
import { identical, valuesEqual } from '../values/compare.ts';
import { type Doc, isArray, isDoc, isNumber, toNumber, typeOf, type Value } from '../values/types.ts';
import { createCollection } from './create-collection.ts';
import { type Command, isTrueFlag, type Operation, optionalDoc, optionalNumber, type Work } from './operation.ts';

export const createIndexes: Command = {
  fields: ['createIndexes', 'indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'],
  inTransaction: 'allowed',
  run: function* (operation) {
    const { command, target } = operation;
    const given = command.indexes;
    if (given === undefined)
      throw new ServerError(40414, "BSON field 'createIndexes.indexes' is missing but a required field");
    if (!isArray(given))
      throw new ServerError(14, "BSON field 'createIndexes.indexes' is the wrong type, expected type 'array'");
    if (given.length === 0) throw badValue('Must specify at least one index to create');
    const parsed = given.map(parseSpec);
    const existed = operation.collection(target) !== null;
    const collection = operation.collection(target) ?? (yield* createCollection(operation, target, {}));
    const specs = parsed.map((spec) => withCollation(spec, collection));
    if (collection.options.viewOn !== undefined)
      throw new ServerError(166, `Namespace ${collection.namespace} is a view, not a collection`);
    const wanted = specs.filter((spec) => !isPresent(collection, spec));
    if (wanted.length > 0) refuseInside(operation, collection);
    if (wanted.length > 0) yield* alone(operation, collection);
    const before = collection.indexes.size;
    for (const spec of wanted) build(collection, spec);
    operation.server.engine.catalogueChanged(collection);
    const note = wanted.length === 0 ? { note: 'all indexes already exist' } : {};
    return {
      numIndexesBefore: existed ? before : 1,
      numIndexesAfter: collection.indexes.size,
      createdCollectionAutomatically: !existed,
      ...note,
      ok: 1,
    };
  },
};

/** Inside of a transaction only a collection that it made itself, and that is empty, can have new indexes. */
function refuseInside({ explicit }: Operation, collection: Collection): void {
  if (explicit === null || (collection.creator === explicit && collection.count === 0)) return;
  throw new ServerError(
    263,
    `Cannot create new indexes on non-empty existing collection ${collection.namespace} in a multi-document transaction.`,
  );
}

/** Waits until no client's transaction uses the collection. */
export function* alone(operation: Operation, collection: Collection): Work<void> {
  for (;;) {
    const other = [...collection.users].find((user) => user !== operation.explicit);
    if (other === undefined) return;
    if (operation.explicit !== null) throw new ServerError(112, 'the collection is in use by another transaction');
    operation.settle();
    yield other;
  }
}

const knownOptions = new Set([
  'v',
  'key',
  'name',
  'ns',
  'unique',
  'sparse',
  'background',
  'partialFilterExpression',
  'expireAfterSeconds',
  'hidden',
  'collation',
  'storageEngine',
]);

/** Of kinds of indexes that are not there. */
const optionsNotThere = new Set([
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'wildcardProjection',
  'prepareUnique',
  'clustered',
]);

function parseSpec(given: Value): IndexSpec {
  if (!isDoc(given)) throw new ServerError(14, 'The elements of the indexes array must be objects');
  for (const option of Object.keys(given)) {
    if (optionsNotThere.has(option))
      throw new ServerError(238, `the index option '${option}' is not implemented by the embedded server`);
    if (!knownOptions.has(option))
      throw new ServerError(197, `The field '${option}' is not valid for an index specification.`);
  }
  const { key, name } = given;
  if (key === undefined) throw new ServerError(9, "The 'key' field is a required property of an index specification");
  if (!isDoc(key)) throw new ServerError(14, "The field 'key' must be an object");
  if (name === undefined) throw new ServerError(9, "The 'name' field is a required property of an index specification");
  if (typeof name !== 'string') throw new ServerError(14, "The field 'name' must be a string");
  if (name === '' || name === '*') throw new ServerError(name === '*' ? 2 : 67, 'The index name is not valid');
  checkKey(key);
  if (given.expireAfterSeconds !== undefined && Object.keys(key).length > 1)
    throw new ServerError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL.');
  checkTtl(given);
  if (given.collation !== undefined) parseCollation(given.collation);
  const partial = given.partialFilterExpression;
  if (partial !== undefined && !isDoc(partial))
    throw new ServerError(14, "The field 'partialFilterExpression' must be an object");
  if (partial !== undefined) checkPartialFilter(partial as Doc);
  if (partial !== undefined && isTrueFlag(given.sparse))
    throw new ServerError(67, "cannot mix 'partialFilterExpression' and 'sparse' options");
  const { v: _v, key: _key, name: _name, ns: _ns, background: _background, unique, sparse, ...options } = given;
  return { name, key, unique: isTrueFlag(unique), sparse: isTrueFlag(sparse), options };
}

/** With its collation in full; one that says none takes that of its collection. */
function withCollation(
  { options: { collation: given, ...options }, ...spec }: IndexSpec,
  collection: Collection,
): IndexSpec {
  const collation = given === undefined ? collection.collation : parseCollation(given);
  if (Object.keys(spec.key).join() === '_id' && !sameCollation(collation, collection.collation))
    throw new ServerError(67, 'The _id index must have the same collation as the collection');
  return { ...spec, options: collation === null ? options : { ...options, collation: collation.spec } };
}

function checkTtl({ expireAfterSeconds: seconds }: Doc): void {
  if (seconds === undefined) return;
  if (!isNumber(seconds)) throw new ServerError(67, "TTL index 'expireAfterSeconds' option must be numeric");
  if (toNumber(seconds) < 0) throw new ServerError(67, "TTL index 'expireAfterSeconds' option cannot be less than 0");
}

const partialOperators = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$type', '$in', '$exists']);

function checkPartialFilter(filter: Doc): void {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and' || path === '$or') {
      for (const part of isArray(condition) ? condition : []) checkPartialFilter(isDoc(part) ? part : {});
    } else if (path.startsWith('$')) throw new ServerError(67, `unsupported expression in partial index: ${path}`);
    else if (isDoc(condition)) {
      for (const [operator, value] of Object.entries(condition)) {
        const existsFalse = operator === '$exists' && !isTrueFlag(value);
        if (operator.startsWith('$') && (!partialOperators.has(operator) || existsFalse))
          throw new ServerError(67, `unsupported expression in partial index: ${operator}`);
      }
    }
  }
}

function checkKey(key: Doc): void {
  const fields = Object.entries(key);
  if (fields.length === 0) throw new ServerError(67, 'Index keys cannot be an empty object.');
  for (const [path, direction] of fields) {
    if (typeof direction === 'string') {
      if (direction === '') throw new ServerError(67, 'Values in the index key pattern cannot be empty strings');
      if (['text', '2d', '2dsphere', 'geoHaystack'].includes(direction))
        throw new ServerError(238, `index type '${direction}' is not implemented by the embedded server`);
      if (direction === 'hashed') continue;
      throw new ServerError(67, `Unknown index plugin '${direction}'`);
    }
    if (!isNumber(direction))
      throw new ServerError(
        67,
        `Values in v:2 index key pattern cannot be of type ${typeOf(direction)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
      );
    if (toNumber(direction) === 0) throw new ServerError(67, 'Values in the index key pattern cannot be 0.');
    if (path.endsWith('$**')) throw new ServerError(238, 'wildcard indexes are not implemented by the embedded server');
    if (path === '' || path.split('.').some((part) => part === ''))
      throw new ServerError(67, 'Index keys cannot contain an empty field.');
    if (path.split('.').some((part) => part.startsWith('$') && !['$id', '$ref', '$db'].includes(part)))
      throw new ServerError(67, `Index key contains an illegal field name: field name starts with '$'.`);
  }
}

const sameOptions = (a: IndexSpec, b: IndexSpec): boolean =>
  a.unique === b.unique &&
  a.sparse === b.sparse &&
  valuesEqual(a.options.expireAfterSeconds ?? null, b.options.expireAfterSeconds ?? null);

/** Indexes on one key stand side by side where they differ in their partial filter or collation. */
const sameCover = (a: IndexSpec, b: IndexSpec): boolean =>
  identical(a.options.partialFilterExpression, b.options.partialFilterExpression) &&
  identical(a.options.collation, b.options.collation);

/** Throws where an index of that name or key is there with other properties. */
function isPresent(collection: Collection, spec: IndexSpec): boolean {
  if (Object.keys(spec.key).length === 1 && valuesEqual(spec.key._id ?? null, new Int32(1))) return true;
  const named = collection.indexes.get(spec.name)?.spec;
  const sameKey = [...collection.indexes.values()]
    .map((index) => index.spec)
    .filter((other) => valuesEqual(other.key, spec.key));
  if (named !== undefined) {
    const same = valuesEqual(named.key, spec.key);
    if (same && sameOptions(named, spec) && sameCover(named, spec)) return true;
    if (same && sameCover(named, spec)) {
      throw new ServerError(85, `Index with name: ${spec.name} already exists with different options`);
    }
    throw new ServerError(
      86,
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${spec.name}`,
    );
  }
  for (const other of sameKey) {
    // From 5.0 indexes on one key may stand side by side if they differ in sparse, unique or the partial filter.
    if (other.unique === spec.unique && other.sparse === spec.sparse && sameCover(other, spec)) {
      throw new ServerError(85, `Index already exists with a different name: ${other.name}`);
    }
  }
  return false;
}

export function makeIndex(spec: IndexSpec): CollectionIndex {
  const partial = spec.options.partialFilterExpression;
  const collation = spec.options.collation === undefined ? null : parseCollation(spec.options.collation);
  const covers = isDoc(partial) ? compileFilter(partial, { now: new Date(), collation }) : () => true;
  const directions = Object.values(spec.key).map((direction) => (toNumber(direction) < 0 ? -1 : 1) as 1 | -1);
  return new CollectionIndex({ spec, directions, covers: (doc) => covers(doc), collation });
}

function build(collection: Collection, spec: IndexSpec): void {
  const index = makeIndex(spec);
  for (const slot of collection.slots) {
    const committed = visibleDoc(slot, latestCommitted);
    for (let version = slot.newest; version !== null; version = version.older) {
      if (version.doc === null) continue;
      for (const key of index.keysOf(version.doc)) {
        const taken =
          spec.unique &&
          version.doc === committed &&
          index.slotsWith(key).some((other) => other !== slot && holds(other, index, key));
        if (taken) throw duplicateKey(collection, index, version.doc, key);
        index.add(slot, key);
      }
    }
  }
  collection.indexes.set(spec.name, index);
}

function holds(slot: Parameters<typeof visibleDoc>[0], index: CollectionIndex, key: string): boolean {
  const doc = visibleDoc(slot, latestCommitted);
  return doc !== null && index.keysOf(doc).includes(key);
}

export const listIndexes: Command = {
  fields: ['listIndexes', 'cursor', 'includeBuildUUIDs', 'includeIndexBuildInfo'],
  inTransaction: 'refused',
  run: (operation) => {
    const { target } = operation;
    const collection = operation.collection(target);
    if (collection === null) throw new ServerError(26, `ns does not exist: ${operation.database}.${target}`);
    if (collection.options.viewOn !== undefined)
      throw new ServerError(166, `Namespace ${collection.namespace} is a view, not a collection`);
    const docs = [...collection.indexes.values()].map(({ spec }) => describeIndex(spec));
    const batchSize = optionalNumber(optionalDoc(operation.command, 'cursor'), 'batchSize');
    const cursor = operation.server.cursors.first({
      namespace: collection.namespace,
      docs,
      batchSize,
      sessionId: operation.session?.id ?? null,
      transactionNumber: null,
      nowMs: operation.now.getTime(),
    });
    return { cursor, ok: 1 };
  },
};

export const describeIndex = (spec: IndexSpec): Doc => ({
  v: new Int32(2),
  key: spec.key,
  name: spec.name,
  ...(spec.unique && spec.name !== '_id_' ? { unique: true } : {}),
  ...(spec.sparse ? { sparse: true } : {}),
  ...spec.options,
});

export const dropIndexes: Command = {
  fields: ['dropIndexes', 'deleteIndexes', 'index'],
  inTransaction: 'refused',
  run: function* (operation) {
    const { command, target } = operation;
    const collection = operation.collection(target);
    if (collection === null) throw new ServerError(26, `ns not found ${operation.database}.${target}`);
    yield* alone(operation, collection);
    const before = collection.indexes.size;
    const named = command.index;
    const given = isArray(named) ? named : [named];
    for (const one of given) dropOne(collection, one);
    operation.server.engine.catalogueChanged(collection);
    return { nIndexesWas: before, ...(named === '*' ? { msg: 'non-_id indexes dropped for collection' } : {}), ok: 1 };
  },
};

function dropOne(collection: Collection, wanted: Value): void {
  if (wanted === '*') {
    for (const name of [...collection.indexes.keys()]) if (name !== '_id_') collection.indexes.delete(name);
    return;
  }
  const found = [...collection.indexes.values()].find(
    ({ spec }) => spec.name === wanted || (isDoc(wanted) && valuesEqual(spec.key, wanted)),
  );
  if (found === undefined)
    throw new ServerError(
      27,
      typeof wanted === 'string' ? `index not found with name [${wanted}]` : "can't find index with key",
    );
  if (found.spec.name === '_id_') throw new ServerError(72, 'cannot drop _id index');
  collection.indexes.delete(found.spec.name);
}
