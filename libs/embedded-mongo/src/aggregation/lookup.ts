// The stages that read other collections or run pipelines inside: $lookup, $graphLookup, $unionWith, $facet.
import { Long } from 'bson';
import { badValue, failedToParse, ServerError } from '../errors.ts';
import { compileFilter } from '../query/filter.ts';
import { encodeValue } from '../values/key-encoding.ts';
import { indexValues, splitPath } from '../values/paths.ts';
import { type Doc, isArray, isDoc, isNumber, regexOf, toNumber, type Value } from '../values/types.ts';
import { environmentOf } from './environment.ts';
import { compileWith, valueAt } from './expression.ts';
import { type MakeStage, type PipelineContext, stageOf } from './stage.ts';

export const lookup: MakeStage = (argument, context) => {
  if (!isDoc(argument)) throw failedToParse('the $lookup specification must be an object');
  const known = ['from', 'localField', 'foreignField', 'as', 'let', 'pipeline'];
  for (const key of Object.keys(argument))
    if (!known.includes(key)) throw failedToParse(`unknown argument to $lookup: ${key}`);
  const { from, as, localField, foreignField, pipeline } = argument;
  if (typeof from !== 'string') throw failedToParse("missing 'from' option to $lookup stage specification");
  if (typeof as !== 'string') throw failedToParse("must specify 'as' field for a $lookup");
  const hasFields = localField !== undefined || foreignField !== undefined;
  if (hasFields && (typeof localField !== 'string' || typeof foreignField !== 'string'))
    throw failedToParse("$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  if (!hasFields && pipeline === undefined)
    throw failedToParse("$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified");
  const variables = letOf(argument.let, context);
  const sub = isArray(pipeline) ? pipeline : null;
  if (sub !== null)
    context.compile(sub, withVariables(context, Object.fromEntries(variables.map(({ name }) => [name, null]))));
  const target = as.split('.');
  return function* (input) {
    for (const doc of input) {
      const filter = hasFields ? joinFilter(doc, String(localField), String(foreignField)) : {};
      const environment = environmentOf(doc, context.scope);
      const inner = withVariables(
        context,
        Object.fromEntries(variables.map(({ name, value }) => [name, value(environment)])),
      );
      const found = inner.read(from, filter);
      const rows = sub === null ? [...found] : [...context.compile(sub, inner)(found)];
      yield withField(doc, target, rows);
    }
  };
};

function letOf(given: Value, { scope }: PipelineContext): { name: string; value: ReturnType<typeof compileWith> }[] {
  if (given === undefined) return [];
  if (!isDoc(given)) throw failedToParse("$lookup argument 'let' must be an object");
  return Object.keys(given).map((name) => ({
    name,
    value: compileWith(given[name], new Set(Object.keys(scope.variables ?? {}))),
  }));
}

const withVariables = (context: PipelineContext, variables: Record<string, Value>): PipelineContext => ({
  ...context,
  scope: { ...context.scope, variables: { ...context.scope.variables, ...variables } },
});

// An array joins with each of its elements; what is missing joins with null.
function joinFilter(doc: Doc, localField: string, foreignField: string): Doc {
  const { values } = indexValues(doc, splitPath(localField));
  const wanted = values
    .map((value) => (value === undefined ? null : value))
    .filter((value) => !isArray(value) || value.length > 0);
  const [first] = wanted;
  if (wanted.length === 1) return { [foreignField]: regexOf(first) ? { $in: [first] } : { $eq: first } };
  return { [foreignField]: { $in: wanted } };
}

function withField(doc: Doc, path: readonly string[], value: Value): Doc {
  const [name = '', ...rest] = path;
  return { ...doc, [name]: rest.length === 0 ? value : withField(isDoc(doc[name]) ? doc[name] : {}, rest, value) };
}

export const unionWith: MakeStage = (argument, context) => {
  const from = typeof argument === 'string' ? argument : isDoc(argument) ? argument.coll : undefined;
  if (typeof from !== 'string') throw failedToParse('$unionWith needs the name of a collection');
  const pipeline = isDoc(argument) && isArray(argument.pipeline) ? argument.pipeline : [];
  const stages = context.compile(pipeline, context);
  return function* (input) {
    yield* input;
    yield* stages(context.read(from, {}));
  };
};

const notInFacet = new Set(['$facet', '$out', '$merge', '$collStats', '$indexStats', '$geoNear', '$planCacheStats']);

// A facet inside a facet is looked into first, so that its own faults are told.
function checkFacetStage(stage: Value): void {
  const { name, argument } = stageOf(stage);
  if (name !== '$facet' || !isDoc(argument)) return;
  for (const inner of Object.values(argument)) {
    if (isArray(inner) && inner.length === 0) throw badValue('sub-pipeline in $facet stage cannot be empty');
  }
}

export const facet: MakeStage = (argument, context) => {
  if (!isDoc(argument)) throw new ServerError(40169, 'the $facet specification must be a non-empty object');
  const names = Object.keys(argument);
  if (names.length === 0) throw new ServerError(40169, 'the $facet specification must be a non-empty object');
  const facets = names.map((name) => {
    const pipeline = argument[name];
    if (!isArray(pipeline)) throw new ServerError(40170, `arguments to $facet must be arrays, ${name} is not`);
    if (pipeline.length === 0) throw badValue('sub-pipeline in $facet stage cannot be empty');
    for (const stage of pipeline) {
      checkFacetStage(stage);
      if (notInFacet.has(stageOf(stage).name))
        throw new ServerError(40600, `${stageOf(stage).name} is not allowed to be used within a $facet stage`);
    }
    return { name, run: context.compile(pipeline, context) };
  });
  return (input) => {
    const docs = [...input];
    const result: Doc = {};
    for (const { name, run } of facets) result[name] = [...run(docs)];
    return [result];
  };
};

export const graphLookup: MakeStage = (argument, context) => {
  if (!isDoc(argument)) throw failedToParse('the $graphLookup stage specification must be an object');
  const known = [
    'from',
    'as',
    'startWith',
    'connectFromField',
    'connectToField',
    'depthField',
    'maxDepth',
    'restrictSearchWithMatch',
  ];
  for (const key of Object.keys(argument))
    if (!known.includes(key)) throw new ServerError(40104, `Unknown argument to $graphLookup: ${key}`);
  const { from, as, connectFromField, connectToField, depthField, maxDepth, restrictSearchWithMatch } = argument;
  if (
    typeof from !== 'string' ||
    typeof as !== 'string' ||
    typeof connectFromField !== 'string' ||
    typeof connectToField !== 'string' ||
    !('startWith' in argument)
  ) {
    throw new ServerError(
      40105,
      "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.",
    );
  }
  const start = compileWith(argument.startWith, new Set(Object.keys(context.scope.variables ?? {})));
  const deepest = isNumber(maxDepth) ? toNumber(maxDepth) : Number.POSITIVE_INFINITY;
  const restriction = isDoc(restrictSearchWithMatch) ? compileFilter(restrictSearchWithMatch, context.scope) : null;
  const search = (first: Value): Doc[] => {
    const found = new Map<string, Doc>();
    let frontier = isArray(first) ? first : first === undefined ? [] : [first];
    const visited = new Set<string>();
    for (let depth = 0; frontier.length > 0 && depth <= deepest; depth += 1) {
      const next: Value[] = [];
      const wanted = frontier.filter((value) => !visited.has(encodeValue(value)));
      for (const value of wanted) visited.add(encodeValue(value));
      if (wanted.length === 0) break;
      for (const doc of context.read(from, { [connectToField]: { $in: wanted } })) {
        const key = encodeValue(doc._id);
        if (found.has(key) || (restriction && !restriction(doc))) continue;
        found.set(key, typeof depthField === 'string' ? { ...doc, [depthField]: Long.fromNumber(depth) } : doc);
        const onward = valueAt(doc, splitPath(connectFromField), 0);
        if (isArray(onward)) next.push(...onward);
        else if (onward !== undefined) next.push(onward);
      }
      frontier = next;
    }
    return [...found.values()];
  };
  return function* (input) {
    for (const doc of input) yield withField(doc, as.split('.'), search(start(environmentOf(doc, context.scope))));
  };
};
