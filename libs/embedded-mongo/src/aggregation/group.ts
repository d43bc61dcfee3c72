// `$group`, `$bucket`, `$bucketAuto` and `$sortByCount`.
import { Int32 } from 'bson';
import { ServerError } from '../errors.ts';
import type { FilterScope } from '../query/filter.ts';
import type { Collation } from '../values/collation.ts';
import { keysFor, type ValueKeys } from '../values/collation-keys.ts';
import { compareValues, valuesEqual } from '../values/compare.ts';
import { type Doc, isArray, isDoc, isNumber, toNumber, typeOf, typeOrder, type Value } from '../values/types.ts';
import { type Accumulator, compileAccumulator, type MakeAccumulator } from './accumulators.ts';
import { type Environment, environmentOf } from './environment.ts';
import { compilerOf, compileWith } from './expression.ts';
import type { MakeStage, PipelineContext } from './stage.ts';

type Field = { readonly name: string; readonly make: MakeAccumulator };

function fieldsOf(output: Doc, names: readonly string[], { scope }: PipelineContext): Field[] {
  const compile = compilerOf(new Set(Object.keys(scope.variables ?? {})));
  return names.map((name) => {
    if (name.includes('.')) throw new ServerError(40235, `The field name '${name}' cannot contain '.'`);
    if (name.startsWith('$')) throw new ServerError(40236, `The field name '${name}' cannot be an operator name`);
    return { name, make: compileAccumulator(name, output[name], compile) };
  });
}

class Groups {
  private readonly groups = new Map<string, { id: Value; accumulators: Accumulator[] }>();
  private readonly fields: readonly Field[];
  private readonly collation: Collation | null;
  private readonly keys: ValueKeys;

  constructor(fields: readonly Field[], { collation = null }: FilterScope) {
    this.fields = fields;
    this.collation = collation;
    this.keys = keysFor(collation);
  }

  add(id: Value, environment: Environment): void {
    const key = this.keys.keep(id);
    let group = this.groups.get(key);
    if (group === undefined) {
      group = { id, accumulators: this.fields.map(({ make }) => make(this.collation)) };
      this.groups.set(key, group);
    }
    for (const accumulator of group.accumulators) accumulator.add(environment);
  }

  *results(): Generator<Doc> {
    for (const { id, accumulators } of this.groups.values()) {
      const doc: Doc = { _id: id };
      accumulators.forEach((accumulator, i) => {
        doc[(this.fields[i] as Field).name] = accumulator.result();
      });
      yield doc;
    }
  }
}

export const group: MakeStage = (argument, context) => {
  if (!isDoc(argument)) throw new ServerError(15947, "a group's fields must be specified in an object");
  if (!Object.hasOwn(argument, '_id')) throw new ServerError(15955, 'a group specification must include an _id');
  const { scope } = context;
  const id = compileWith(argument._id, new Set(Object.keys(scope.variables ?? {})));
  const fields = fieldsOf(
    argument,
    Object.keys(argument).filter((name) => name !== '_id'),
    context,
  );
  return function* (input) {
    const groups = new Groups(fields, scope);
    for (const doc of input) {
      const environment = environmentOf(doc, scope);
      const value = id(environment);
      groups.add(value === undefined ? null : value, environment);
    }
    yield* groups.results();
  };
};

export const sortByCount: MakeStage = (argument, context) => {
  const isPath = typeof argument === 'string' && argument.startsWith('$');
  const isExpression = isDoc(argument) && Object.keys(argument)[0]?.startsWith('$') === true;
  if (isDoc(argument) && !isExpression)
    throw new ServerError(
      40147,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  if (!isPath && !isExpression)
    throw new ServerError(
      typeof argument === 'string' ? 40148 : 40149,
      'the sortByCount field must be specified as a string or as an object',
    );
  const counting = group({ _id: argument, count: { $sum: new Int32(1) } }, context);
  return (input) => [...counting(input)].sort((a, b) => compareValues(b.count, a.count));
};

export const bucket: MakeStage = (argument, context) => {
  if (!isDoc(argument)) throw new ServerError(40201, 'Argument to $bucket stage must be an object');
  for (const key of Object.keys(argument))
    if (!['groupBy', 'boundaries', 'default', 'output'].includes(key))
      throw new ServerError(40197, `Unrecognized option to $bucket: ${key}`);
  const collation = context.scope.collation ?? null;
  const { boundaries, otherwise } = checkBucket(argument, collation);
  const output = isDoc(argument.output) ? argument.output : { count: { $sum: new Int32(1) } };
  const by = compileWith(argument.groupBy, new Set(Object.keys(context.scope.variables ?? {})));
  const fields = fieldsOf(output, Object.keys(output), context);
  return (input) => {
    const groups = new Groups(fields, context.scope);
    for (const doc of input) {
      const environment = environmentOf(doc, context.scope);
      const value = by(environment) ?? null;
      const at = boundaries.findIndex(
        (bound, i) =>
          i + 1 < boundaries.length &&
          compareValues(value, bound, collation) >= 0 &&
          compareValues(value, boundaries[i + 1], collation) < 0,
      );
      if (at < 0 && otherwise === null)
        throw new ServerError(
          40066,
          '$switch could not find a matching branch for an input, and no default was specified.',
        );
      groups.add(at < 0 ? otherwise?.value : boundaries[at], environment);
    }
    return [...groups.results()].sort((a, b) => compareValues(a._id, b._id, collation));
  };
};

function checkBucket(
  argument: Doc,
  collation: Collation | null,
): { boundaries: Value[]; otherwise: { value: Value } | null } {
  const boundaries = argument.boundaries;
  if (!Object.hasOwn(argument, 'groupBy') || !Object.hasOwn(argument, 'boundaries'))
    throw new ServerError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (!isArray(boundaries)) throw new ServerError(40200, "The $bucket 'boundaries' field must be an array");
  if (boundaries.length < 2)
    throw new ServerError(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${boundaries.length} value(s).`,
    );
  for (let i = 1; i < boundaries.length; i += 1) {
    const [lower, upper] = [boundaries[i - 1], boundaries[i]];
    if (typeOrder[typeOf(lower)] !== typeOrder[typeOf(upper)])
      throw new ServerError(40193, "All values in the the 'boundaries' option to $bucket must have the same type.");
    if (compareValues(lower, upper, collation) >= 0)
      throw new ServerError(40194, "The 'boundaries' option to $bucket must be sorted, but elements are not");
  }
  const otherwise = Object.hasOwn(argument, 'default') ? { value: argument.default } : null;
  if (
    otherwise &&
    compareValues(otherwise.value, boundaries[0], collation) >= 0 &&
    compareValues(otherwise.value, boundaries.at(-1), collation) < 0
  ) {
    throw new ServerError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
  }
  return { boundaries, otherwise };
}

export const bucketAuto: MakeStage = (argument, context) => {
  if (!isDoc(argument)) throw new ServerError(40240, 'The argument to $bucketAuto must be an object');
  for (const key of Object.keys(argument)) {
    if (key === 'granularity')
      throw new ServerError(238, "$bucketAuto with 'granularity' is not implemented by the embedded server");
    if (!['groupBy', 'buckets', 'output'].includes(key))
      throw new ServerError(40245, `Unrecognized option to $bucketAuto: ${key}`);
  }
  if (!Object.hasOwn(argument, 'groupBy') || !Object.hasOwn(argument, 'buckets'))
    throw new ServerError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified");
  const wanted = isNumber(argument.buckets) ? toNumber(argument.buckets) : Number.NaN;
  if (Number.isNaN(wanted)) throw new ServerError(40241, "The $bucketAuto 'buckets' field must be a numeric value");
  if (!Number.isInteger(wanted))
    throw new ServerError(40242, "The $bucketAuto 'buckets' field must be representable as a 32-bit integer");
  if (wanted <= 0) throw new ServerError(40243, "The $bucketAuto 'buckets' field must be greater than 0");
  const output = isDoc(argument.output) ? argument.output : { count: { $sum: new Int32(1) } };
  const by = compileWith(argument.groupBy, new Set(Object.keys(context.scope.variables ?? {})));
  const fields = fieldsOf(output, Object.keys(output), context);
  return (input) => {
    const items = [...input].map((doc) => {
      const environment = environmentOf(doc, context.scope);
      return { environment, value: by(environment) ?? null };
    });
    const collation = context.scope.collation ?? null;
    items.sort((a, b) => compareValues(a.value, b.value, collation));
    return autoBuckets(items, wanted, { fields, collation });
  };
};

type Item = { environment: Environment; value: Value };

// Equal values stay in one bucket, which then holds more than its share.
type Buckets = { readonly fields: readonly Field[]; readonly collation: Collation | null };

function* autoBuckets(items: readonly Item[], wanted: number, { fields, collation }: Buckets): Generator<Doc> {
  const share = Math.max(1, Math.round(items.length / wanted));
  let start = 0;
  let made = 0;
  while (start < items.length) {
    made += 1;
    let stop = made === wanted ? items.length : Math.min(items.length, start + share);
    while (stop < items.length && valuesEqual(items[stop - 1]?.value, items[stop]?.value, collation)) stop += 1;
    const accumulators = fields.map(({ make }) => make(collation));
    for (let i = start; i < stop; i += 1)
      for (const accumulator of accumulators) accumulator.add((items[i] as Item).environment);
    const max = stop < items.length ? items[stop]?.value : items[stop - 1]?.value;
    const doc: Doc = { _id: { min: items[start]?.value, max } };
    accumulators.forEach((accumulator, i) => {
      doc[(fields[i] as Field).name] = accumulator.result();
    });
    yield doc;
    start = stop;
  }
}
