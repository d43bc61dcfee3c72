// find, count, distinct.

import { environmentOf } from '../aggregation/environment.ts';
import { compileProjection, type Projector } from '../aggregation/projection.ts';
import { badValue, failedToParse, ServerError } from '../errors.ts';
import { compileFilter, type Trace } from '../query/filter.ts';
import type { Hint } from '../query/plan.ts';
import { type Query, search } from '../query/search.ts';
import { parseSortPattern } from '../query/sort.ts';
import type { Collection } from '../storage/collection.ts';
import { keysFor } from '../values/collation-keys.ts';
import { identical } from '../values/compare.ts';
import { indexValues, splitPath } from '../values/paths.ts';
import { type Doc, isArray, isDoc, toNumber, type Value } from '../values/types.ts';
import { collationFor } from './collations.ts';
import { letVariables } from './let-variables.ts';
import { type Command, isTrueFlag, type Operation, optionalDoc, optionalNumber } from './operation.ts';
import { readView } from './views.ts';

export const find: Command = {
  fields: [
    'find',
    'filter',
    'sort',
    'projection',
    'hint',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'collation',
    'noCursorTimeout',
    'allowDiskUse',
    'let',
    'returnKey',
    'showRecordId',
    'tailable',
    'awaitData',
    'allowPartialResults',
    'min',
    'max',
    'term',
  ],
  inTransaction: 'allowed',
  run: (operation) => {
    const { command, server } = operation;
    const name = operation.target;
    refuseUnsupported(command);
    const limits = limitsOf(command);
    const docs = found(operation, name, limits);
    const cursor = server.cursors.first({
      namespace: `${operation.database}.${name}`,
      // What a snapshot read finds must stay when its versions are not kept any more.
      docs: operation.snapshot === null ? docs : [...docs],
      batchSize: limits.batchSize,
      single: limits.single,
      limit: limits.limit,
      sessionId: operation.session?.id ?? null,
      transactionNumber: operation.explicit === null ? null : (operation.session?.number ?? null),
      neverExpires: command.noCursorTimeout === true,
      nowMs: operation.now.getTime(),
    });
    return { cursor: { ...cursor, ...timeOf(operation) }, ok: 1 };
  },
};

/** Told by snapshot reads outside of transactions. */
export const timeOf = ({ snapshot }: Operation): Doc =>
  snapshot === null ? {} : { atClusterTime: snapshot.atClusterTime };

type Limits = { skip: number; limit: number; single: boolean; batchSize: number | null };

function limitsOf(command: Doc): Limits {
  const read = (field: string): number | null => {
    const value = optionalNumber(command, field);
    if (value !== null && value < 0 && field !== 'limit')
      throw new ServerError(51024, `BSON field '${field}' value must be >= 0, actual value '${value}'`);
    return value === null ? null : Math.trunc(value);
  };
  const limit = read('limit') ?? 0;
  return {
    skip: read('skip') ?? 0,
    limit: Math.abs(limit),
    single: limit < 0 || isTrueFlag(command.singleBatch),
    batchSize: read('batchSize'),
  };
}

const unsupported = ['returnKey', 'showRecordId', 'tailable', 'awaitData', 'min', 'max'];

export function refuseUnsupported(command: Doc): void {
  for (const field of unsupported) {
    const value = command[field];
    if (value === undefined || value === false) continue;
    throw new ServerError(238, `the option '${field}' is not implemented by the embedded server`);
  }
}

function found(operation: Operation, name: string, { skip, limit }: Limits): Iterable<Doc> {
  const { command } = operation;
  const sort = parseSortPattern(optionalDoc(command, 'sort'));
  const filter = optionalDoc(command, 'filter');
  const collection = operation.collection(name);
  const collation = collationFor(command.collation, collection);
  const scope = { ...operation.scope, variables: letVariables(operation), collation };
  const matches = compileFilter(filter, scope);
  const projection = optionalDoc(command, 'projection');
  const project =
    Object.keys(projection).length === 0 ? null : compileProjection({ projection, scope, dialect: 'find' });
  if (collection === null) return [];
  const viewOn = collection.options.viewOn;
  const source =
    viewOn === undefined
      ? search(collection, { filter, matches, sort, hint: hintOf(collection, command.hint), collation }, operation.view)
      : null;
  const docs =
    source === null ? readView(operation, collection, { filter, sort: optionalDoc(command, 'sort') }) : docsOf(source);
  const limited = slice(docs, skip, limit);
  if (project === null) return limited;
  return projected(limited, {
    project,
    positional: Object.keys(projection).some((path) => path.endsWith('.$')),
    matches,
    scope,
  });
}

function* docsOf(found: Iterable<{ doc: Doc }>): Generator<Doc> {
  for (const { doc } of found) yield doc;
}

function* slice(docs: Iterable<Doc>, skip: number, limit: number): Generator<Doc> {
  let at = 0;
  for (const doc of docs) {
    at += 1;
    if (at <= skip) continue;
    yield doc;
    if (limit > 0 && at - skip >= limit) return;
  }
}

type Projecting = { project: Projector; positional: boolean; matches: Query['matches']; scope: Operation['scope'] };

function* projected(docs: Iterable<Doc>, { project, positional, matches, scope }: Projecting): Generator<Doc> {
  for (const doc of docs) {
    let position: number | null = null;
    if (positional) {
      const trace: Trace = { position: null };
      matches(doc, trace);
      position = trace.position;
    }
    yield project(doc, environmentOf(doc, scope), position);
  }
}

/** The index a hint names, by name or by its key. */
export function hintOf(collection: Collection, hint: Value): Hint {
  if (hint === undefined || hint === null || (isDoc(hint) && Object.keys(hint).length === 0)) return null;
  if (isDoc(hint) && '$natural' in hint) return toNumber(hint.$natural) < 0 ? 'natural backwards' : 'natural';
  for (const index of collection.indexes.values()) {
    const named = hint === index.spec.name || (isDoc(hint) && sameKey(hint, index.spec.key));
    // As if it were not there: it is only kept up to date.
    if (named && index.spec.options.hidden !== true) return index;
  }
  if (typeof hint !== 'string' && !isDoc(hint)) throw failedToParse('hint must be either a string or nested object');
  throw badValue(
    'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
  );
}

const sameKey = (a: Doc, b: Doc): boolean => {
  const [x, y] = [Object.entries(a), Object.entries(b)];
  return (
    x.length === y.length &&
    x.every(
      ([key, value], i) =>
        key === y[i]?.[0] && (identical(value, y[i]?.[1]) || Number(String(value)) === Number(String(y[i]?.[1]))),
    )
  );
};

export const count: Command = {
  fields: ['count', 'query', 'limit', 'skip', 'hint', 'collation', 'fields'],
  inTransaction: 'refused',
  run: (operation) => {
    const { command } = operation;
    refuseUnsupported(command);
    const filter = optionalDoc(command, 'query');
    const collection = operation.collection(operation.target);
    const collation = collationFor(command.collation, collection);
    const matches = compileFilter(filter, { ...operation.scope, collation });
    const skip = optionalNumber(command, 'skip') ?? 0;
    if (skip < 0) throw badValue(`BSON field 'skip' value must be >= 0, actual value '${skip}'`);
    const limit = Math.abs(optionalNumber(command, 'limit') ?? 0);
    if (collection === null) return { n: 0, ok: 1 };
    const total = countOf(operation, collection, {
      filter,
      matches,
      sort: [],
      hint: hintOf(collection, command.hint),
      collation,
    });
    const left = Math.max(0, total - Math.trunc(skip));
    return { n: limit > 0 ? Math.min(left, Math.trunc(limit)) : left, ok: 1 };
  },
};

function countOf(operation: Operation, collection: Collection, query: Query): number {
  if (collection.options.viewOn !== undefined)
    return [...readView(operation, collection, { filter: query.filter, sort: {} })].length;
  // Without a filter the server answers from its statistics, which count what is not committed yet.
  if (Object.keys(query.filter).length === 0) return collection.count;
  let total = 0;
  for (const _ of search(collection, query, operation.view)) total += 1;
  return total;
}

export const distinct: Command = {
  fields: ['distinct', 'key', 'query', 'collation', 'hint'],
  inTransaction: 'allowed',
  run: (operation) => {
    const { command } = operation;
    refuseUnsupported(command);
    const key = command.key;
    if (typeof key !== 'string')
      throw new ServerError(
        key === undefined ? 40414 : 14,
        "BSON field 'distinct.key' is missing or of the wrong type",
      );
    const filter = optionalDoc(command, 'query');
    const collection = operation.collection(operation.target);
    const collation = collationFor(command.collation, collection);
    const matches = compileFilter(filter, { ...operation.scope, collation });
    const { keep } = keysFor(collation);
    const values = new Map<string, Value>();
    if (collection === null) return { values: [], ...timeOf(operation), ok: 1 };
    const docs =
      collection.options.viewOn === undefined
        ? docsOf(
            search(
              collection,
              { filter, matches, sort: [], hint: hintOf(collection, command.hint), collation },
              operation.view,
            ),
          )
        : readView(operation, collection, { filter, sort: {} });
    for (const doc of docs) {
      for (const value of indexValues(doc, splitPath(key)).values) {
        if (value === undefined || (isArray(value) && value.length === 0)) continue;
        const name = keep(value);
        if (!values.has(name)) values.set(name, value);
      }
    }
    return { values: [...values.values()], ...timeOf(operation), ok: 1 };
  },
};
