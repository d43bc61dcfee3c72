// `$jsonSchema`: the keywords of draft 4 that the server knows, with bsonType. Unknown keywords are refused.
import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import { valuesEqual } from '../values/compare.ts';
import { encodeValue } from '../values/key-encoding.ts';
import { type Doc, isArray, isDoc, isNumber, type TypeName, toNumber, typeOf, type Value } from '../values/types.ts';
import type { FilterScope, Predicate } from './filter.ts';
import { parseTypes } from './leaf-tests.ts';
import { toRegExp } from './regex.ts';

type Test = (value: Value) => boolean;
type Keyword = (argument: Value, schema: Doc) => Test;

const jsonTypes: Readonly<Record<string, readonly TypeName[]>> = {
  object: ['object'],
  array: ['array'],
  string: ['string'],
  number: ['int', 'long', 'double', 'decimal'],
  boolean: ['bool'],
  null: ['null'],
};

export function compileJsonSchema(argument: Value, _scope: FilterScope): Predicate {
  if (!isDoc(argument)) throw typeMismatch('$jsonSchema must be an object');
  return compileSchema(argument);
}

function compileSchema(schema: Doc): Test {
  const tests = Object.keys(schema).map((name) => {
    const keyword = keywords[name];
    if (keyword === undefined) throw failedToParse(`Unknown $jsonSchema keyword: ${name}`);
    return keyword(schema[name], schema);
  });
  return (value) => tests.every((test) => test(value));
}

const forNumbers =
  (test: (n: number) => boolean): Test =>
  (value) =>
    !isNumber(value) || test(toNumber(value));
const forStrings =
  (test: (s: string) => boolean): Test =>
  (value) =>
    typeof value !== 'string' || test(value);
const forArrays =
  (test: (a: Value[]) => boolean): Test =>
  (value) =>
    !isArray(value) || test(value);
const forDocs =
  (test: (d: Doc) => boolean): Test =>
  (value) =>
    !isDoc(value) || test(value);
const always: Test = () => true;

const numberOf = (argument: Value, name: string): number => {
  if (!isNumber(argument)) throw typeMismatch(`$jsonSchema keyword '${name}' must be a number`);
  return toNumber(argument);
};
const docOf = (argument: Value, name: string): Doc => {
  if (!isDoc(argument)) throw typeMismatch(`$jsonSchema keyword '${name}' must be an object`);
  return argument;
};
const listOf = (argument: Value, name: string): Value[] => {
  if (!isArray(argument)) throw typeMismatch(`$jsonSchema keyword '${name}' must be an array`);
  if (argument.length === 0) throw failedToParse(`$jsonSchema keyword '${name}' cannot be an empty array`);
  return argument;
};
const schemasOf = (argument: Value, name: string): Test[] =>
  listOf(argument, name).map((entry) => compileSchema(docOf(entry, name)));

const keywords: Readonly<Record<string, Keyword>> = {
  title: () => always,
  description: () => always,
  bsonType: (argument) => {
    const types = parseTypes(argument);
    return (value) => value !== undefined && types.has(typeOf(value));
  },
  type: (argument) => {
    const names = isArray(argument) ? argument : [argument];
    const types = new Set(
      names.flatMap((name) => {
        const known = jsonTypes[String(name)];
        if (known === undefined) throw badValue(`Unknown type name alias: ${String(name)}`);
        return known;
      }),
    );
    return (value) => types.has(typeOf(value));
  },
  enum: (argument) => {
    const keys = new Set(listOf(argument, 'enum').map((value) => encodeValue(value)));
    return (value) => keys.has(encodeValue(value));
  },
  required: (argument) => {
    const names = listOf(argument, 'required').map((name) => {
      if (typeof name !== 'string') throw typeMismatch("$jsonSchema keyword 'required' must be an array of strings");
      return name;
    });
    return forDocs((doc) => names.every((name) => Object.hasOwn(doc, name)));
  },
  properties: (argument) => {
    const properties = docOf(argument, 'properties');
    const tests = Object.keys(properties).map((name) => ({ name, test: compileSchema(docOf(properties[name], name)) }));
    return forDocs((doc) => tests.every(({ name, test }) => !Object.hasOwn(doc, name) || test(doc[name])));
  },
  patternProperties: (argument) => {
    const patterns = docOf(argument, 'patternProperties');
    const tests = Object.keys(patterns).map((p) => ({
      regex: toRegExp(p, ''),
      test: compileSchema(docOf(patterns[p], p)),
    }));
    return forDocs((doc) =>
      Object.keys(doc).every((key) => tests.every(({ regex, test }) => !regex.test(key) || test(doc[key]))),
    );
  },
  additionalProperties: (argument, schema) => {
    const known = new Set(Object.keys(isDoc(schema.properties) ? schema.properties : {}));
    const patterns = Object.keys(isDoc(schema.patternProperties) ? schema.patternProperties : {}).map((p) =>
      toRegExp(p, ''),
    );
    const others = (doc: Doc): string[] =>
      Object.keys(doc).filter((key) => !known.has(key) && !patterns.some((regex) => regex.test(key)));
    if (argument === true) return always;
    const test = argument === false ? () => false : compileSchema(docOf(argument, 'additionalProperties'));
    return forDocs((doc) => others(doc).every((key) => test(doc[key])));
  },
  minProperties: (argument) => forDocs((doc) => Object.keys(doc).length >= numberOf(argument, 'minProperties')),
  maxProperties: (argument) => forDocs((doc) => Object.keys(doc).length <= numberOf(argument, 'maxProperties')),
  minimum: (argument, schema) => {
    const limit = numberOf(argument, 'minimum');
    return forNumbers((n) => (schema.exclusiveMinimum === true ? n > limit : n >= limit));
  },
  maximum: (argument, schema) => {
    const limit = numberOf(argument, 'maximum');
    return forNumbers((n) => (schema.exclusiveMaximum === true ? n < limit : n <= limit));
  },
  exclusiveMinimum: () => always,
  exclusiveMaximum: () => always,
  multipleOf: (argument) => {
    const factor = numberOf(argument, 'multipleOf');
    return forNumbers((n) => n % factor === 0);
  },
  minLength: (argument) => forStrings((s) => [...s].length >= numberOf(argument, 'minLength')),
  maxLength: (argument) => forStrings((s) => [...s].length <= numberOf(argument, 'maxLength')),
  pattern: (argument) => {
    const regex = toRegExp(String(argument), '');
    return forStrings((s) => regex.test(s));
  },
  items: (argument) => {
    if (isArray(argument)) {
      const tests = argument.map((entry) => compileSchema(docOf(entry, 'items')));
      return forArrays((array) => tests.every((test, i) => i >= array.length || test(array[i])));
    }
    const test = compileSchema(docOf(argument, 'items'));
    return forArrays((array) => array.every(test));
  },
  additionalItems: (argument, schema) => {
    const start = isArray(schema.items) ? schema.items.length : Number.POSITIVE_INFINITY;
    if (argument === true) return always;
    const test = argument === false ? () => false : compileSchema(docOf(argument, 'additionalItems'));
    return forArrays((array) => array.slice(Math.min(start, array.length)).every(test));
  },
  minItems: (argument) => forArrays((array) => array.length >= numberOf(argument, 'minItems')),
  maxItems: (argument) => forArrays((array) => array.length <= numberOf(argument, 'maxItems')),
  uniqueItems: (argument) =>
    argument === true
      ? forArrays((array) => array.every((a, i) => !array.slice(0, i).some((b) => valuesEqual(a, b))))
      : always,
  allOf: (argument) => {
    const tests = schemasOf(argument, 'allOf');
    return (value) => tests.every((test) => test(value));
  },
  anyOf: (argument) => {
    const tests = schemasOf(argument, 'anyOf');
    return (value) => tests.some((test) => test(value));
  },
  oneOf: (argument) => {
    const tests = schemasOf(argument, 'oneOf');
    return (value) => tests.filter((test) => test(value)).length === 1;
  },
  not: (argument) => {
    const test = compileSchema(docOf(argument, 'not'));
    return (value) => !test(value);
  },
  dependencies: (argument) => {
    const dependencies = docOf(argument, 'dependencies');
    const tests = Object.keys(dependencies).map((name) => {
      const needed = dependencies[name];
      const test: Test = isArray(needed)
        ? forDocs((doc) => needed.every((key) => Object.hasOwn(doc, String(key))))
        : compileSchema(docOf(needed, name));
      return { name, test };
    });
    return forDocs((doc) => tests.every(({ name, test }) => !Object.hasOwn(doc, name) || test(doc)));
  },
};
