// findAndModify: changes one document and answers how it was before, or is after.

import { environmentOf } from '../aggregation/environment.ts';
import { compileProjection } from '../aggregation/projection.ts';
import { failedToParse, ServerError } from '../errors.ts';
import type { Query } from '../query/search.ts';
import { parseSortPattern } from '../query/sort.ts';
import { compileUpdate, type Updater } from '../update/update.ts';
import { type Doc, isDoc, type Value } from '../values/types.ts';
import { collationFor } from './collations.ts';
import { refuseUnsupported } from './find.ts';
import { letVariables } from './let-variables.ts';
import { type Command, isTrueFlag, type Operation, optionalDoc, type Work } from './operation.ts';
import { changeDocument, checkDocument, compileQuery, firstMatch, positionOf } from './write-documents.ts';
import { upsert } from './writes.ts';

export const findAndModify: Command = {
  fields: [
    'findAndModify',
    'findandmodify',
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'bypassDocumentValidation',
    'collation',
    'arrayFilters',
    'hint',
    'let',
    'stmtId',
  ],
  inTransaction: 'allowed',
  retryable: true,
  run: function* (operation) {
    const { session } = operation;
    const request = parse(operation);
    const known = operation.retryNumber === null ? undefined : session?.results.get(0);
    if (known !== undefined) {
      if (known.kind !== 'findAndModify')
        throw new ServerError(217, 'the statement of this transaction number was another command');
      if (known.returnNew !== request.returnNew && !request.remove) {
        throw new ServerError(40611, 'the retry wants another version of the document than the first run kept');
      }
      return { ...(known.outcome as Doc), retriedStmtIds: [0] };
    }
    const reply = yield* request.remove ? runRemove(operation, request) : runUpdate(operation, request);
    const { changed, ...answer } = reply;
    if (changed) operation.remember(0, { kind: 'findAndModify', outcome: answer, returnNew: request.returnNew });
    return answer;
  },
};

type Request = {
  readonly target: string;
  readonly remove: boolean;
  readonly returnNew: boolean;
  readonly upsert: boolean;
  readonly updater: Updater | null;
  readonly filter: Doc;
  readonly project: (doc: Doc | null, position?: number | null) => Value;
};

function parse(operation: Operation): Request {
  const { command, scope } = operation;
  refuseUnsupported(command);
  const remove = isTrueFlag(command.remove);
  const returnNew = isTrueFlag(command.new);
  const upserts = isTrueFlag(command.upsert);
  if (remove && command.update !== undefined) throw failedToParse("Cannot specify both an 'update' and 'remove'=true");
  if (remove && upserts) throw failedToParse("Cannot specify both 'upsert'=true and 'remove'=true ");
  if (remove && returnNew)
    throw failedToParse(
      "Cannot specify both 'new'=true and 'remove'=true; 'remove' always returns the deleted document",
    );
  if (!remove && command.update === undefined)
    throw failedToParse("Either an update or 'remove'=true must be specified");
  const variables = letVariables(operation);
  const collation = collationFor(command.collation, operation.collection(operation.target));
  const updater = remove
    ? null
    : compileUpdate({
        update: command.update,
        arrayFilters: command.arrayFilters,
        scope: { ...scope, variables, collation },
      });
  const projection = optionalDoc(command, 'fields');
  const projector =
    Object.keys(projection).length === 0
      ? null
      : compileProjection({ projection, scope: { ...scope, collation }, dialect: 'find' });
  const project = (doc: Doc | null, position: number | null = null): Value =>
    doc === null || projector === null ? doc : projector(doc, environmentOf(doc, { ...scope, collation }), position);
  return {
    target: operation.target,
    remove,
    returnNew,
    upsert: upserts,
    updater,
    filter: optionalDoc(command, 'query'),
    project,
  };
}

function queryOf(
  operation: Operation,
  request: Request,
  collection: NonNullable<ReturnType<Operation['collection']>>,
): Query {
  const { command } = operation;
  const query = compileQuery(operation, collection, { ...command, filter: request.filter });
  return { ...query, sort: parseSortPattern(optionalDoc(command, 'sort')) };
}

function writable(operation: Operation, target: string): ReturnType<Operation['collection']> {
  const collection = operation.collection(target);
  if (collection?.options.viewOn !== undefined && collection !== null)
    throw new ServerError(166, `Namespace ${collection.namespace} is a view, not a collection`);
  return collection;
}

function* runRemove(operation: Operation, request: Request): Work<Doc> {
  const collection = writable(operation, request.target);
  if (collection === null) return { lastErrorObject: { n: 0 }, value: null, ok: 1 };
  const query = queryOf(operation, request, collection);
  for (;;) {
    const found = firstMatch(operation, collection, query);
    if (found === null) return { lastErrorObject: { n: 0 }, value: null, ok: 1 };
    const position = positionOf(query, found.doc);
    const changed = yield* changeDocument(operation, collection, found.slot, (doc) =>
      query.matches(doc) ? { next: null } : null,
    );
    if (changed !== null)
      return { lastErrorObject: { n: 1 }, value: request.project(changed.before, position), ok: 1, changed: true };
  }
}

function* runUpdate(operation: Operation, request: Request): Work<Doc> {
  const { updater, project, returnNew } = request;
  if (updater === null || (!isDoc(operation.command.update) && updater.kind !== 'pipeline'))
    throw failedToParse('update must be a document or a pipeline');
  const options = { bypassValidation: isTrueFlag(operation.command.bypassDocumentValidation) };
  for (;;) {
    const collection = writable(operation, request.target);
    const query = collection === null ? null : queryOf(operation, request, collection);
    const found = collection === null || query === null ? null : firstMatch(operation, collection, query);
    if (found === null || collection === null || query === null) {
      if (!request.upsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 };
      const made = yield* upsert({ operation, target: request.target, filter: request.filter, updater, options });
      if (made === null) continue;
      const lastErrorObject = { n: 1, updatedExisting: false, upserted: made.upserted };
      return { lastErrorObject, value: returnNew ? project(made.doc) : null, ok: 1, changed: true };
    }
    const changed = yield* changeDocument(operation, collection, found.slot, (doc) => {
      if (!query.matches(doc)) return null;
      const next = updater.apply(doc, { position: positionOf(query, doc), inserting: false });
      if (next !== doc) checkDocument(collection, next, options, doc);
      return { next };
    });
    if (changed === null) continue;
    const shown = returnNew ? changed.after : changed.before;
    return {
      lastErrorObject: { n: 1, updatedExisting: true },
      value: project(shown, positionOf(query, changed.before)),
      ok: 1,
      changed: changed.before !== changed.after,
    };
  }
}
