// Operators on strings. Code points (CP) and UTF-8 bytes are counted as the server counts them.
import { Int32 } from 'bson';
import { ServerError } from '../../errors.ts';
import { toRegExp } from '../../query/regex.ts';
import { compareStrings } from '../../values/compare.ts';
import { type Doc, isNullish, isNumber, regexOf, toNumber, typeOf, type Value } from '../../values/types.ts';
import type { Environment, Expression, MakeExpression } from '../environment.ts';
import { binary, namedArguments, ranged, unary, variadic } from './arguments.ts';
import { textOf } from './conversion.ts';

function stringOf(value: Value, operator: string, code: number): string {
  if (typeof value !== 'string')
    throw new ServerError(code, `${operator} requires a string argument, found: ${typeOf(value)}`);
  return value;
}

/** The forgiving reading of strings: null is empty, numbers and dates are written out. */
function coerced(value: Value, operator: string): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string') return value;
  const text = isNumber(value) || value instanceof Date || typeOf(value) === 'symbol' ? textOf(value) : null;
  if (text === null)
    throw new ServerError(16007, `can't convert from BSON type ${typeOf(value)} to String (${operator})`);
  return text;
}

const concat = variadic((values) => {
  let text = '';
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string') throw new ServerError(16702, `$concat only supports strings, not ${typeOf(value)}`);
    text += value;
  }
  return text;
});

// Only ASCII letters change their case.
const upper = (text: string): string => text.replace(/[a-z]+/g, (part) => part.toUpperCase());
const lower = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase());

const lengthOf = (operator: string, code: number, measure: (text: string) => number): MakeExpression =>
  unary(operator, (value) => new Int32(measure(stringOf(value, operator, code))));

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

function substringOfBytes([text, from, count]: Value[]): Value {
  const bytes = Buffer.from(coerced(text, '$substrBytes'));
  if (!isNumber(from))
    throw new ServerError(16034, `$substrBytes:  starting index must be a numeric type (is BSON type ${typeOf(from)})`);
  if (!isNumber(count))
    throw new ServerError(16035, `$substrBytes:  length must be a numeric type (is BSON type ${typeOf(count)})`);
  const start = Math.trunc(toNumber(from));
  const length = Math.trunc(toNumber(count));
  if (start < 0) throw new ServerError(50752, `$substrBytes:  starting index must be non-negative (got: ${start})`);
  if (start >= bytes.length) return '';
  if (isContinuation(bytes[start]))
    throw new ServerError(28656, '$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.');
  const stop = length < 0 ? bytes.length : Math.min(bytes.length, start + length);
  if (isContinuation(bytes[stop]))
    throw new ServerError(28657, '$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.');
  return bytes.subarray(start, stop).toString();
}

function substringOfCodePoints([text, from, count]: Value[]): Value {
  const points = [...coerced(text, '$substrCP')];
  if (!isNumber(from))
    throw new ServerError(34450, `$substrCP: starting index must be a numeric type (is BSON type ${typeOf(from)})`);
  if (!Number.isInteger(toNumber(from)))
    throw new ServerError(34451, '$substrCP: starting index cannot be represented as a 32-bit integral value');
  if (!isNumber(count))
    throw new ServerError(34452, `$substrCP: length must be a numeric type (is BSON type ${typeOf(count)})`);
  if (!Number.isInteger(toNumber(count)))
    throw new ServerError(34453, '$substrCP: length cannot be represented as a 32-bit integral value');
  if (toNumber(count) < 0) throw new ServerError(34454, '$substrCP: length must be a nonnegative integer.');
  if (toNumber(from) < 0) throw new ServerError(34455, '$substrCP: the starting index must be nonnegative integer.');
  return points.slice(toNumber(from), toNumber(from) + toNumber(count)).join('');
}

const split = binary('$split', (text, separator) => {
  if (isNullish(text) || isNullish(separator)) return null;
  const [whole, by] = [stringOf(text, '$split', 40085), stringOf(separator, '$split', 40086)];
  if (by === '') throw new ServerError(40087, '$split requires a non-empty separator');
  return whole.split(by);
});

const position = (operator: string, codes: readonly [number, number], unit: 'bytes' | 'points'): MakeExpression =>
  ranged({ operator, min: 2, max: 4 }, ([text, part, from, to]) => {
    if (isNullish(text)) return null;
    const [whole, wanted] = [stringOf(text, operator, codes[0]), stringOf(part, operator, codes[1])];
    const split = (value: string): string[] =>
      unit === 'points' ? [...value] : [...Buffer.from(value).toString('latin1')];
    const [haystack, needle] = [split(whole), split(wanted)];
    const start = isNullish(from) ? 0 : toNumber(from);
    const stop = isNullish(to) ? haystack.length : Math.min(toNumber(to), haystack.length);
    if (start < 0 || stop < 0) throw new ServerError(40097, `${operator} requires a nonnegative start index`);
    for (let i = start; i + needle.length <= stop; i += 1) {
      if (needle.every((unitOf, j) => haystack[i + j] === unitOf)) return new Int32(i);
    }
    return new Int32(-1);
  });

const blanks =
  '\u0000\u0020\u0009\u000a\u000b\u000c\u000d\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

const trim =
  (operator: string, sides: { left: boolean; right: boolean }): MakeExpression =>
  (argument, compile) => {
    const given = namedArguments(argument, {
      operator,
      required: ['input'],
      optional: ['chars'],
      codes: { unknown: 50694, missing: 50695, notDoc: 50696 },
    });
    const input = compile(given.input);
    const chars = Object.hasOwn(given, 'chars') ? compile(given.chars) : null;
    return (environment) => {
      const text = input(environment);
      if (isNullish(text)) return null;
      const points = [...stringOf(text, operator, 50699)];
      const unwanted = chars === null ? blanks : chars(environment);
      if (isNullish(unwanted)) return null;
      const set = new Set(stringOf(unwanted, operator, 50700));
      let [start, stop] = [0, points.length];
      while (sides.left && start < stop && set.has(points[start] as string)) start += 1;
      while (sides.right && stop > start && set.has(points[stop - 1] as string)) stop -= 1;
      return points.slice(start, stop).join('');
    };
  };

type Found = { match: string; idx: Int32; captures: (string | null)[] };

const regexOperator =
  (operator: string, answer: (text: string | null, regex: RegExp | null) => Value): MakeExpression =>
  (argument, compile) => {
    const given = namedArguments(argument, {
      operator,
      required: ['input', 'regex'],
      optional: ['options'],
      codes: { unknown: 31024, missing: 31022, notDoc: 51103 },
    });
    const [input, pattern] = [compile(given.input), compile(given.regex)];
    const options = Object.hasOwn(given, 'options') ? compile(given.options) : null;
    return (environment) => {
      const text = input(environment);
      const regex = regexFrom({ operator, pattern, options, environment });
      if (isNullish(text)) return answer(null, regex);
      if (typeof text !== 'string') throw new ServerError(51104, `${operator} needs 'input' to be of type string`);
      return answer(text, regex);
    };
  };

type RegexSource = { operator: string; pattern: Expression; options: Expression | null; environment: Environment };

function regexFrom({ operator, pattern, options, environment }: RegexSource): RegExp | null {
  const source = pattern(environment);
  const flags = options?.(environment);
  if (isNullish(source)) return null;
  const own = regexOf(source);
  if (own === undefined && typeof source !== 'string')
    throw new ServerError(51105, `${operator} needs 'regex' to be of type string or regex`);
  if (!isNullish(flags) && typeof flags !== 'string')
    throw new ServerError(51106, `${operator} needs 'options' to be of type string`);
  if (own && own.options !== '' && typeof flags === 'string')
    throw new ServerError(51107, `${operator} found regex option(s) specified in both 'regex' and 'option' fields`);
  const base = toRegExp(own?.pattern ?? (source as string), (flags as string | null | undefined) ?? own?.options ?? '');
  return new RegExp(base.source, `${base.flags}g`);
}

function found(match: RegExpMatchArray, text: string): Found {
  const at = [...text.slice(0, match.index)].length;
  return { match: match[0], idx: new Int32(at), captures: match.slice(1).map((capture) => capture ?? null) };
}

const replace =
  (operator: string, all: boolean): MakeExpression =>
  (argument, compile) => {
    const given = namedArguments(argument, {
      operator,
      required: ['input', 'find', 'replacement'],
      codes: { unknown: 51750, missing: 51749, notDoc: 51751 },
    });
    const parts = ['input', 'find', 'replacement'].map((name) => compile(given[name]));
    return (environment) => {
      const values = parts.map((part) => part(environment));
      for (const value of values)
        if (!isNullish(value) && typeof value !== 'string')
          throw new ServerError(51746, `${operator} requires strings`);
      if (values.some(isNullish)) return null;
      const [text, find, replacement] = values as [string, string, string];
      return all ? text.split(find).join(replacement) : text.replace(find, () => replacement);
    };
  };

export const stringOperators: Readonly<Record<string, MakeExpression>> = {
  $concat: concat,
  $toUpper: unary('$toUpper', (value) => upper(coerced(value, '$toUpper'))),
  $toLower: unary('$toLower', (value) => lower(coerced(value, '$toLower'))),
  $strLenCP: lengthOf('$strLenCP', 34471, (text) => [...text].length),
  $strLenBytes: lengthOf('$strLenBytes', 34473, (text) => Buffer.byteLength(text)),
  $substr: ranged({ operator: '$substr', min: 3, max: 3 }, substringOfBytes),
  $substrBytes: ranged({ operator: '$substrBytes', min: 3, max: 3 }, substringOfBytes),
  $substrCP: ranged({ operator: '$substrCP', min: 3, max: 3 }, substringOfCodePoints),
  $strcasecmp: binary(
    '$strcasecmp',
    (a, b) => new Int32(Math.sign(compareStrings(upper(coerced(a, '$strcasecmp')), upper(coerced(b, '$strcasecmp'))))),
  ),
  $split: split,
  $indexOfCP: position('$indexOfCP', [40093, 40094], 'points'),
  $indexOfBytes: position('$indexOfBytes', [40091, 40092], 'bytes'),
  $trim: trim('$trim', { left: true, right: true }),
  $ltrim: trim('$ltrim', { left: true, right: false }),
  $rtrim: trim('$rtrim', { left: false, right: true }),
  $regexMatch: regexOperator('$regexMatch', (text, regex) => text && regex?.test(text)),
  $regexFind: regexOperator('$regexFind', (text, regex) => {
    const match = text === null || regex === null ? null : regex.exec(text);
    return match === null ? null : (found(match, text as string) as Doc);
  }),
  $regexFindAll: regexOperator('$regexFindAll', (text, regex) =>
    text === null || regex === null ? [] : [...text.matchAll(regex)].map((match) => found(match, text)),
  ),
  $replaceOne: replace('$replaceOne', false),
  $replaceAll: replace('$replaceAll', true),
};
