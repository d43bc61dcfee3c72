// Compiles the `u` of an update: operators, a replacement, or a pipeline, into a function from the old to the new
// document. Answers the same document where nothing changes.

import { compileUpdatePipeline } from '../aggregation/update-pipeline.ts';
import { badValue, failedToParse, ServerError } from '../errors.ts';
import { compileFilter, type FilterScope } from '../query/filter.ts';
import { identical } from '../values/compare.ts';
import { getDirect } from '../values/paths.ts';
import { cloneDeep, type Doc, isArray, isDoc, typeOf, type Value } from '../values/types.ts';
import { checkRename, type MakeModifier, modifierFor } from './modifiers.ts';
import { type ArrayFilters, applyAt, parseTarget } from './targets.ts';

export type UpdateContext = { readonly position: number | null; readonly inserting: boolean };
export type Updater = {
  readonly kind: 'operators' | 'replacement' | 'pipeline';
  apply(doc: Doc, context: UpdateContext): Doc;
};

type Compile = { readonly update: Value; readonly arrayFilters: Value; readonly scope: FilterScope };

/** Throws the server's parse errors; `apply` throws those that depend on the document. */
export function compileUpdate({ update, arrayFilters, scope }: Compile): Updater {
  if (isArray(update)) {
    if (arrayFilters !== undefined) throw failedToParse('arrayFilters may not be specified for pipeline-syle updates');
    return { kind: 'pipeline', apply: withIdKept(compileUpdatePipeline(update, scope)) };
  }
  if (!isDoc(update)) throw failedToParse('Update argument must be either an object or an array');
  const first = Object.keys(update)[0];
  if (first === undefined || !first.startsWith('$')) return compileReplacement(update, arrayFilters);
  return compileOperators(update, compileArrayFilters(arrayFilters, scope), scope);
}

function withIdKept(apply: (doc: Doc) => Doc): Updater['apply'] {
  return (doc) => {
    const result = apply(doc);
    const old = doc._id;
    if (old !== undefined && !Object.hasOwn(result, '_id')) return unchangedOr(doc, { _id: old, ...result });
    if (old !== undefined && !identical(old, result._id)) throw immutableId();
    return unchangedOr(doc, result);
  };
}

const unchangedOr = (before: Doc, after: Doc): Doc => (identical(before, after) ? before : after);

const immutableId = (): ServerError =>
  new ServerError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");

function compileReplacement(replacement: Doc, arrayFilters: Value): Updater {
  if (arrayFilters !== undefined && isArray(arrayFilters) && arrayFilters.length > 0) {
    throw failedToParse('arrayFilters may not be specified for replacement-style updates');
  }
  for (const key of Object.keys(replacement)) {
    if (key.startsWith('$'))
      throw new ServerError(52, `The dollar ($) prefixed field '${key}' in '${key}' is not valid for storage.`);
  }
  return {
    kind: 'replacement',
    apply: (doc) => {
      const id = doc._id;
      const own = replacement._id;
      if (own !== undefined && id !== undefined && !identical(own, id)) {
        throw new ServerError(
          66,
          "After applying the update, the (immutable) field '_id' was found to have been altered",
        );
      }
      const { _id: _, ...rest } = replacement;
      const kept = id ?? own;
      return unchangedOr(doc, kept === undefined ? { ...rest } : { _id: kept, ...rest });
    },
  };
}

function compileArrayFilters(filters: Value, scope: FilterScope): ArrayFilters {
  const compiled: ArrayFilters = new Map();
  if (filters === undefined) return compiled;
  if (!isArray(filters)) throw new ServerError(14, 'arrayFilters must be an array');
  for (const filter of filters) {
    if (!isDoc(filter)) throw new ServerError(14, 'Each array filter must be an object');
    const name = identifierOf(filter);
    if (compiled.has(name)) {
      throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    }
    compiled.set(name, { used: false, matches: compileArrayFilter(name, filter, scope) });
  }
  return compiled;
}

// All paths of one filter begin with the same identifier, also inside $and, $or and $nor.
function identifierOf(filter: Doc): string {
  const names = new Set<string>();
  const collect = (doc: Doc): void => {
    for (const [key, value] of Object.entries(doc)) {
      if (key.startsWith('$') && isArray(value)) for (const entry of value) collect(isDoc(entry) ? entry : {});
      else names.add(key.split('.')[0] as string);
    }
  };
  collect(filter);
  const [name, ...others] = [...names];
  if (name === undefined)
    throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters');
  if (others.length > 0) {
    throw failedToParse(
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${others[0]}'`,
    );
  }
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
    throw new ServerError(
      2,
      `The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
    );
  }
  return name;
}

function compileArrayFilter(name: string, filter: Doc, scope: FilterScope): (element: Value) => boolean {
  const predicate = compileFilter(filter, scope);
  return (element) => predicate({ [name]: element });
}

type Step = { readonly paths: readonly string[]; readonly run: (doc: Doc, context: UpdateContext) => void };

const unknownModifier = (name: string): ServerError =>
  failedToParse(
    `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
  );

function compileOperators(update: Doc, arrayFilters: ArrayFilters, scope: FilterScope): Updater {
  const steps = Object.keys(update).flatMap((operator) => {
    const fields = update[operator];
    if (operator !== '$rename' && modifierFor(operator) === undefined) throw unknownModifier(operator);
    if (!isDoc(fields)) {
      throw failedToParse(
        `Modifiers operate on fields but we found type ${typeOf(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${String(fields)}}`,
      );
    }
    return Object.keys(fields).map((path) =>
      compileStep({ operator, path, argument: fields[path], arrayFilters, scope }),
    );
  });
  for (const [name, filter] of arrayFilters) {
    if (!filter.used) throw failedToParse(`The array filter for identifier '${name}' was not used in the update`);
  }
  checkConflicts(steps);
  const ordered = steps.sort((a, b) => comparePaths(a.paths[0] as string, b.paths[0] as string));
  return { kind: 'operators', apply: (doc, context) => applySteps(doc, ordered, context) };
}

type StepSource = { operator: string; path: string; argument: Value; arrayFilters: ArrayFilters; scope: FilterScope };

function compileStep({ operator, path, argument, arrayFilters, scope }: StepSource): Step {
  if (operator === '$rename') return compileRename(path, argument, arrayFilters);
  const modifier = (modifierFor(operator) as MakeModifier)(argument, path, scope);
  const target = parseTarget(path, arrayFilters);
  const run: Step['run'] = (doc, context) => {
    if (!modifier.onlyOnInsert || context.inserting) applyAt(doc, target, modifier, context);
  };
  return { paths: [path], run };
}

function compileRename(from: string, argument: Value, arrayFilters: ArrayFilters): Step {
  const to = checkRename(from, argument);
  const [source, destination] = [parseTarget(from, arrayFilters), parseTarget(to, arrayFilters)];
  const run: Step['run'] = (doc, context) => {
    refuseArrays(doc, from, 'source');
    const value = getDirect(doc, from.split('.'));
    if (value === undefined) return;
    refuseArrays(doc, to, 'destination');
    applyAt(doc, source, { whenMissing: 'skip', apply: () => undefined }, context);
    applyAt(doc, destination, { whenMissing: 'create', apply: () => value }, context);
  };
  return { paths: [to, from], run };
}

function refuseArrays(doc: Doc, path: string, side: string): void {
  const parts = path.split('.');
  for (let length = 1; length < parts.length; length += 1) {
    if (isArray(getDirect(doc, parts.slice(0, length)))) {
      throw badValue(
        `The ${side} field cannot be an array element, '${path}' in doc has an array field called '${parts[length - 1]}'`,
      );
    }
  }
}

function applySteps(doc: Doc, steps: readonly Step[], context: UpdateContext): Doc {
  const copy = cloneDeep(doc);
  for (const step of steps) step.run(copy, context);
  if (identical(doc, copy)) return doc;
  if (Object.hasOwn(doc, '_id') && !identical(doc._id, copy._id)) throw immutableId();
  return copy;
}

// Two operators must not touch one path, nor one a part of the other's.
function checkConflicts(steps: readonly Step[]): void {
  const paths = steps.flatMap((step) => step.paths).sort();
  for (let i = 0; i < paths.length; i += 1) {
    for (let j = i + 1; j < paths.length; j += 1) {
      const [a, b] = [paths[i] as string, paths[j] as string];
      if (a === b || b.startsWith(`${a}.`))
        throw new ServerError(40, `Updating the path '${b}' would create a conflict at '${a}'`);
    }
  }
}

// New fields appear in lexicographic order of their paths, positions numerically.
function comparePaths(a: string, b: string): number {
  const [x, y] = [a.split('.'), b.split('.')];
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    const [p, q] = [x[i] as string, y[i] as string];
    if (p === q) continue;
    const numeric = /^\d+$/.test(p) && /^\d+$/.test(q);
    return numeric ? Number(p) - Number(q) : p < q ? -1 : 1;
  }
  return x.length - y.length;
}
