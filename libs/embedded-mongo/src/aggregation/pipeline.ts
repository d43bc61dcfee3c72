// Runs aggregation pipelines: each stage turns a stream of documents into another.
import { ServerError } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { parseSortPattern, sortDocs } from '../query/sort.ts';
import { fromNumber } from '../values/arithmetic.ts';
import { type Doc, isArray, isDoc, isNumber, toNumber, type Value } from '../values/types.ts';
import { compileDocumentStage } from './document-stages.ts';
import { bucket, bucketAuto, group, sortByCount } from './group.ts';
import { facet, graphLookup, lookup, unionWith } from './lookup.ts';
import { redact } from './redact.ts';
import { type MakeStage, type PipelineContext, type Stage, stageOf } from './stage.ts';
import { unwind } from './unwind.ts';

/** Compiles stages in order. $out and $merge are not stages here: the command does them with the result. */
export function compilePipeline(pipeline: readonly Value[], context: PipelineContext): Stage {
  const stages = pipeline.map((stage) => {
    const { name, argument } = stageOf(stage);
    return compileStage(name, argument, context);
  });
  return (input) => stages.reduce((stream, stage) => stage(stream), input);
}

function compileStage(name: string, argument: Value, context: PipelineContext): Stage {
  const make = Object.hasOwn(stages, name) ? stages[name] : undefined;
  if (make !== undefined) return make(argument, context);
  const transform = compileDocumentStage(name, argument, context.scope);
  return function* (input) {
    for (const doc of input) yield transform(doc);
  };
}

const match: MakeStage = (argument, { scope }) => {
  if (!isDoc(argument)) throw new ServerError(15959, 'the match filter must be an expression in an object');
  const matches = compileFilter(argument, scope);
  return function* (input) {
    for (const doc of input) if (matches(doc)) yield doc;
  };
};

const sort: MakeStage = (argument, { scope }) => {
  if (!isDoc(argument)) throw new ServerError(15973, 'the $sort key specification must be an object');
  if (Object.keys(argument).length === 0) throw new ServerError(15976, '$sort stage must have at least one sort key');
  for (const value of Object.values(argument)) {
    if (isNumber(value) && Math.abs(toNumber(value)) !== 1)
      throw new ServerError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (!isNumber(value) && !isDoc(value))
      throw new ServerError(15974, "$sort key ordering must be specified using a number or {$meta: 'text'}");
  }
  const fields = parseSortPattern(argument);
  return (input) => sortDocs([...input], (doc) => doc, fields, { missing: 'below null', collation: scope.collation });
};

const limit: MakeStage = (argument) => {
  if (!isNumber(argument)) throw new ServerError(2107201, 'invalid argument to $limit stage: Expected a number');
  const most = toNumber(argument);
  if (!Number.isInteger(most))
    throw new ServerError(5107201, `invalid argument to $limit stage: Expected an integer: $limit: ${most}`);
  if (most < 0)
    throw new ServerError(
      5107201,
      `invalid argument to $limit stage: Expected a non-negative number in: $limit: ${most}`,
    );
  if (most === 0) throw new ServerError(15958, 'the limit must be positive');
  return function* (input) {
    let count = 0;
    for (const doc of input) {
      yield doc;
      count += 1;
      if (count >= most) return;
    }
  };
};

const skip: MakeStage = (argument) => {
  if (!isNumber(argument)) throw new ServerError(15972, 'Argument to $skip must be a number');
  const most = toNumber(argument);
  if (!Number.isInteger(most) || most < 0)
    throw new ServerError(
      5107200,
      `invalid argument to $skip stage: Expected a non-negative number in: $skip: ${most}`,
    );
  return function* (input) {
    let count = 0;
    for (const doc of input) {
      count += 1;
      if (count > most) yield doc;
    }
  };
};

const count: MakeStage = (argument) => {
  if (typeof argument !== 'string') throw new ServerError(40156, 'the count field must be a non-empty string');
  if (argument === '') throw new ServerError(40157, 'the count field must be a non-empty string');
  if (argument.startsWith('$')) throw new ServerError(40158, 'the count field cannot be a $-prefixed path');
  if (argument.includes('.')) throw new ServerError(40160, "the count field cannot contain '.'");
  return (input) => {
    let total = 0;
    for (const _ of input) total += 1;
    return total === 0 ? [] : [{ [argument]: fromNumber(total) }];
  };
};

const sample: MakeStage = (argument) => {
  if (!isDoc(argument)) throw new ServerError(28745, 'the $sample stage specification must be an object');
  for (const key of Object.keys(argument))
    if (key !== 'size') throw new ServerError(28748, `unrecognized option to $sample: ${key}`);
  if (!Object.hasOwn(argument, 'size')) throw new ServerError(28749, '$sample stage must specify a size');
  if (!isNumber(argument.size)) throw new ServerError(28746, 'size argument to $sample must be a number');
  const size = toNumber(argument.size);
  if (size < 0) throw new ServerError(28747, 'size argument to $sample must not be negative');
  return (input) => {
    const docs = [...input];
    for (let i = docs.length - 1; i > 0; i -= 1) {
      const j = Math.floor(Math.random() * (i + 1));
      [docs[i], docs[j]] = [docs[j] as Doc, docs[i] as Doc];
    }
    return docs.slice(0, size);
  };
};

const stages: Readonly<Record<string, MakeStage>> = {
  $match: match,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $count: count,
  $sample: sample,
  $group: group,
  $bucket: bucket,
  $bucketAuto: bucketAuto,
  $sortByCount: sortByCount,
  $unwind: unwind,
  $lookup: lookup,
  $graphLookup: graphLookup,
  $facet: facet,
  $unionWith: unionWith,
  $redact: redact,
  $documents: (argument) => {
    if (!isArray(argument)) throw new ServerError(5858203, '$documents needs an array');
    return () => argument.filter(isDoc);
  },
};
