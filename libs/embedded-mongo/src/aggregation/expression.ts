// Compiles aggregation expressions to functions of an environment (the document and its variables).
import { ServerError } from '../errors.ts';
import { splitPath } from '../values/paths.ts';
import { type Doc, isArray, isDoc, setField, type Value } from '../values/types.ts';
import { type Compiler, constant, type Environment, type Expression, type Names } from './environment.ts';
import { operators } from './operators.ts';

export const noNames: Names = new Set();

/** Marks the absence that `$$REMOVE` makes; it equals a missing field. */
const removed: Expression = () => undefined;

export function compilerOf(names: Names): Compiler {
  const compile = (value: Value): Expression => compileExpression(value, compile as Compiler);
  return Object.assign(compile, {
    names,
    within: (more: readonly string[]) => compilerOf(new Set([...names, ...more])),
  });
}

export const compileWith = (value: Value, names: Names = noNames): Expression => compilerOf(names)(value);

function compileExpression(value: Value, compile: Compiler): Expression {
  if (typeof value === 'string') return value.startsWith('$') ? compilePath(value, compile.names) : constant(value);
  if (isArray(value)) {
    const items = value.map(compile);
    return (environment) => items.map((item) => orNull(item(environment)));
  }
  if (!isDoc(value)) return constant(value);
  const keys = Object.keys(value);
  const operator = keys[0];
  if (operator === undefined) return constant({});
  if (operator.startsWith('$')) return compileOperator(operator, value, compile);
  return compileObject(value, keys, compile);
}

const orNull = (value: Value): Value => (value === undefined ? null : value);

function compileOperator(operator: string, value: Doc, compile: Compiler): Expression {
  if (Object.keys(value).length > 1) {
    throw new ServerError(
      15983,
      `Object ${operator} must have exactly one field: an expression specification must contain exactly one field`,
    );
  }
  const make = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (make === undefined) throw new ServerError(168, `Unrecognized expression '${operator}'`);
  return make(value[operator], compile);
}

function compileObject(value: Doc, keys: readonly string[], compile: Compiler): Expression {
  const fields = keys.map((key) => {
    if (key.startsWith('$')) throw new ServerError(16404, `Unrecognized expression '${key}'`);
    if (key.includes('.')) throw new ServerError(16405, `FieldPath field names may not contain '.': ${key}`);
    return { key, expression: compile(value[key]) };
  });
  return (environment) => {
    const result: Doc = {};
    for (const { key, expression } of fields) {
      const field = expression(environment);
      if (field !== undefined) setField(result, key, field);
    }
    return result;
  };
}

function compilePath(path: string, names: Names): Expression {
  if (!path.startsWith('$$')) {
    const parts = checkedParts(path.slice(1));
    return (environment) => valueAt(current(environment), parts, 0);
  }
  const [name = '', ...parts] = path.slice(2).split('.');
  if (parts.length > 0) checkedParts(parts.join('.'));
  const variable = compileVariable(name, names);
  return parts.length === 0 ? variable : (environment) => valueAt(variable(environment), parts, 0);
}

const current = (environment: Environment): Value =>
  'CURRENT' in environment.variables ? environment.variables.CURRENT : environment.root;

function compileVariable(name: string, names: Names): Expression {
  switch (name) {
    case 'ROOT':
      return ({ root }) => root;
    case 'CURRENT':
      return current;
    case 'NOW':
      return ({ now }) => now;
    case 'REMOVE':
      return removed;
    case 'DESCEND':
    case 'PRUNE':
    case 'KEEP':
      return constant(name);
    default:
      if (!names.has(name)) {
        if (name === '' || !/^[a-z\u0080-\uffff]/.test(name))
          throw new ServerError(17276, `Use of undefined variable: ${name}`);
        throw new ServerError(17276, `Use of undefined variable: ${name}`);
      }
      return ({ variables }) => variables[name];
  }
}

function checkedParts(path: string): string[] {
  if (path === '') throw new ServerError(16872, "'$' by itself is not a valid FieldPath");
  const parts = splitPath(path);
  for (const part of parts) {
    if (part === '') throw new ServerError(15998, 'FieldPath field names may not be empty strings.');
    if (part.startsWith('$'))
      throw new ServerError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
  }
  if (path.endsWith('.')) throw new ServerError(40353, "FieldPath must not end with a '.'.");
  return parts;
}

/** A path over an array answers the array of what its documents have there; positions do not count here. */
export function valueAt(value: Value, parts: readonly string[], at: number): Value {
  if (at === parts.length) return value;
  const part = parts[at] as string;
  if (isArray(value)) {
    return value.flatMap((item) => {
      if (!isDoc(item) && !isArray(item)) return [];
      const inner = isDoc(item) ? valueAt(item, parts, at) : undefined;
      return inner === undefined ? [] : [inner];
    });
  }
  if (!isDoc(value) || !Object.hasOwn(value, part)) return undefined;
  return valueAt(value[part], parts, at + 1);
}
