// create, drop, dropDatabase, renameCollection, collMod, listCollections, listDatabases.
import { Binary, Int32 } from 'bson';
import { compilePipeline } from '../aggregation/pipeline.ts';
import { badValue, notImplemented, ServerError } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import type { Collection } from '../storage/collection.ts';
import { parseCollation } from '../values/collation.ts';
import { identical } from '../values/compare.ts';
import { type Doc, isDoc, isNumber, toNumber, type Value } from '../values/types.ts';
import { checkCapped } from './capped.ts';
import { applyValidator, checkCollectionName, createCollection } from './create-collection.ts';
import { alone, describeIndex } from './indexes.ts';
import { type Command, isTrueFlag, type Operation, optionalDoc, optionalNumber } from './operation.ts';
import { pipelineContext } from './views.ts';

const optionsNotThere = [
  'timeseries',
  'clusteredIndex',
  'expireAfterSeconds',
  'encryptedFields',
  'changeStreamPreAndPostImages',
];

const kept = ['capped', 'size', 'max', 'validator', 'validationLevel', 'validationAction', 'viewOn', 'pipeline'];

export const create: Command = {
  fields: [
    'create',
    'idIndex',
    'storageEngine',
    'indexOptionDefaults',
    'collation',
    'timeseries',
    'clusteredIndex',
    'expireAfterSeconds',
    'encryptedFields',
    'changeStreamPreAndPostImages',
    ...kept,
  ],
  inTransaction: 'allowed',
  run: function* (operation) {
    const { command, target } = operation;
    for (const option of optionsNotThere)
      if (command[option] !== undefined) throw notImplemented(`the option '${option}' of create`);
    checkCollectionName(target, operation.database);
    const options: Doc = {};
    for (const option of kept) if (command[option] !== undefined) options[option] = command[option];
    const collation = command.collation === undefined ? null : parseCollation(command.collation);
    if (collation !== null) options.collation = collation.spec;
    if (isTrueFlag(command.capped)) checkCapped(command);
    else for (const option of ['capped', 'size', 'max']) delete options[option];
    checkOptions(operation, options);
    const present = operation.collection(target);
    if (present !== null) {
      if (identical(present.options, options) && options.viewOn === undefined) return { ok: 1 };
      throw new ServerError(48, `Collection already exists. NS: ${present.namespace}`);
    }
    const collection = yield* createCollection(operation, target, options);
    operation.server.engine.catalogueChanged(collection);
    return { ok: 1 };
  },
};

function checkOptions(operation: Operation, options: Doc): void {
  const { viewOn, pipeline, validator } = options;
  if (pipeline !== undefined && viewOn === undefined)
    throw new ServerError(72, "'pipeline' requires 'viewOn' to also be specified");
  if (viewOn !== undefined) {
    if (typeof viewOn !== 'string' || viewOn === '') throw new ServerError(2, "'viewOn' cannot be empty");
    options.pipeline = pipeline ?? [];
    if (!Array.isArray(options.pipeline)) throw new ServerError(14, "'pipeline' has to be an array");
    const collation = isDoc(options.collation) ? parseCollation(options.collation) : null;
    compilePipeline(options.pipeline, pipelineContext(operation, { collation }));
  }
  if (validator !== undefined) {
    if (!isDoc(validator)) throw new ServerError(14, "'validator' has to be a document.");
    compileFilter(validator, operation.scope);
  }
  checkWord(options, 'validationLevel', ['off', 'strict', 'moderate']);
  checkWord(options, 'validationAction', ['error', 'warn']);
}

function checkWord(options: Doc, name: string, words: readonly string[]): void {
  const value = options[name];
  if (value !== undefined && !words.includes(String(value)))
    throw badValue(`Enumeration value '${String(value)}' for field '${name}' is not a valid value.`);
}

export const drop: Command = {
  fields: ['drop'],
  inTransaction: 'refused',
  run: function* (operation) {
    const { target } = operation;
    const collection = operation.collection(target);
    if (collection === null) return { ok: 1 };
    yield* alone(operation, collection);
    const indexes = collection.indexes.size;
    dropNow(operation, collection);
    return { nIndexesWas: indexes, ns: collection.namespace, ok: 1 };
  },
};

function dropNow(operation: Operation, collection: Collection): void {
  operation.server.engine.drop(collection);
  operation.server.cursors.killWhere((cursor) => cursor.namespace === collection.namespace);
}

const inDatabase = (operation: Operation): Collection[] =>
  [...operation.server.engine.collections.values()].filter(
    (collection) => collection.database === operation.database && operation.collection(collection.name) !== null,
  );

export const dropDatabase: Command = {
  fields: ['dropDatabase'],
  inTransaction: 'refused',
  run: function* (operation) {
    const collections = inDatabase(operation);
    for (const collection of collections) {
      yield* alone(operation, collection);
      dropNow(operation, collection);
    }
    return { ...(collections.length > 0 ? { dropped: operation.database } : {}), ok: 1 };
  },
};

export const renameCollection: Command = {
  adminOnly: true,
  fields: ['renameCollection', 'to', 'dropTarget'],
  inTransaction: 'refused',
  run: function* (operation) {
    const { command, server } = operation;
    const { from, to } = namespaces(command);
    const collection = server.engine.find(from, operation.view);
    if (collection === null) throw new ServerError(26, `Source collection ${from} does not exist`);
    if (from === to) throw new ServerError(20, "Can't rename a collection to itself");
    const [database = '', ...rest] = to.split('.');
    checkCollectionName(rest.join('.'), database);
    if (database !== collection.database)
      throw new ServerError(238, 'renaming across databases is not implemented by the embedded server');
    const present = server.engine.find(to, operation.view);
    if (present !== null && !isTrueFlag(command.dropTarget)) throw new ServerError(48, 'target namespace exists');
    yield* alone(operation, collection);
    if (present !== null) {
      yield* alone(operation, present);
      dropNow(operation, present);
    }
    server.cursors.killWhere((cursor) => cursor.namespace === from);
    server.engine.rename(collection, rest.join('.'));
    return { ok: 1 };
  },
};

function namespaces(command: Doc): { from: string; to: string } {
  const { renameCollection: from, to } = command;
  if (typeof from !== 'string' || typeof to !== 'string')
    throw new ServerError(to === undefined ? 40414 : 14, "'renameCollection' and 'to' must be of type String");
  if (!from.includes('.') || !to.includes('.'))
    throw new ServerError(73, `Invalid namespace: ${from.includes('.') ? to : from}`);
  return { from, to };
}

export const collMod: Command = {
  fields: [
    'collMod',
    'index',
    'validator',
    'validationLevel',
    'validationAction',
    'viewOn',
    'pipeline',
    'expireAfterSeconds',
    'changeStreamPreAndPostImages',
  ],
  inTransaction: 'refused',
  run: function* (operation) {
    const { command, target } = operation;
    for (const option of ['expireAfterSeconds', 'changeStreamPreAndPostImages'])
      if (command[option] !== undefined) throw notImplemented(`the option '${option}' of collMod`);
    const collection = operation.collection(target);
    if (collection === null) throw new ServerError(26, `ns does not exist: ${operation.database}.${target}`);
    yield* alone(operation, collection);
    const options = { ...collection.options };
    for (const option of ['validator', 'validationLevel', 'validationAction', 'viewOn', 'pipeline'])
      if (command[option] !== undefined) options[option] = command[option];
    if (isDoc(options.validator) && Object.keys(options.validator).length === 0) delete options.validator;
    checkOptions(operation, options);
    const changes = isDoc(command.index) ? changeIndex(collection, command.index) : {};
    collection.options = options;
    applyValidator(collection);
    operation.server.engine.catalogueChanged(collection);
    return { ...changes, ok: 1 };
  },
};

function changeIndex(collection: Collection, change: Doc): Doc {
  const found = [...collection.indexes.values()].find(
    ({ spec }) => spec.name === change.name || identical(spec.key, change.keyPattern),
  );
  if (found === undefined) throw new ServerError(27, 'cannot find index for collMod');
  for (const option of Object.keys(change))
    if (!['name', 'keyPattern', 'expireAfterSeconds', 'hidden'].includes(option))
      throw notImplemented(`the option '${option}' of an index in collMod`);
  return { ...hide(found.spec.options, change.hidden), ...changeExpiry(found.spec.options, change.expireAfterSeconds) };
}

// An index keeps its keys: only what is said about it changes.
function hide(options: Doc, hidden: Value): Doc {
  if (hidden === undefined) return {};
  const old = options.hidden === true;
  if (isTrueFlag(hidden)) options.hidden = true;
  else delete options.hidden;
  return old === isTrueFlag(hidden) ? {} : { hidden_old: old, hidden_new: !old };
}

function changeExpiry(options: Doc, seconds: Value): Doc {
  if (seconds === undefined) return {};
  if (!isNumber(seconds)) throw new ServerError(14, 'expireAfterSeconds field must be a number');
  const old = options.expireAfterSeconds;
  if (old === undefined) throw new ServerError(72, 'no expireAfterSeconds field to update');
  options.expireAfterSeconds = seconds;
  return toNumber(old) === toNumber(seconds) ? {} : { expireAfterSeconds_old: old, expireAfterSeconds_new: seconds };
}

export const listCollections: Command = {
  fields: ['listCollections', 'filter', 'nameOnly', 'authorizedCollections', 'cursor', 'includePendingDrops'],
  inTransaction: 'refused',
  run: (operation) => {
    const { command, database } = operation;
    const matches = compileFilter(optionalDoc(command, 'filter'), operation.scope);
    const all = inDatabase(operation).sort((a, b) => (a.name < b.name ? -1 : 1));
    const docs = all.map((collection) => describeCollection(collection)).filter((doc) => matches(doc));
    const shown = isTrueFlag(command.nameOnly) ? docs.map(({ name, type }) => ({ name, type })) : docs;
    const batchSize = optionalNumber(optionalDoc(command, 'cursor'), 'batchSize');
    const cursor = operation.server.cursors.first({
      namespace: `${database}.$cmd.listCollections`,
      docs: shown,
      batchSize,
      sessionId: operation.session?.id ?? null,
      transactionNumber: null,
      nowMs: operation.now.getTime(),
    });
    return { cursor, ok: 1 };
  },
};

function describeCollection(collection: Collection): Doc {
  const idIndex = collection.indexes.get('_id_');
  const isView = idIndex === undefined;
  const uuid = new Binary(Buffer.from(collection.uuid.replaceAll('-', ''), 'hex'), 4);
  return {
    name: collection.name,
    type: isView ? 'view' : 'collection',
    options: collection.options,
    info: isView ? { readOnly: true } : { readOnly: false, uuid },
    ...(idIndex ? { idIndex: describeIndex(idIndex.spec) } : {}),
  };
}

export const listDatabases: Command = {
  adminOnly: true,
  fields: ['listDatabases', 'filter', 'nameOnly', 'authorizedDatabases'],
  inTransaction: 'refused',
  run: (operation) => {
    const { command, server } = operation;
    const names = new Set(
      [...server.engine.collections.values()].filter(({ creator }) => creator === null).map(({ database }) => database),
    );
    const matches = compileFilter(optionalDoc(command, 'filter'), operation.scope);
    const databases = [...names]
      .sort()
      .map((name): Doc => ({ name, sizeOnDisk: new Int32(0), empty: false }))
      .filter((doc) => matches(doc));
    if (isTrueFlag(command.nameOnly)) return { databases: databases.map(({ name }) => ({ name })), ok: 1 };
    return { databases, totalSize: 0, totalSizeMb: 0, ok: 1 };
  },
};
