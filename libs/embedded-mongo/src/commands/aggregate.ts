// aggregate: pipelines over a collection, with $out and $merge at their end.

import { compilePipeline } from '../aggregation/pipeline.ts';
import { stageOf } from '../aggregation/stage.ts';
import { failedToParse, ServerError, typeMismatch } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { planQuery } from '../query/plan.ts';
import { search } from '../query/search.ts';
import { parseSortPattern } from '../query/sort.ts';
import type { Collection } from '../storage/collection.ts';
import { type Doc, isArray, isDoc, toNumber, type Value } from '../values/types.ts';
import { collationFor } from './collations.ts';
import { explainPipeline } from './explain.ts';
import { hintOf, refuseUnsupported, timeOf } from './find.ts';
import { letVariables } from './let-variables.ts';
import { type Command, isTrueFlag, type Operation, optionalDoc, optionalNumber, type Work } from './operation.ts';
import { writeOutput } from './output-stages.ts';
import { statisticsStage } from './statistics.ts';
import { pipelineContext, readAll } from './views.ts';

export const aggregate: Command = {
  fields: [
    'aggregate',
    'pipeline',
    'cursor',
    'explain',
    'allowDiskUse',
    'bypassDocumentValidation',
    'hint',
    'let',
    'collation',
  ],
  inTransaction: 'allowed',
  run: function* (operation) {
    const { command } = operation;
    const pipeline = command.pipeline;
    if (pipeline === undefined)
      throw new ServerError(40414, "BSON field 'aggregate.pipeline' is missing but a required field");
    if (!isArray(pipeline)) throw typeMismatch("'pipeline' option must be specified as an array");
    if (isTrueFlag(command.explain)) {
      if (operation.explicit !== null) {
        throw new ServerError(263, 'Explain for the aggregate command cannot run in a multi-document transaction');
      }
      return explainPipeline(operation, pipeline);
    }
    if (command.cursor === undefined)
      throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
    refuseUnsupported(command);
    const batchSize = batchSizeOf(optionalDoc(command, 'cursor'));
    const { input, rest } = sourceOf(operation, pipeline);
    const { name, docs } = yield* outputOf(operation, rest, input);
    const cursor = operation.server.cursors.first({
      namespace: `${operation.database}.${name}`,
      docs,
      batchSize,
      sessionId: operation.session?.id ?? null,
      transactionNumber: operation.explicit === null ? null : (operation.session?.number ?? null),
      nowMs: operation.now.getTime(),
    });
    return { cursor: { ...cursor, ...timeOf(operation) }, ok: 1 };
  },
};

function batchSizeOf(cursor: Doc): number | null {
  for (const key of Object.keys(cursor))
    if (key !== 'batchSize') throw new ServerError(40415, `BSON field 'cursor.${key}' is an unknown field.`);
  const batchSize = optionalNumber(cursor, 'batchSize');
  if (batchSize !== null && batchSize < 0)
    throw new ServerError(51024, `BSON field 'batchSize' value must be >= 0, actual value '${batchSize}'`);
  return batchSize;
}

const targetName = (operation: Operation): string | null =>
  typeof operation.command.aggregate === 'string' ? operation.target : null;

type Source = { input: Iterable<Doc>; rest: readonly Value[] };

function sourceOf(operation: Operation, pipeline: readonly Value[]): Source {
  const name = targetName(operation);
  const first = pipeline.length > 0 ? stageOf(pipeline[0]) : null;
  if (name === null) {
    if (first?.name === '$documents') return { input: [], rest: pipeline };
    if (first?.name === '$listLocalSessions') return { input: localSessions(operation), rest: pipeline.slice(1) };
    throw new ServerError(
      73,
      'Invalid namespace specified: a pipeline without a collection must begin with $documents',
    );
  }
  const collection = operation.collection(name);
  const statistics = first === null ? null : statisticsStage(operation, first, collection);
  if (statistics !== null) return { input: statistics, rest: pipeline.slice(1) };
  if (collection === null) return { input: [], rest: pipeline };
  if (collection.options.viewOn !== undefined) return { input: readAll(operation, collection), rest: pipeline };
  return indexedSource(operation, collection, pipeline);
}

function* localSessions({ server }: Operation): Generator<Doc> {
  for (const { lsid, lastUsedMs } of server.sessions.all()) yield { _id: lsid, lastUse: new Date(lastUsedMs) };
}

// A leading $match, and a $sort behind it, are answered by indexes.
function indexedSource(operation: Operation, collection: Collection, pipeline: readonly Value[]): Source {
  const stages = pipeline.map(stageOf);
  const leading = stages[0]?.name === '$match' && isDoc(stages[0].argument) ? stages[0].argument : null;
  const afterMatch = leading === null ? 0 : 1;
  const sortStage =
    stages[afterMatch]?.name === '$sort' && isDoc(stages[afterMatch].argument) ? stages[afterMatch].argument : null;
  const validSort =
    sortStage !== null &&
    Object.keys(sortStage).length > 0 &&
    Object.values(sortStage).every((value) => Math.abs(toNumber(value)) === 1);
  const variables = letVariables(operation);
  const filter = leading ?? {};
  const collation = collationFor(operation.command.collation, collection);
  const matches = compileFilter(filter, { ...operation.scope, variables, collation });
  const sort = validSort ? parseSortPattern(sortStage) : [];
  const hint = hintOf(collection, operation.command.hint);
  // A sort that no index gives is left to the stage, which orders what is missing in its own way.
  const byIndex = sort.length > 0 && planQuery(collection, { filter, sort, hint, collation }).sorted;
  const input = function* (): Generator<Doc> {
    const query = { filter, matches, sort: byIndex ? sort : [], hint, collation };
    for (const { doc } of search(collection, query, operation.view)) yield doc;
  };
  return { input: input(), rest: pipeline.slice(afterMatch + (byIndex ? 1 : 0)) };
}

function* outputOf(
  operation: Operation,
  pipeline: readonly Value[],
  input: Iterable<Doc>,
): Work<{ name: string; docs: Iterable<Doc> }> {
  const name = targetName(operation) ?? '$cmd.aggregate';
  const last = pipeline.length > 0 ? stageOf(pipeline.at(-1)) : null;
  const over = targetName(operation) === null ? null : operation.collection(name);
  const collation = collationFor(operation.command.collation, over);
  const context = pipelineContext(operation, { variables: letVariables(operation), collation });
  for (const stage of pipeline.slice(0, -1)) {
    const { name: stageName } = stageOf(stage);
    if (stageName === '$out' || stageName === '$merge')
      throw new ServerError(40601, `${stageName} can only be the final stage in the pipeline`);
  }
  if (last?.name === '$out' || last?.name === '$merge') {
    const docs = [...compilePipeline(pipeline.slice(0, -1), context)(input)];
    yield* writeOutput(operation, last, docs);
    return { name, docs: [] };
  }
  return { name, docs: [...compilePipeline(pipeline, context)(input)] };
}
