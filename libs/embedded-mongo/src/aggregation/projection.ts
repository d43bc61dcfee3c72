// Projections of `$project` and of find: inclusion or exclusion of paths, computed fields, and find's own `$slice`,
// `$elemMatch` and positional `$`.
import { ServerError } from '../errors.ts';
import { elementPredicate, type FilterScope, isTrue } from '../query/filter.ts';
import { type Doc, isArray, isDoc, isNumber, setField, toNumber, type Value } from '../values/types.ts';
import type { Compiler, Environment, Expression } from './environment.ts';
import { compilerOf, noNames } from './expression.ts';
import { operators } from './operators.ts';

type Leaf =
  | { readonly kind: 'include' }
  | { readonly kind: 'exclude' }
  | { readonly kind: 'compute'; readonly expression: Expression }
  | { readonly kind: 'slice'; readonly skip: number | null; readonly limit: number }
  | { readonly kind: 'elemMatch'; readonly matches: (element: Value) => boolean }
  | { readonly kind: 'positional' };

type Tree = Map<string, Leaf | Tree>;

/** `position`: where the query matched in an array, for the positional projection. */
export type Projector = (doc: Doc, environment: Environment, position?: number | null) => Doc;

type Source = { readonly projection: Doc; readonly scope: FilterScope; readonly dialect: 'find' | '$project' };

export function compileProjection({ projection, scope, dialect }: Source): Projector {
  const compile = compilerOf(new Set(Object.keys(scope.variables ?? {})));
  const tree: Tree = new Map();
  const reader = new Reader({ compile, scope, dialect, tree });
  for (const path of Object.keys(projection)) reader.read(path, projection[path]);
  const mode = reader.mode();
  return (doc, environment, position = null) => applyTree(doc, tree, { environment, position, mode });
}

type ReaderParts = { compile: Compiler; scope: FilterScope; dialect: Source['dialect']; tree: Tree };

class Reader {
  private readonly parts: ReaderParts;
  private including: string | null = null;
  private excluding: string | null = null;
  private idLeaf: Leaf['kind'] | null = null;
  private special = false;

  constructor(parts: ReaderParts) {
    this.parts = parts;
  }

  mode(): 'include' | 'exclude' {
    const { tree } = this.parts;
    const inclusive =
      this.including !== null || (this.excluding === null && !this.special && this.idLeaf === 'include');
    if (inclusive && this.idLeaf === null && !tree.has('_id')) tree.set('_id', { kind: 'include' });
    return inclusive ? 'include' : 'exclude';
  }

  read(path: string, value: Value): void {
    if (path === '') throw new ServerError(40352, 'FieldPath cannot be constructed with empty string');
    if (path.startsWith('$'))
      throw new ServerError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    const positional = path.endsWith('.$');
    if (positional && this.parts.dialect === 'find') {
      this.include(path);
      this.place(path.slice(0, -2), { kind: 'positional' });
    } else if (isDoc(value) && !isOperator(value)) this.readNested(path, value);
    else this.place(path, this.leafOf(path, value));
  }

  private readNested(path: string, value: Doc): void {
    const keys = Object.keys(value);
    if (keys.length === 0) {
      if (this.parts.dialect === '$project') {
        throw new ServerError(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
      }
      this.place(path, this.computed(path, constantOf({})));
    }
    for (const key of keys) {
      if (key.startsWith('$')) throw new ServerError(16404, `Unrecognized expression '${key}'`);
      this.read(`${path}.${key}`, value[key]);
    }
  }

  private leafOf(path: string, value: Value): Leaf {
    if (value === undefined) return { kind: 'exclude' };
    if (isNumber(value) || typeof value === 'boolean') return isTrue(value) ? this.include(path) : this.exclude(path);
    if (isDoc(value) && this.parts.dialect === 'find') {
      const operator = Object.keys(value)[0] as string;
      if (operator === '$slice') return this.slice(value.$slice, path, value);
      if (operator === '$elemMatch') return this.elemMatch(path, value.$elemMatch);
      if (operator === '$meta')
        throw new ServerError(238, '$meta projections are not implemented by the embedded server');
    }
    if (value === null && this.parts.dialect === 'find') return this.computed(path, constantOf(null));
    if (isDoc(value)) checkOperator(value);
    return this.computed(path, this.parts.compile(value));
  }

  private include(path: string): Leaf {
    if (path === '_id') {
      this.idLeaf = 'include';
      return { kind: 'include' };
    }
    if (this.excluding !== null)
      throw new ServerError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
    this.including = path;
    return { kind: 'include' };
  }

  private exclude(path: string): Leaf {
    if (path === '_id') {
      this.idLeaf = 'exclude';
      return { kind: 'exclude' };
    }
    if (this.including !== null)
      throw new ServerError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    this.excluding = path;
    return { kind: 'exclude' };
  }

  private computed(path: string, expression: Expression): Leaf {
    if (path === '_id') this.idLeaf = 'compute';
    if (this.excluding !== null)
      throw new ServerError(31310, `Cannot use expression other than $meta in exclusion projection`);
    this.including = path;
    return { kind: 'compute', expression };
  }

  private slice(argument: Value, path: string, whole: Doc): Leaf {
    const isList = isArray(argument);
    const numeric = isList ? argument.every(isNumber) : isNumber(argument);
    if (!numeric) return this.computed(path, this.parts.compile(whole));
    this.special = true;
    if (!isList) return { kind: 'slice', skip: null, limit: Math.trunc(toNumber(argument)) };
    if (argument.length !== 2) throw new ServerError(28724, '$slice takes a number or two of them');
    // No slice of find's own: then it is taken for the expression, whose first argument would have to be an array.
    if (toNumber(argument[1]) <= 0)
      throw new ServerError(28724, 'First argument to $slice must be an array, but is of type: int');
    return { kind: 'slice', skip: Math.trunc(toNumber(argument[0])), limit: Math.trunc(toNumber(argument[1])) };
  }

  private elemMatch(path: string, argument: Value): Leaf {
    if (!isDoc(argument)) throw new ServerError(31274, '$elemMatch needs an Object');
    if (path.includes('.')) throw new ServerError(31275, 'Cannot use $elemMatch projection on a nested field.');
    this.include(path);
    return { kind: 'elemMatch', matches: elementPredicate(argument, this.parts.scope) };
  }

  private place(path: string, leaf: Leaf): void {
    const names = path.split('.');
    let tree = this.parts.tree;
    names.forEach((name, i) => {
      if (name === '') throw new ServerError(15998, 'FieldPath field names may not be empty strings.');
      if (name.startsWith('$')) throw new ServerError(16410, `FieldPath field names may not start with '$'.`);
      const present = tree.get(name);
      if (i === names.length - 1) {
        if (present !== undefined) throw new ServerError(31250, `Path collision at ${path}`);
        tree.set(name, leaf);
      } else if (present instanceof Map) tree = present;
      else if (present !== undefined)
        throw new ServerError(31249, `Path collision at ${path} remaining portion ${names.slice(i + 1).join('.')}`);
      else {
        const inner: Tree = new Map();
        tree.set(name, inner);
        tree = inner;
      }
    });
  }
}

const constantOf =
  (value: Value): Expression =>
  () =>
    value;
const isOperator = (value: Doc): boolean => Object.keys(value)[0]?.startsWith('$') === true;

type Context = {
  readonly environment: Environment;
  readonly position: number | null;
  readonly mode: 'include' | 'exclude';
};

function applyTree(doc: Doc, tree: Tree, context: Context): Doc {
  const result: Doc = {};
  for (const key of Object.keys(doc)) {
    const node = tree.get(key);
    const value =
      node === undefined ? (context.mode === 'include' ? undefined : doc[key]) : applyNode(doc[key], node, context);
    if (value !== undefined) setField(result, key, value);
  }
  addComputed(result, tree, context);
  return result;
}

function applyNode(value: Value, node: Leaf | Tree, context: Context): Value {
  if (node instanceof Map) return applyNested(value, node, context);
  switch (node.kind) {
    case 'include':
      return value;
    case 'exclude':
      return undefined;
    case 'slice':
      return isArray(value) ? sliced(value, node.skip, node.limit) : value;
    case 'elemMatch': {
      const found = isArray(value) ? value.findIndex(node.matches) : -1;
      return found < 0 || !isArray(value) ? undefined : [value[found]];
    }
    case 'positional':
      return positional(value, context.position);
    case 'compute':
      // Computed fields come behind those of the document, even where one of that name was there.
      return undefined;
  }
}

function positional(value: Value, position: number | null): Value {
  if (!isArray(value)) return value;
  if (position === null)
    throw new ServerError(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    );
  return [value[position]];
}

function sliced(array: Value[], skip: number | null, limit: number): Value[] {
  if (skip === null) return limit < 0 ? array.slice(limit) : array.slice(0, limit);
  const start = skip < 0 ? Math.max(0, array.length + skip) : skip;
  return array.slice(start, start + limit);
}

function applyNested(value: Value, tree: Tree, context: Context): Value {
  if (isDoc(value)) return applyTree(value, tree, context);
  if (isArray(value)) {
    const items = value.map((item) =>
      isDoc(item) || isArray(item)
        ? applyNested(item, tree, context)
        : context.mode === 'include' && !hasComputed(tree)
          ? undefined
          : hasComputed(tree)
            ? onlyComputed(tree, context)
            : item,
    );
    return items.filter((item) => item !== undefined);
  }
  if (hasComputed(tree)) return onlyComputed(tree, context);
  return context.mode === 'include' ? undefined : value;
}

function hasComputed(tree: Tree): boolean {
  return [...tree.values()].some((node) => (node instanceof Map ? hasComputed(node) : node.kind === 'compute'));
}

function onlyComputed(tree: Tree, context: Context): Value {
  const result: Doc = {};
  addComputed(result, tree, context);
  return Object.keys(result).length > 0 ? result : undefined;
}

// Fields that were not there come after the others, in the order of the projection.
function addComputed(result: Doc, tree: Tree, context: Context): void {
  for (const [key, node] of tree) {
    if (Object.hasOwn(result, key)) continue;
    const value =
      node instanceof Map
        ? hasComputed(node)
          ? onlyComputed(node, context)
          : undefined
        : node.kind === 'compute'
          ? node.expression(context.environment)
          : undefined;
    if (value !== undefined) setField(result, key, value);
  }
}

/** `$addFields`: computed fields on top of the document, through arrays and nested documents. */
export function compileAddFields(
  fields: Doc,
  scope: FilterScope,
  stage: string,
): (doc: Doc, environment: Environment) => Doc {
  const compile = compilerOf(scope.variables ? new Set(Object.keys(scope.variables)) : noNames);
  const tree: Tree = new Map();
  const place = (path: string, value: Value): void => {
    if (isDoc(value) && !isOperator(value) && Object.keys(value).length > 0) {
      for (const key of Object.keys(value)) place(`${path}.${key}`, value[key]);
      return;
    }
    placeComputed(tree, path, compile(value));
  };
  if (Object.keys(fields).length === 0)
    throw new ServerError(40177, `Invalid ${stage} :: caused by :: specification must have at least one field`);
  for (const path of Object.keys(fields)) {
    if (path.startsWith('$'))
      throw new ServerError(16410, `Invalid ${stage} :: caused by :: FieldPath field names may not start with '$'.`);
    place(path, fields[path]);
  }
  return (doc, environment) => addInto(doc, tree, environment) as Doc;
}

function placeComputed(root: Tree, path: string, expression: Expression): void {
  const names = path.split('.');
  let tree = root;
  names.forEach((name, i) => {
    if (name === '') throw new ServerError(40353, "FieldPath must not end with a '.'.");
    const present = tree.get(name);
    if (i === names.length - 1) {
      if (present !== undefined)
        throw new ServerError(
          40176,
          `Invalid $addFields :: caused by :: specification contains two conflicting paths: ${path}`,
        );
      tree.set(name, { kind: 'compute', expression });
    } else if (present instanceof Map) tree = present;
    else if (present !== undefined)
      throw new ServerError(
        40176,
        `Invalid $addFields :: caused by :: specification contains two conflicting paths: ${path}`,
      );
    else {
      const inner: Tree = new Map();
      tree.set(name, inner);
      tree = inner;
    }
  });
}

function addInto(value: Value, tree: Tree, environment: Environment): Value {
  if (isArray(value)) return value.map((item) => addInto(item, tree, environment));
  const result: Doc = isDoc(value) ? { ...value } : {};
  for (const [key, node] of tree) {
    const old = Object.hasOwn(result, key) ? result[key] : undefined;
    const next =
      node instanceof Map
        ? addInto(old, node, environment)
        : node.kind === 'compute'
          ? node.expression(environment)
          : undefined;
    if (next === undefined) delete result[key];
    else setField(result, key, next);
  }
  return result;
}

// In a projection an operator that nobody knows has a code of its own.
function checkOperator(value: Doc): void {
  const [name = ''] = Object.keys(value);
  if (name.startsWith('$') && !Object.hasOwn(operators, name))
    throw new ServerError(31325, `Invalid $project :: caused by :: Unknown expression ${name}`);
}
