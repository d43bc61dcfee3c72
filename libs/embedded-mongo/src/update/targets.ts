// Where an update operator works: a dotted path that may hold the positional parts `$`, `$[]` and `$[name]`.
import { badValue, ServerError } from '../errors.ts';
import { isPosition } from '../values/paths.ts';
import { type Doc, isArray, isDoc, setField, typeOf, type Value } from '../values/types.ts';
import type { Modifier } from './modifiers.ts';
import type { UpdateContext } from './update.ts';

export type ArrayFilters = Map<string, { used: boolean; readonly matches: (element: Value) => boolean }>;

type Part =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'matched' }
  | { readonly kind: 'all' }
  | { readonly kind: 'filtered'; readonly matches: (element: Value) => boolean };

export type Target = { readonly path: string; readonly parts: readonly Part[] };

export function parseTarget(path: string, arrayFilters: ArrayFilters): Target {
  if (path === '') throw new ServerError(56, 'An empty update path is not valid.');
  const parts = path.split('.').map((name, i): Part => {
    if (name === '')
      throw new ServerError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
    if (name === '$') {
      if (i === 0) throw badValue(`Cannot have positional (i.e. '$') element in the first position in path '${path}'`);
      return { kind: 'matched' };
    }
    if (name === '$[]') return { kind: 'all' };
    const identifier = /^\$\[(.+)\]$/.exec(name)?.[1];
    if (identifier !== undefined) {
      const filter = arrayFilters.get(identifier);
      if (filter === undefined)
        throw badValue(`No array filter found for identifier '${identifier}' in path '${path}'`);
      filter.used = true;
      return { kind: 'filtered', matches: filter.matches };
    }
    if (name.startsWith('$') && !['$id', '$ref', '$db'].includes(name)) {
      throw new ServerError(52, `The dollar ($) prefixed field '${name}' in '${path}' is not valid for storage.`);
    }
    return { kind: 'field', name };
  });
  return { path, parts };
}

/** Changes the document in place; it must be a copy of its own. */
export function applyAt(doc: Doc, target: Target, modifier: Modifier, context: UpdateContext): void {
  descend({ container: doc, at: 0, target, modifier, context });
}

type Walk = {
  readonly container: Doc | Value[];
  readonly at: number;
  readonly target: Target;
  readonly modifier: Modifier;
  readonly context: UpdateContext;
};

function descend(walk: Walk): void {
  const { container, at, target, context } = walk;
  const part = target.parts[at] as Part;
  if (part.kind === 'field') descendInto(walk, part.name);
  else if (!isArray(container)) {
    throw badValue(`Cannot apply array updates to non-array element ${target.path.split('.')[at - 1]}`);
  } else if (part.kind === 'matched') {
    if (context.position === null) {
      throw badValue('The positional operator did not find the match needed from the query.');
    }
    descendInto(walk, String(context.position));
  } else {
    container.forEach((element, i) => {
      if (part.kind === 'all' || part.matches(element)) descendInto(walk, String(i));
    });
  }
}

function descendInto(walk: Walk, name: string): void {
  const { container, at, target, modifier } = walk;
  if (isArray(container) && !isPosition(name)) {
    if (modifier.whenMissing === 'skip') return;
    throw notViable(target, name, container);
  }
  const old = read(container, name);
  if (at === target.parts.length - 1) assign(walk, name, old);
  else if (isDoc(old) || isArray(old)) descend({ ...walk, container: old, at: at + 1 });
  else if (modifier.whenMissing === 'create')
    descend({ ...walk, container: makeContainer(walk, name, old), at: at + 1 });
}

function makeContainer({ container, at, target }: Walk, name: string, old: Value): Doc {
  const next = target.parts[at + 1] as Part;
  if (old !== undefined) {
    if (next.kind === 'field') throw notViable(target, next.name, old, name);
    throw badValue(`Cannot apply array updates to non-array element ${name}: ${String(old)}`);
  }
  if (next.kind !== 'field') {
    const path = target.path
      .split('.')
      .slice(0, at + 1)
      .join('.');
    throw badValue(`The path '${path}' must exist in the document in order to apply array updates.`);
  }
  const created: Doc = {};
  write(container, name, created);
  return created;
}

function assign({ container, modifier, context }: Walk, name: string, old: Value): void {
  const value = modifier.apply(old, context);
  if (value === undefined) {
    if (old === undefined) return;
    if (isArray(container)) container[Number(name)] = null;
    else delete container[name];
  } else if (value !== old) write(container, name, value);
}

const paddingMax = 1_500_000;

function read(container: Doc | Value[], name: string): Value {
  if (isArray(container)) return container[Number(name)];
  return Object.hasOwn(container, name) ? container[name] : undefined;
}

function write(container: Doc | Value[], name: string, value: Value): void {
  if (!isArray(container)) {
    setField(container, name, value);
    return;
  }
  const at = Number(name);
  if (at - container.length > paddingMax) throw new ServerError(34, `can't backfill more than ${paddingMax} elements`);
  while (container.length < at) container.push(null);
  container[at] = value;
}

function notViable(target: Target, name: string, holder: Value, holderName = ''): ServerError {
  return new ServerError(
    28,
    `Cannot create field '${name}' in element {${holderName || target.path}: ${typeOf(holder)}}`,
  );
}
