// $out and $merge: the result of a pipeline becomes, or goes into, a collection.

import { compilePipeline } from '../aggregation/pipeline.ts';
import { failedToParse, notImplemented, ServerError } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { search } from '../query/search.ts';
import type { Collection } from '../storage/collection.ts';
import { valuesEqual } from '../values/compare.ts';
import { getDirect, splitPath } from '../values/paths.ts';
import { type Doc, isArray, isDoc, type Value } from '../values/types.ts';
import { alone } from './indexes.ts';
import { isTrueFlag, type Operation, type Work } from './operation.ts';
import { pipelineContext } from './views.ts';
import {
  changeDocument,
  checkDocument,
  collectionToWrite,
  insertDocument,
  type WriteOptions,
  withId,
} from './write-documents.ts';

const optionsOf = ({ command }: Operation): WriteOptions => ({
  bypassValidation: isTrueFlag(command.bypassDocumentValidation),
});

export function* writeOutput(
  operation: Operation,
  stage: { name: string; argument: Value },
  docs: readonly Doc[],
): Work<void> {
  if (operation.explicit !== null)
    throw new ServerError(263, `Stage not supported inside of a multi-document transaction: ${stage.name}`);
  const { readConcern } = operation.command;
  if (isDoc(readConcern) && readConcern.level === 'linearizable')
    throw new ServerError(72, `${stage.name} cannot be used with a 'linearizable' read concern level`);
  if (stage.name === '$out') yield* replaceCollection(operation, stage.argument, docs);
  else yield* merge(operation, stage.argument, docs);
}

function* replaceCollection(operation: Operation, argument: Value, docs: readonly Doc[]): Work<void> {
  const name = isDoc(argument) ? argument.coll : argument;
  if (typeof name !== 'string' || name === '') throw failedToParse('$out needs the name of a collection');
  if (isDoc(argument) && argument.db !== undefined && argument.db !== operation.database)
    throw notImplemented('$out into another database');
  const collection = yield* collectionToWrite(operation, name);
  yield* alone(operation, collection);
  for (const { slot } of [...collection.scan(operation.view)])
    yield* changeDocument(operation, collection, slot, () => ({ next: null }));
  for (const doc of docs) yield* insertDocument(operation, name, withId(doc), optionsOf(operation));
}

type Merge = { into: string; on: readonly string[]; whenMatched: Value; whenNotMatched: string };

function parseMerge(operation: Operation, argument: Value): Merge {
  const given = typeof argument === 'string' ? { into: argument } : argument;
  if (!isDoc(given)) throw new ServerError(51182, '$merge only supports a string or object argument');
  for (const key of Object.keys(given))
    if (!['into', 'on', 'let', 'whenMatched', 'whenNotMatched'].includes(key))
      throw new ServerError(40415, `BSON field '$merge.${key}' is an unknown field.`);
  const { into } = given;
  const name = isDoc(into) ? into.coll : into;
  if (isDoc(into) && into.db !== undefined && into.db !== operation.database)
    throw notImplemented('$merge into another database');
  if (typeof name !== 'string') throw new ServerError(51178, "$merge 'into' must be a string or an object");
  const on = isArray(given.on) ? given.on.map(String) : [String(given.on ?? '_id')];
  return {
    into: name,
    on,
    whenMatched: given.whenMatched ?? 'merge',
    whenNotMatched: String(given.whenNotMatched ?? 'insert'),
  };
}

function* merge(operation: Operation, argument: Value, docs: readonly Doc[]): Work<void> {
  const plan = parseMerge(operation, argument);
  if (
    isArray(plan.whenMatched) === false &&
    !['replace', 'keepExisting', 'merge', 'fail'].includes(String(plan.whenMatched))
  )
    throw new ServerError(
      2,
      `Enumeration value '${String(plan.whenMatched)}' for field 'whenMatched' is not a valid value.`,
    );
  const target = yield* collectionToWrite(operation, plan.into);
  checkUniqueOn(target, plan.on);
  for (const doc of docs) yield* mergeOne(operation, plan, withId(doc));
}

function checkUniqueOn(target: Collection, on: readonly string[]): void {
  const unique = [...target.indexes.values()].some(
    ({ spec, paths }) =>
      spec.unique &&
      !isDoc(spec.options.partialFilterExpression) &&
      paths.length === on.length &&
      on.every((path) => paths.includes(path)),
  );
  if (!unique) throw new ServerError(51183, 'Cannot find index to verify that join fields will be unique');
}

function* mergeOne(operation: Operation, plan: Merge, doc: Doc): Work<void> {
  const target = yield* collectionToWrite(operation, plan.into);
  const filter: Doc = Object.fromEntries(
    plan.on.map((path) => [path, { $eq: getDirect(doc, splitPath(path)) ?? null }]),
  );
  const { collation } = target;
  const matches = compileFilter(filter, { ...operation.scope, collation });
  const [found] = search(target, { filter, matches, sort: [], hint: null, collation }, operation.view);
  if (found === undefined) {
    if (plan.whenNotMatched === 'fail')
      throw new ServerError(
        13113,
        '$merge could not find a matching document in the target collection for at least one document in the source collection',
      );
    if (plan.whenNotMatched === 'insert') yield* insertDocument(operation, plan.into, doc, optionsOf(operation));
    return;
  }
  if (plan.whenMatched === 'fail')
    throw new ServerError(11000, `E11000 duplicate key error collection: ${target.namespace}`, {
      keyPattern: { _id: 1 },
      keyValue: { _id: doc._id },
    });
  if (plan.whenMatched === 'keepExisting') return;
  yield* changeDocument(operation, target, found.slot, (old) => {
    const next = merged(operation, plan, old, doc);
    if (!valuesEqual(next._id, old._id))
      throw new ServerError(
        66,
        '$merge failed to update the matching document, did you attempt to modify the _id or the shard key?',
      );
    checkDocument(target, next, optionsOf(operation), old);
    return { next };
  });
}

function merged(operation: Operation, plan: Merge, old: Doc, doc: Doc): Doc {
  if (plan.whenMatched === 'replace') return { ...doc, _id: old._id };
  if (!isArray(plan.whenMatched)) return { ...old, ...doc };
  const [result] = compilePipeline(plan.whenMatched, pipelineContext(operation, { variables: { new: doc } }))([old]);
  return result ?? old;
}
