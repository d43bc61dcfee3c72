// Operators on documents, and the ones that read them.
import { ServerError } from '../../errors.ts';
import { type Doc, isArray, isDoc, isNullish, setField, typeOf, type Value } from '../../values/types.ts';
import type { MakeExpression } from '../environment.ts';
import { namedArguments, unary, variadic } from './arguments.ts';

const mergeObjects = variadic((values) => {
  const [only] = values;
  const docs = values.length === 1 && isArray(only) ? only : values;
  const result: Doc = {};
  for (const doc of docs) {
    if (isNullish(doc)) continue;
    if (!isDoc(doc))
      throw new ServerError(
        40400,
        `$mergeObjects requires object inputs, but input ${String(doc)} is of type ${typeOf(doc)}`,
      );
    for (const key of Object.keys(doc)) setField(result, key, doc[key]);
  }
  return result;
});

const objectToArray = unary('$objectToArray', (value) => {
  if (isNullish(value)) return null;
  if (!isDoc(value)) throw new ServerError(40390, `$objectToArray requires a document input, found: ${typeOf(value)}`);
  return Object.keys(value).map((k) => ({ k, v: value[k] }));
});

const getField: MakeExpression = (argument, compile) => {
  const given =
    isDoc(argument) && Object.hasOwn(argument, 'field')
      ? namedArguments(argument, { operator: '$getField', required: ['field'], optional: ['input'] })
      : { field: argument };
  const field = compile(given.field);
  const input = Object.hasOwn(given, 'input') ? compile((given as Doc).input) : compile('$$CURRENT');
  return (environment) => {
    const name = field(environment);
    if (typeof name !== 'string')
      throw new ServerError(5654602, `$getField requires 'field' to evaluate to type String`);
    const value = input(environment);
    if (value === null) return null;
    return isDoc(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  };
};

const setFieldOf =
  (operator: '$setField' | '$unsetField'): MakeExpression =>
  (argument, compile) => {
    const required = operator === '$setField' ? ['field', 'input', 'value'] : ['field', 'input'];
    const given = namedArguments(argument, {
      operator,
      required,
      codes: { unknown: 4161101, missing: 4161102, notDoc: 4161100 },
    });
    const [field, input] = [compile(given.field), compile(given.input)];
    const value = operator === '$setField' ? compile(given.value) : () => undefined;
    return (environment) => {
      const doc = input(environment);
      if (isNullish(doc)) return null;
      if (!isDoc(doc)) throw new ServerError(4161105, `${operator} requires 'input' to evaluate to type Object`);
      const name = String(field(environment));
      const changed = { ...doc };
      const next: Value = value(environment);
      if (next === undefined) delete changed[name];
      else setField(changed, name, next);
      return changed;
    };
  };

export const objectOperators: Readonly<Record<string, MakeExpression>> = {
  $mergeObjects: mergeObjects,
  $objectToArray: objectToArray,
  $getField: getField,
  $setField: setFieldOf('$setField'),
  $unsetField: setFieldOf('$unsetField'),
};
