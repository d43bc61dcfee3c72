// Reading through views: their pipeline on what is under them, then the query.
import { compilePipeline } from '../aggregation/pipeline.ts';
import type { PipelineContext } from '../aggregation/stage.ts';
import { ServerError } from '../errors.ts';
import { compileFilter, type FilterScope } from '../query/filter.ts';
import { search } from '../query/search.ts';
import type { Collection } from '../storage/collection.ts';
import { type Doc, isArray } from '../values/types.ts';
import type { Operation } from './operation.ts';

const viewDepthMax = 20;

export function* readView(
  operation: Operation,
  view: Collection,
  { filter, sort }: { filter: Doc; sort: Doc },
): Generator<Doc> {
  const pipeline = [{ $match: filter }, ...(Object.keys(sort).length > 0 ? [{ $sort: sort }] : [])];
  const { collation } = view;
  yield* compilePipeline(pipeline, pipelineContext(operation, { collation }))(readAll(operation, view));
}

/** All documents of a collection or view. */
export function* readAll(operation: Operation, collection: Collection, depth = 0): Generator<Doc> {
  if (depth > viewDepthMax) throw new ServerError(229, 'View depth too deep or view cycle detected');
  const { viewOn, pipeline } = collection.options;
  if (typeof viewOn !== 'string') {
    for (const { doc } of collection.scan(operation.view)) yield doc;
    return;
  }
  const under = operation.collection(viewOn);
  const input = under === null ? [] : readAll(operation, under, depth + 1);
  const { collation } = collection;
  yield* compilePipeline(isArray(pipeline) ? pipeline : [], pipelineContext(operation, { collation }))(input);
}

export function pipelineContext(operation: Operation, more: Partial<FilterScope> = {}): PipelineContext {
  const scope = { variables: {}, ...operation.scope, ...more };
  const { collation = null } = scope;
  return {
    scope,
    compile: compilePipeline,
    read: function* (name, filter) {
      const collection = operation.collection(name);
      if (collection === null) return;
      if (collection.options.viewOn !== undefined) yield* readView(operation, collection, { filter, sort: {} });
      else {
        const matches = compileFilter(filter, { ...operation.scope, collation });
        const query = { filter, matches, sort: [], hint: null, collation };
        for (const { doc } of search(collection, query, operation.view)) yield doc;
      }
    },
  };
}
