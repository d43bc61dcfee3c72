// Compiles a query filter to a predicate. The tree: filter → clauses of paths → leaf tests (leaf-tests.ts).

import { compileExpressionFilter } from '../aggregation/expression-filter.ts';
import { badValue, failedToParse, ServerError } from '../errors.ts';
import type { Collation } from '../values/collation.ts';
import { splitPath, visitPath } from '../values/paths.ts';
import { type Doc, isArray, isDoc, isNumber, regexOf, toNumber, type Value } from '../values/types.ts';
import { compileJsonSchema } from './json-schema.ts';
import { compileLeaf, equalityTest, type LeafTest } from './leaf-tests.ts';

/** Where in an array the match was found: what the positional `$` of updates and projections means. */
export type Trace = { position: number | null };

export type Predicate = (doc: Doc, trace?: Trace) => boolean;

export type FilterScope = {
  readonly now: Date;
  readonly variables?: Readonly<Record<string, Value>>;
  /** How strings compare; without it by their bytes. */
  readonly collation?: Collation | null;
};

const always: Predicate = () => true;
const none = {};

/** Throws BadValue and its kin where the filter is not well formed. */
export function compileFilter(filter: Doc, scope: FilterScope): Predicate {
  const clauses = Object.keys(filter).map((key) =>
    key.startsWith('$') ? compileTopLevel(key, filter[key], scope) : compilePath(key, filter[key], scope),
  );
  return allOf(clauses.filter((clause) => clause !== always));
}

function allOf(clauses: readonly Predicate[]): Predicate {
  const [first, second] = clauses;
  if (first === undefined) return always;
  if (second === undefined) return first;
  return (doc, trace) => clauses.every((clause) => clause(doc, trace));
}

function compileTopLevel(operator: string, argument: Value, scope: FilterScope): Predicate {
  switch (operator) {
    case '$and':
      return allOf(compileList(operator, argument, scope));
    case '$or': {
      const branches = compileList(operator, argument, scope);
      return (doc, trace) => branches.some((branch) => branch(doc, trace));
    }
    case '$nor': {
      const branches = compileList(operator, argument, scope);
      return (doc) => !branches.some((branch) => branch(doc));
    }
    case '$expr':
      return compileExpressionFilter(argument, scope);
    case '$jsonSchema':
      return compileJsonSchema(argument, scope);
    case '$comment':
      return always;
    case '$alwaysTrue':
      return requireOne(operator, argument, always);
    case '$alwaysFalse':
      return requireOne(operator, argument, () => false);
    case '$text':
      throw new ServerError(27, 'text index required for $text query');
    case '$where':
      throw badValue('$where is not supported by the embedded server: it has no JavaScript engine');
    default:
      throw badValue(`unknown top level operator: ${operator}`);
  }
}

function requireOne(operator: string, argument: Value, predicate: Predicate): Predicate {
  if (!isNumber(argument) || toNumber(argument) !== 1) throw failedToParse(`${operator} must be an integer value of 1`);
  return predicate;
}

function compileList(operator: string, argument: Value, scope: FilterScope): Predicate[] {
  if (!isArray(argument)) throw badValue(`${operator} must be an array`);
  if (argument.length === 0) throw badValue(`${operator} must be a nonempty array`);
  return argument.map((entry) => {
    if (!isDoc(entry)) throw badValue(`${operator} entries need to be full objects`);
    return compileFilter(entry, scope);
  });
}

/** Whether a value of a filter is a document of operators rather than a value to be equal to. */
export function isOperatorDoc(value: Value): value is Doc {
  if (!isDoc(value)) return false;
  const first = Object.keys(value)[0];
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db';
}

function compilePath(path: string, condition: Value, scope: FilterScope): Predicate {
  const parts = splitPath(path);
  if (isOperatorDoc(condition)) return compileOperators(parts, condition, scope);
  if (regexOf(condition)) return leafThroughArrays(parts, compileLeaf('$regex', condition, none) as LeafTest);
  return leafThroughArrays(parts, equalityTest(condition, scope.collation));
}

/** Whether an array is looked into, or only taken as a whole. */
export type Reach = 'through arrays' | 'the value itself';

export function compileOperators(
  parts: readonly string[],
  operators: Doc,
  scope: FilterScope,
  reach: Reach = 'through arrays',
): Predicate {
  const clauses: Predicate[] = [];
  for (const operator of Object.keys(operators)) {
    if (operator === '$options') {
      if (!('$regex' in operators)) throw badValue('$options needs a $regex');
      continue;
    }
    clauses.push(compileOperator({ parts, operator, operators, scope, reach }));
  }
  return allOf(clauses);
}

type OperatorSource = {
  readonly parts: readonly string[];
  readonly operator: string;
  readonly operators: Doc;
  readonly scope: FilterScope;
  readonly reach: Reach;
};

function compileOperator({ parts, operator, operators, scope, reach }: OperatorSource): Predicate {
  const argument = operators[operator];
  const siblings = { options: operators.$options, collation: scope.collation };
  const leaf = reach === 'through arrays' ? leafThroughArrays : leafOfValue;
  switch (operator) {
    case '$ne':
      if (regexOf(argument)) throw badValue("Can't have regex as arg to $ne.");
      return not(leaf(parts, equalityTest(argument, scope.collation)));
    case '$nin':
      return not(leaf(parts, required(compileLeaf('$in', argument, siblings), operator)));
    case '$not':
      return compileNot(parts, argument, scope, reach);
    case '$exists': {
      const exists: Predicate = (doc) => visitPath(doc, parts, 0, (value) => value !== undefined);
      return isTrue(argument) ? exists : not(exists);
    }
    case '$size':
      return wholeArrays(parts, sizeTest(argument));
    case '$elemMatch':
      return compileElemMatch(parts, argument, scope);
    case '$all':
      return compileAll(parts, argument, scope);
    case '$comment':
      return always;
    case '$expr':
      throw badValue('unknown operator: $expr');
    default:
      return leaf(parts, required(compileLeaf(operator, argument, siblings), operator));
  }
}

function required(test: LeafTest | null, operator: string): LeafTest {
  if (test === null) throw badValue(`unknown operator: ${operator}`);
  return test;
}

export const isTrue = (value: Value): boolean =>
  value !== null && value !== undefined && value !== false && !(isNumber(value) && toNumber(value) === 0);

const not =
  (predicate: Predicate): Predicate =>
  (doc) =>
    !predicate(doc);

const leafOfValue = (parts: readonly string[], test: LeafTest): Predicate => {
  const [only] = parts as [string];
  return (doc) => test(doc[only]);
};

function leafThroughArrays(parts: readonly string[], test: LeafTest): Predicate {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return topLevelLeaf(only, test);
  return (doc, trace) => {
    if (trace) return tracedLeaf(doc, parts, 0, test, trace);
    return visitPath(doc, parts, 0, (value, byPosition) => (byPosition ? test(value) : testValue(value, test)));
  };
}

function topLevelLeaf(field: string, test: LeafTest): Predicate {
  return (doc, trace) => {
    const value = Object.hasOwn(doc, field) ? doc[field] : undefined;
    if (trace && isArray(value)) return tracedArray(value, test, trace);
    return testValue(value, test);
  };
}

const testValue = (value: Value, test: LeafTest): boolean =>
  isArray(value) ? value.some(test) || test(value) : test(value);

function tracedArray(array: readonly Value[], test: LeafTest, trace: Trace): boolean {
  const at = array.findIndex(test);
  if (at >= 0) trace.position = at;
  return at >= 0 || test(array);
}

function tracedLeaf(value: Value, parts: readonly string[], at: number, test: LeafTest, trace: Trace): boolean {
  if (at === parts.length) return isArray(value) ? tracedArray(value, test, trace) : test(value);
  const part = parts[at] as string;
  if (isArray(value)) {
    const index = value.findIndex(
      (item) =>
        isDoc(item) && visitPath(item, parts, at, (v, byPosition) => (byPosition ? test(v) : testValue(v, test))),
    );
    if (index >= 0) {
      trace.position = index;
      return true;
    }
    return visitPath(value, parts, at, (v, byPosition) => (byPosition ? test(v) : testValue(v, test)));
  }
  if (isDoc(value)) return tracedLeaf(Object.hasOwn(value, part) ? value[part] : undefined, parts, at + 1, test, trace);
  return test(undefined);
}

type ArrayTest = (array: readonly Value[]) => number;

/** `test` answers the position of the element that decided, -1 for no match. */
function wholeArrays(parts: readonly string[], test: ArrayTest): Predicate {
  return (doc, trace) =>
    visitPath(doc, parts, 0, (value) => {
      if (!isArray(value)) return false;
      const at = test(value);
      if (at >= 0 && trace) trace.position = at;
      return at >= 0;
    });
}

function sizeTest(argument: Value): ArrayTest {
  if (!isNumber(argument)) throw badValue('$size needs a number');
  const size = toNumber(argument);
  if (!Number.isInteger(size)) throw badValue('$size must be a whole number');
  if (size < 0) throw badValue('$size may not be negative');
  return (array) => (array.length === size ? 0 : -1);
}

function compileElemMatch(parts: readonly string[], argument: Value, scope: FilterScope): Predicate {
  if (!isDoc(argument)) throw badValue('$elemMatch needs an Object');
  const matches = elementPredicate(argument, scope);
  return wholeArrays(parts, (array) => array.findIndex(matches));
}

/** The test of one array element: operators on the element itself, or a filter of the document it is. */
export function elementPredicate(argument: Doc, scope: FilterScope): (element: Value) => boolean {
  const first = Object.keys(argument)[0] ?? '';
  const onValue = isOperatorDoc(argument) && !['$and', '$or', '$nor', '$expr', '$where'].includes(first);
  if (onValue) {
    const operators = compileOperators(['v'], argument, scope, 'the value itself');
    return (element) => operators({ v: element });
  }
  const filter = compileFilter(argument, scope);
  return (element) => (isDoc(element) || isArray(element)) && filter(asDoc(element));
}

// An array inside an array is looked into as if its positions were field names.
const asDoc = (element: Doc | Value[]): Doc => (isArray(element) ? { ...element } : element);

function compileAll(parts: readonly string[], argument: Value, scope: FilterScope): Predicate {
  if (!isArray(argument)) throw badValue('$all needs an array');
  if (argument.length === 0) return () => false;
  const first = argument[0];
  const elementwise = isDoc(first) && Object.keys(first)[0] === '$elemMatch';
  return allOf(
    argument.map((entry) => {
      if (elementwise) {
        if (!isDoc(entry) || Object.keys(entry)[0] !== '$elemMatch')
          throw badValue('$all/$elemMatch has to be consistent');
        return compileElemMatch(parts, entry.$elemMatch, scope);
      }
      if (isOperatorDoc(entry)) throw badValue('no $ expressions in $all');
      return regexOf(entry)
        ? leafThroughArrays(parts, compileLeaf('$regex', entry, none) as LeafTest)
        : leafThroughArrays(parts, equalityTest(entry, scope.collation));
    }),
  );
}

function compileNot(parts: readonly string[], argument: Value, scope: FilterScope, reach: Reach): Predicate {
  if (regexOf(argument)) return not(leafThroughArrays(parts, compileLeaf('$regex', argument, none) as LeafTest));
  if (!isDoc(argument)) throw badValue('$not needs a regex or a document');
  if (Object.keys(argument).length === 0) throw badValue('$not cannot be empty');
  if (!isOperatorDoc(argument)) throw badValue(`unknown operator: ${Object.keys(argument)[0]}`);
  return not(compileOperators(parts, argument, scope, reach));
}
