// explain: which index a query would use.

import { stageOf } from '../aggregation/stage.ts';
import { ServerError } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { planQuery } from '../query/plan.ts';
import { matching } from '../query/search.ts';
import { parseSortPattern } from '../query/sort.ts';
import { type Doc, isArray, isDoc, type Value } from '../values/types.ts';
import { collationFor } from './collations.ts';
import { hintOf } from './find.ts';
import { type Command, type Operation, optionalDoc } from './operation.ts';
import { version } from './server-state.ts';

export const explain: Command = {
  fields: ['explain', 'verbosity'],
  inTransaction: 'refused',
  run: (operation) => {
    const inner = operation.command.explain;
    if (!isDoc(inner))
      throw new ServerError(14, "BSON field 'explain.explain' is the wrong type, expected type 'object'");
    const verbosity = operation.command.verbosity ?? 'allPlansExecution';
    if (!['queryPlanner', 'executionStats', 'allPlansExecution'].includes(String(verbosity)))
      throw new ServerError(
        9,
        "verbosity string must be one of {'queryPlanner', 'executionStats', 'allPlansExecution'}",
      );
    return explainCommand(operation, inner, String(verbosity));
  },
};

function explainCommand(operation: Operation, inner: Doc, verbosity: string): Doc {
  const name = Object.keys(inner)[0] ?? '';
  const target = String(inner[name]);
  switch (name) {
    case 'find':
      return explainQuery(operation, {
        target,
        filter: optionalDoc(inner, 'filter'),
        sort: optionalDoc(inner, 'sort'),
        hint: inner.hint,
        verbosity,
        collation: inner.collation,
      });
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return explainQuery(operation, {
        target,
        filter: optionalDoc(inner, 'query'),
        sort: optionalDoc(inner, 'sort'),
        hint: inner.hint,
        verbosity,
        collation: inner.collation,
      });
    case 'update':
    case 'delete': {
      const [statement] = (inner[name === 'update' ? 'updates' : 'deletes'] ?? []) as Doc[];
      return explainQuery(operation, {
        target,
        filter: optionalDoc(statement ?? {}, 'q'),
        sort: {},
        hint: statement?.hint,
        verbosity,
        collation: statement?.collation,
      });
    }
    case 'aggregate':
      return explainPipelineOf(operation, {
        target,
        pipeline: isArray(inner.pipeline) ? inner.pipeline : [],
        hint: inner.hint,
        verbosity,
        collation: inner.collation,
      });
    default:
      throw new ServerError(59, `Explain failed due to unknown command: ${name}`);
  }
}

export const explainPipeline = (operation: Operation, pipeline: readonly Value[]): Doc =>
  explainPipelineOf(operation, {
    target: operation.target,
    pipeline,
    hint: operation.command.hint,
    verbosity: 'queryPlanner',
    collation: operation.command.collation,
  });

type Asked = { target: string; filter: Doc; sort: Doc; hint: Value; verbosity: string; collation: Value };

function explainPipelineOf(
  operation: Operation,
  { target, pipeline, hint, verbosity, collation }: Omit<Asked, 'filter' | 'sort'> & { pipeline: readonly Value[] },
): Doc {
  const stages = pipeline.map(stageOf);
  const filter = stages[0]?.name === '$match' && isDoc(stages[0].argument) ? stages[0].argument : {};
  const next = stages[stages[0]?.name === '$match' ? 1 : 0];
  const sort = next?.name === '$sort' && isDoc(next.argument) ? next.argument : {};
  return explainQuery(operation, { target, filter, sort, hint, verbosity, collation });
}

function explainQuery(operation: Operation, { target, filter, sort, hint, verbosity, collation: given }: Asked): Doc {
  const namespace = `${operation.database}.${target}`;
  const collection = operation.collection(target);
  const server = { host: operation.server.address, version, gitVersion: 'embedded' };
  const base = { explainVersion: '1', serverInfo: server, command: operation.command.explain ?? {}, ok: 1 };
  const collation = collationFor(given, collection);
  const matches = compileFilter(filter, { ...operation.scope, collation });
  const fields = parseSortPattern(sort);
  if (collection === null)
    return {
      ...base,
      queryPlanner: { namespace, parsedQuery: filter, winningPlan: { stage: 'EOF' }, rejectedPlans: [] },
    };
  const query = { filter, matches, sort: fields, hint: hintOf(collection, hint), collation };
  const plan = planQuery(collection, query);
  const input =
    plan.index === null
      ? { stage: 'COLLSCAN', filter, direction: plan.direction === 'forwards' ? 'forward' : 'backward' }
      : {
          stage: plan.stage,
          keyPattern: plan.index.spec.key,
          indexName: plan.index.spec.name,
          isMultiKey: plan.index.multikey,
          isUnique: plan.index.spec.unique,
          direction: plan.direction === 'forwards' ? 'forward' : 'backward',
        };
  const fetched = plan.stage === 'IXSCAN' ? { stage: 'FETCH', filter, inputStage: input } : input;
  const winningPlan =
    plan.sorted || fields.length === 0 ? fetched : { stage: 'SORT', sortPattern: sort, inputStage: fetched };
  const queryPlanner = { namespace, parsedQuery: filter, winningPlan, rejectedPlans: [] };
  if (verbosity === 'queryPlanner') return { ...base, queryPlanner };
  let [examined, returned] = [0, 0];
  for (const _ of plan.candidates()) examined += 1;
  for (const _ of matching(plan, query, operation.view)) returned += 1;
  const executionStats = {
    executionSuccess: true,
    nReturned: returned,
    totalKeysExamined: plan.index === null ? 0 : examined,
    totalDocsExamined: examined,
    executionStages: winningPlan,
  };
  return { ...base, queryPlanner, executionStats };
}
