// insert, update, delete: batches of statements, each with its own result, executed once per statement of a session.

import { failedToParse, ServerError } from '../errors.ts';
import type { Query } from '../query/search.ts';
import { compileUpdate, type Updater } from '../update/update.ts';
import type { Collation } from '../values/collation.ts';
import { type Doc, isArray, isDoc, isNumber, toNumber, type Value } from '../values/types.ts';
import { keepWithin, refuseCappedInside } from './capped.ts';
import { collationFor } from './collations.ts';
import { refuseUnsupported } from './find.ts';
import { letVariables } from './let-variables.ts';
import { type Command, isTrueFlag, type Operation, optionalDoc, type Work } from './operation.ts';
import {
  allMatches,
  changeDocument,
  checkDocument,
  checkId,
  collectionToWrite,
  compileQuery,
  firstMatch,
  insertDocument,
  positionOf,
  upsertedDocument,
  type WriteOptions,
  withId,
} from './write-documents.ts';

/** What one statement did, as it is also kept for a retry. */
type Outcome = { n: number; nModified?: number; upserted?: Value };

const batchMax = 100_000;
const shared = ['ordered', 'bypassDocumentValidation', 'stmtId', 'stmtIds', 'let', 'collation'];

export const insert: Command = {
  check: ({ command }) => checkBatch(command, batchOf(command, 'insert', 'documents')),
  fields: ['insert', 'documents', ...shared],
  inTransaction: 'allowed',
  retryable: true,
  run: function* (operation) {
    const { target } = operation;
    refuseSystemCollection(operation, target);
    const documents = batchOf(operation.command, 'insert', 'documents');
    const options = writeOptions(operation);
    const batch = yield* runBatch(operation, documents, function* (document): Work<Outcome> {
      if (!isDoc(document)) throw new ServerError(14, "BSON field 'insert.documents.0' is the wrong type");
      yield* insertDocument(operation, target, withId(document), options);
      return { n: 1 };
    });
    return { n: batch.n, ...batch.errors, ok: 1 };
  },
};

const updateFields = new Set([
  'q',
  'u',
  'upsert',
  'multi',
  'collation',
  'arrayFilters',
  'hint',
  'c',
  'upsertSupplied',
  'sort',
]);

export const update: Command = {
  check: ({ command }) => {
    const updates = batchOf(command, 'update', 'updates');
    checkBatch(command, updates);
    for (const statement of updates) {
      const { u } = checkStatement(statement, updateFields, 'update.updates', ['q', 'u']);
      if (!isDoc(u) && !isArray(u)) throw failedToParse('Update argument must be either an object or an array');
    }
  },
  fields: ['update', 'updates', ...shared],
  inTransaction: 'allowed',
  retryable: true,
  run: function* (operation) {
    const { target } = operation;
    const updates = batchOf(operation.command, 'update', 'updates');
    const batch = yield* runBatch(operation, updates, (statement) => runUpdate(operation, target, statement as Doc));
    const upserted = batch.outcomes.flatMap(({ index, outcome }) =>
      outcome.upserted === undefined ? [] : [{ index, _id: outcome.upserted }],
    );
    return {
      n: batch.n,
      nModified: batch.nModified,
      ...(upserted.length > 0 ? { upserted } : {}),
      ...batch.errors,
      ok: 1,
    };
  },
};

function* runUpdate(operation: Operation, target: string, statement: Doc): Work<Outcome> {
  refuseUnsupported(statement);
  if ('sort' in statement)
    throw new ServerError(238, "the option 'sort' of update is not implemented by the embedded server");
  refuseRetryOfMany(operation, 'multi=true', isTrueFlag(statement.multi));
  const filter = statement.q as Doc;
  const multi = isTrueFlag(statement.multi);
  const updater = updaterOf(operation, statement, collationFor(statement.collation, operation.collection(target)));
  if (multi && updater.kind === 'replacement')
    throw failedToParse('multi update is not supported for replacement-style update');
  const options = writeOptions(operation);
  for (;;) {
    const collection = operation.collection(target);
    if (collection?.options.viewOn !== undefined && collection !== null)
      throw new ServerError(166, `Namespace ${collection.namespace} is a view, not a collection`);
    if (collection !== null) {
      const query = compileQuery(operation, collection, { ...statement, filter });
      const outcome = yield* updateMatches({ operation, query, updater, options, collection, multi });
      if (outcome !== null) return outcome;
    } else compileQuery(operation, null, { ...statement, filter });
    if (!isTrueFlag(statement.upsert)) return { n: 0, nModified: 0 };
    const upserted = yield* upsert({ operation, target, filter, updater, options });
    if (upserted !== null) return upserted;
  }
}

type Updating = {
  operation: Operation;
  collection: NonNullable<ReturnType<Operation['collection']>>;
  query: Query;
  updater: Updater;
  options: WriteOptions;
  multi: boolean;
};

/** Null if nothing matched. */
function* updateMatches({ operation, collection, query, updater, options, multi }: Updating): Work<Outcome | null> {
  let [n, nModified] = [0, 0];
  const decide = (doc: Doc): { next: Doc } | null => {
    if (!query.matches(doc)) return null;
    const next = updater.apply(doc, { position: positionOf(query, doc), inserting: false });
    if (next !== doc) checkDocument(collection, next, options, doc);
    return { next };
  };
  const count = (changed: { before: Doc; after: Doc | null }): void => {
    n += 1;
    if (changed.before !== changed.after) nModified += 1;
  };
  if (multi) {
    for (const { slot } of allMatches(operation, collection, query)) {
      const changed = yield* changeDocument(operation, collection, slot, decide);
      if (changed !== null) count(changed);
    }
    return n === 0 ? null : { n, nModified };
  }
  for (;;) {
    const found = firstMatch(operation, collection, query);
    if (found === null) return null;
    const changed = yield* changeDocument(operation, collection, found.slot, decide);
    if (changed === null) continue;
    count(changed);
    return { n, nModified };
  }
}

type Upserting = { operation: Operation; target: string; filter: Doc; updater: Updater; options: WriteOptions };

/** Null if another writer was faster: then the update starts anew. */
export function* upsert({
  operation,
  target,
  filter,
  updater,
  options,
}: Upserting): Work<(Outcome & { doc: Doc }) | null> {
  const doc = upsertedDocument(filter, updater);
  checkId(doc._id);
  const collection = yield* collectionToWrite(operation, target);
  refuseCappedInside(operation, collection);
  checkDocument(collection, doc, options);
  try {
    collection.insert(doc, operation.writer);
    keepWithin(operation, collection);
    return { n: 1, nModified: 0, upserted: doc._id, doc };
  } catch (error) {
    yield* operation.blocked(error);
    return null;
  }
}

const updaterOf = (operation: Operation, statement: Doc, collation: Collation | null): Updater =>
  compileUpdate({
    update: statement.u,
    arrayFilters: statement.arrayFilters,
    scope: {
      ...operation.scope,
      variables: { ...letVariables(operation), ...optionalDoc(statement, 'c') },
      collation,
    },
  });

const deleteFields = new Set(['q', 'limit', 'collation', 'hint']);

export const remove: Command = {
  check: ({ command }) => {
    const deletes = batchOf(command, 'delete', 'deletes');
    checkBatch(command, deletes);
    for (const statement of deletes) {
      const { limit } = checkStatement(statement, deleteFields, 'delete.deletes', ['q', 'limit']);
      const number = isNumber(limit) ? toNumber(limit) : Number.NaN;
      if (number !== 0 && number !== 1) {
        throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${number}`);
      }
    }
  },
  fields: ['delete', 'deletes', ...shared],
  inTransaction: 'allowed',
  retryable: true,
  run: function* (operation) {
    const { target } = operation;
    const deletes = batchOf(operation.command, 'delete', 'deletes');
    const batch = yield* runBatch(operation, deletes, (statement) => runDelete(operation, target, statement as Doc));
    return { n: batch.n, ...batch.errors, ok: 1 };
  },
};

function* runDelete(operation: Operation, target: string, statement: Doc): Work<Outcome> {
  refuseUnsupported(statement);
  const limit = toNumber(statement.limit);
  refuseRetryOfMany(operation, 'limit=0', limit === 0);
  const filter = statement.q as Doc;
  const collection = operation.collection(target);
  if (collection?.options.viewOn !== undefined && collection !== null)
    throw new ServerError(166, `Namespace ${collection.namespace} is a view, not a collection`);
  if (collection === null) {
    compileQuery(operation, null, { ...statement, filter });
    return { n: 0 };
  }
  const query = compileQuery(operation, collection, { ...statement, filter });
  const decide = (doc: Doc): { next: null } | null => (query.matches(doc) ? { next: null } : null);
  if (limit === 0) {
    let n = 0;
    for (const { slot } of allMatches(operation, collection, query)) {
      if ((yield* changeDocument(operation, collection, slot, decide)) !== null) n += 1;
    }
    return { n };
  }
  for (;;) {
    const found = firstMatch(operation, collection, query);
    if (found === null) return { n: 0 };
    if ((yield* changeDocument(operation, collection, found.slot, decide)) !== null) return { n: 1 };
  }
}

function refuseSystemCollection({ explicit, database }: Operation, target: string): void {
  if (explicit !== null && target.startsWith('system.')) {
    throw new ServerError(50791, `Cannot write to system collection ${database}.${target} within a transaction.`);
  }
}

function checkBatch(command: Doc, batch: readonly Value[]): void {
  if (isArray(command.stmtIds) && command.stmtIds.length !== batch.length) {
    throw new ServerError(16, 'Number of statement ids must match the number of batch entries');
  }
}

function refuseRetryOfMany(operation: Operation, what: string, many: boolean): void {
  if (many && operation.retryNumber !== null) {
    throw new ServerError(72, `Cannot use (or request) retryable writes with ${what}`);
  }
}

function batchOf(command: Doc, name: string, field: string): Value[] {
  const batch = command[field];
  if (batch === undefined)
    throw new ServerError(40414, `BSON field '${name}.${field}' is missing but a required field`);
  if (!isArray(batch))
    throw new ServerError(14, `BSON field '${name}.${field}' is the wrong type, expected type 'array'`);
  if (batch.length === 0 || batch.length > batchMax) {
    throw new ServerError(16, `Write batch sizes must be between 1 and ${batchMax}. Got ${batch.length} operations.`);
  }
  return batch;
}

function checkStatement(statement: Value, known: ReadonlySet<string>, path: string, required: readonly string[]): Doc {
  if (!isDoc(statement)) throw new ServerError(14, `BSON field '${path}.0' is the wrong type, expected type 'object'`);
  for (const key of Object.keys(statement))
    if (!known.has(key)) throw new ServerError(40415, `BSON field '${path}.${key}' is an unknown field.`);
  for (const key of required)
    if (!Object.hasOwn(statement, key))
      throw new ServerError(40414, `BSON field '${path}.${key}' is missing but a required field`);
  if (!isDoc(statement.q))
    throw new ServerError(14, `BSON field '${path}.q' is the wrong type, expected type 'object'`);
  return statement;
}

const writeOptions = ({ command }: Operation): WriteOptions => ({
  bypassValidation: isTrueFlag(command.bypassDocumentValidation),
});

type Batch = { n: number; nModified: number; outcomes: { index: number; outcome: Outcome }[]; errors: Doc };

function* runBatch(
  operation: Operation,
  statements: readonly Value[],
  run: (statement: Value) => Work<Outcome>,
): Work<Batch> {
  const { command } = operation;
  const ordered = command.ordered !== false;
  const batch: Batch = { n: 0, nModified: 0, outcomes: [], errors: {} };
  const writeErrors: Doc[] = [];
  const retried: number[] = [];
  for (const [index, statement] of statements.entries()) {
    const id = statementId(command, index);
    try {
      const known = retriedOutcome(operation, id, retried);
      const outcome = known ?? (yield* run(statement));
      if (known === null) keepOutcome(operation, id, outcome);
      batch.n += outcome.n;
      batch.nModified += outcome.nModified ?? 0;
      batch.outcomes.push({ index, outcome });
    } catch (error) {
      if (!(error instanceof ServerError) || endsCommand(error)) throw error;
      writeErrors.push({ index, code: error.code, codeName: undefined, errmsg: error.message, ...error.extra });
      if (ordered || operation.explicit !== null) break;
    }
  }
  if (writeErrors.length > 0) {
    batch.errors = { writeErrors: writeErrors.map(({ codeName: _, ...error }) => error) };
    if (operation.explicit !== null && operation.session !== null) operation.server.sessions.abort(operation.session);
  }
  if (retried.length > 0) batch.errors = { ...batch.errors, retriedStmtIds: retried };
  return batch;
}

// These end the whole command rather than one statement of it.
const endsCommand = ({ code }: ServerError): boolean =>
  [50, 112, 246, 11600, 11601, 238, 263, 40414, 40415].includes(code);

function statementId(command: Doc, index: number): number {
  const ids = command.stmtIds;
  if (isArray(ids)) return toNumber(ids[index]);
  const first = command.stmtId;
  return (isNumber(first) ? toNumber(first) : 0) + index;
}

function retriedOutcome(operation: Operation, id: number, retried: number[]): Outcome | null {
  if (operation.retryNumber === null) return null;
  const known = operation.session?.results.get(id);
  if (known === undefined) return null;
  if (known.kind !== operation.name)
    throw new ServerError(
      217,
      `the statement ${id} of this transaction number was a ${String(known.kind)}, not a ${operation.name}`,
    );
  retried.push(id);
  return known.outcome as Outcome;
}

function keepOutcome(operation: Operation, id: number, outcome: Outcome): void {
  // What changed nothing is not remembered: a retry runs it anew.
  const changed =
    operation.name === 'update' ? (outcome.nModified ?? 0) > 0 || outcome.upserted !== undefined : outcome.n > 0;
  if (changed) operation.remember(id, { kind: operation.name, outcome });
}
