// Writing single documents: the waiting, the validation and the limits that all write commands share.
import { ObjectId } from 'bson';
import { ServerError } from '../errors.ts';
import { compileFilter, isOperatorDoc, type Trace } from '../query/filter.ts';
import { type Query, search } from '../query/search.ts';
import type { Collection } from '../storage/collection.ts';
import { type Slot, visibleDoc } from '../storage/version.ts';
import type { Updater } from '../update/update.ts';
import { splitPath } from '../values/paths.ts';
import { isLargerThan } from '../values/size.ts';
import { type Doc, isArray, isDoc, regexOf, setField, typeOf, type Value } from '../values/types.ts';
import { keepWithin, refuseCappedInside } from './capped.ts';
import { collationFor } from './collations.ts';
import { createCollection } from './create-collection.ts';
import { hintOf } from './find.ts';
import { letVariables } from './let-variables.ts';
import type { Operation, Work } from './operation.ts';

const documentBytesMax = 16 * 1024 * 1024;

export type WriteOptions = { readonly bypassValidation: boolean };

/** The collection a write goes to; made if it is not there. */
export function* collectionToWrite(operation: Operation, name: string): Work<Collection> {
  const present = operation.collection(name);
  if (present !== null) {
    if (present.options.viewOn !== undefined)
      throw new ServerError(166, `Namespace ${present.namespace} is a view, not a collection`);
    return present;
  }
  return yield* createCollection(operation, name, {});
}

/** Puts `_id` first, and makes one where there is none. */
export function withId(doc: Doc): Doc {
  const id = doc._id;
  if (id === undefined) return { _id: new ObjectId(), ...doc };
  checkId(id, 2);
  if (Object.keys(doc)[0] === '_id') return doc;
  const { _id, ...rest } = doc;
  return { _id, ...rest };
}

/** Inserts tell a bad `_id` by another code than updates do. */
export function checkId(id: Value, code: 2 | 53 = 53): void {
  if (isArray(id)) throw new ServerError(code, "The '_id' value cannot be of type array");
  if (regexOf(id)) throw new ServerError(code, "The '_id' value cannot be of type regex");
  if (typeOf(id) === 'undefined') throw new ServerError(code, "The '_id' value cannot be of type undefined");
  if (isDoc(id)) {
    for (const key of Object.keys(id)) {
      if (key.startsWith('$'))
        throw new ServerError(52, `_id fields may not contain '$'-prefixed fields: ${key} is not valid for storage.`);
    }
  }
}

export function checkDocument(
  collection: Collection,
  doc: Doc,
  { bypassValidation }: WriteOptions,
  before: Doc | null = null,
): void {
  if (isLargerThan(doc, documentBytesMax)) throw new ServerError(10334, 'object to insert too large');
  if (!bypassValidation && !collection.validate(doc, before)) throw new ServerError(121, 'Document failed validation');
}

export function* insertDocument(operation: Operation, name: string, doc: Doc, options: WriteOptions): Work<void> {
  for (;;) {
    const collection = yield* collectionToWrite(operation, name);
    refuseCappedInside(operation, collection);
    checkDocument(collection, doc, options);
    try {
      collection.insert(doc, operation.writer);
      keepWithin(operation, collection);
      return;
    } catch (error) {
      yield* operation.blocked(error);
    }
  }
}

export type Target = { readonly slot: Slot; readonly doc: Doc };

/**
 * Puts a new version on a slot, waiting for whoever holds it. `decide` is asked again after each wait with the document
 * as it is then; null leaves it alone. Answers the pair of documents, or null if it no longer matches.
 */
export function* changeDocument(
  operation: Operation,
  collection: Collection,
  slot: Slot,
  decide: (doc: Doc) => { next: Doc | null } | null,
): Work<{ before: Doc; after: Doc | null } | null> {
  for (;;) {
    const doc = visibleDoc(slot, operation.view);
    if (doc === null || collection.dropped) return null;
    const decision = decide(doc);
    if (decision === null) return null;
    if (decision.next === doc) return { before: doc, after: doc };
    refuseCappedInside(operation, collection);
    try {
      collection.write(slot, decision.next, operation.writer);
      return { before: doc, after: decision.next };
    } catch (error) {
      yield* operation.blocked(error);
    }
  }
}

/** The document a query and an update give where an upsert finds nothing. */
export function upsertedDocument(filter: Doc, updater: Updater): Doc {
  const base: Doc = {};
  if (updater.kind === 'replacement') {
    const id = equalities(filter).get('_id');
    if (id !== undefined) base._id = id;
  } else {
    for (const [path, value] of equalities(filter)) place(base, splitPath(path), value);
  }
  const made = updater.apply(base, { position: null, inserting: true });
  return withId(made);
}

// What the filter says a path equals becomes part of the new document.
function equalities(filter: Doc, into = new Map<string, Value>()): Map<string, Value> {
  for (const key of Object.keys(filter)) {
    const value = filter[key];
    if (key === '$and' && isArray(value)) for (const part of value) equalities(isDoc(part) ? part : {}, into);
    else if (key === '$or' && isArray(value) && value.length === 1) equalities(isDoc(value[0]) ? value[0] : {}, into);
    else if (!key.startsWith('$')) addEquality(into, key, value);
  }
  return into;
}

function addEquality(into: Map<string, Value>, path: string, value: Value): void {
  let equal: Value;
  if (!isOperatorDoc(value)) equal = regexOf(value) ? undefined : value;
  else if ('$eq' in value) equal = value.$eq;
  else if (isArray(value.$in) && value.$in.length === 1 && !regexOf(value.$in[0])) equal = value.$in[0];
  else if (isArray(value.$all) && value.$all.length === 1 && !isOperatorDoc(value.$all[0])) equal = value.$all[0];
  if (equal === undefined) return;
  for (const known of into.keys()) {
    if (known === path || known.startsWith(`${path}.`) || path.startsWith(`${known}.`)) {
      throw new ServerError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    }
  }
  into.set(path, equal);
}

function place(doc: Doc, parts: readonly string[], value: Value): void {
  const [name = '', ...rest] = parts;
  if (rest.length === 0) {
    setField(doc, name, value);
    return;
  }
  const inner = isDoc(doc[name]) ? doc[name] : {};
  setField(doc, name, inner);
  place(inner as Doc, rest, value);
}

/** Where in an array the filter matched, for the positional operator. */
export function positionOf(query: Query, doc: Doc): number | null {
  const trace: Trace = { position: null };
  query.matches(doc, trace);
  return trace.position;
}

/** What a write statement asks for, with its own hint and collation. */
export function compileQuery(operation: Operation, collection: Collection | null, statement: Statement): Query {
  const { filter } = statement;
  const collation = collationFor(statement.collation, collection);
  const variables = letVariables(operation);
  return {
    filter,
    matches: compileFilter(filter, { ...operation.scope, variables, collation }),
    sort: [],
    hint: collection === null ? null : hintOf(collection, statement.hint),
    collation,
  };
}

type Statement = { readonly filter: Doc; readonly hint?: Value; readonly collation?: Value };

export function firstMatch(operation: Operation, collection: Collection, query: Query): Target | null {
  for (const found of search(collection, query, operation.view)) return found;
  return null;
}

export function allMatches(operation: Operation, collection: Collection, query: Query): Target[] {
  return [...search(collection, query, operation.view)];
}
