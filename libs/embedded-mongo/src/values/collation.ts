// Collations: the order and the equality of strings by the rules of a language, as ICU knows them through Intl.
// What Intl cannot do exactly is refused; a `null` collation stands for the plain order of bytes.
import { Int32 } from 'bson';
import { badValue, notImplemented, ServerError } from '../errors.ts';
import { type Doc, isDoc, isNumber, toNumber, typeOf, type Value } from './types.ts';

export type Collation = {
  /** Every option named, as listIndexes and listCollections tell it. */
  readonly spec: Doc;
  /** The same for all collations that are the same. */
  readonly name: string;
  readonly compare: (a: string, b: string) => number;
};

const known = new Map<string, Collation>();
// Clients choose among a handful; more would be a client that makes them up.
const knownMax = 200;

/** Null for the simple collation. Throws for unknown fields and values, and NotImplemented for what Intl cannot do. */
export function parseCollation(given: Value): Collation | null {
  if (!isDoc(given)) throw new ServerError(14, "BSON field 'collation' is the wrong type, expected type 'object'");
  if (Object.keys(given).length === 0) return null;
  const options = readOptions(given);
  if (options.locale === 'simple') {
    if (Object.keys(given).some((name) => name !== 'locale'))
      throw badValue("If 'locale' is 'simple', no other fields should be present in the collation");
    return null;
  }
  const asked = JSON.stringify(options);
  let collation = known.get(asked);
  if (collation === undefined) {
    const collator = collatorOf(options);
    const spec = describe(options, collator.resolvedOptions());
    collation = { spec, name: JSON.stringify(spec), compare: collator.compare };
    if (known.size >= knownMax) known.clear();
    known.set(asked, collation);
  }
  return collation;
}

type Options = {
  readonly locale: string;
  readonly caseLevel: boolean;
  /** What is undefined is as the language has it. */
  readonly caseFirst: string | undefined;
  readonly strength: number;
  readonly numericOrdering: boolean;
  readonly alternate: string | undefined;
  readonly maxVariable: string;
  readonly normalization: boolean;
  readonly backwards: boolean;
};

const words: Readonly<Record<string, readonly string[]>> = {
  caseFirst: ['off', 'upper', 'lower'],
  alternate: ['non-ignorable', 'shifted'],
  maxVariable: ['punct', 'space'],
};
const flags = ['caseLevel', 'numericOrdering', 'normalization', 'backwards'];

function readOptions(given: Doc): Options {
  const { locale } = given;
  for (const [name, value] of Object.entries(given)) checkOption(name, value);
  if (locale === undefined)
    throw new ServerError(40414, "BSON field 'collation.locale' is missing but a required field");
  const flag = (name: string): boolean =>
    given[name] === true || (isNumber(given[name]) && toNumber(given[name]) !== 0);
  return {
    locale: String(locale),
    caseLevel: flag('caseLevel'),
    caseFirst: given.caseFirst as string | undefined,
    strength: given.strength === undefined ? 3 : toNumber(given.strength),
    numericOrdering: flag('numericOrdering'),
    alternate: given.alternate as string | undefined,
    maxVariable: String(given.maxVariable ?? 'punct'),
    normalization: flag('normalization'),
    backwards: flag('backwards'),
  };
}

function checkOption(name: string, value: Value): void {
  const wrongType = (wanted: string): ServerError =>
    new ServerError(14, `BSON field 'collation.${name}' is the wrong type '${typeOf(value)}', expected '${wanted}'`);
  if (name === 'locale' || name === 'version') {
    if (typeof value !== 'string') throw wrongType('string');
  } else if (flags.includes(name)) {
    if (typeof value !== 'boolean' && !isNumber(value)) throw wrongType('bool');
  } else if (name === 'strength') {
    if (!isNumber(value)) throw wrongType('int');
    const strength = toNumber(value);
    if (!Number.isInteger(strength) || strength < 1 || strength > 5)
      throw new ServerError(51024, `BSON field 'strength' value must be from 1 to 5, actual value '${strength}'`);
  } else if (Object.hasOwn(words, name)) {
    if (typeof value !== 'string') throw wrongType('string');
    if (!words[name]?.includes(value))
      throw badValue(`Enumeration value '${value}' for field 'collation.${name}' is not a valid value.`);
  } else throw new ServerError(40415, `BSON field 'collation.${name}' is an unknown field.`);
}

const describe = (options: Options, resolved: Intl.ResolvedCollatorOptions): Doc => ({
  locale: options.locale,
  caseLevel: options.caseLevel,
  caseFirst: resolved.caseFirst === 'false' ? 'off' : resolved.caseFirst,
  strength: new Int32(options.strength),
  numericOrdering: options.numericOrdering,
  alternate: resolved.ignorePunctuation ? 'shifted' : 'non-ignorable',
  maxVariable: options.maxVariable,
  normalization: options.normalization,
  backwards: options.backwards,
  version: process.versions.icu ?? 'unknown',
});

// The names ICU has for sort orders beside the usual one of a language, as a locale's `@collation=` says them.
const variants: Readonly<Record<string, string>> = {
  phonebook: 'phonebk',
  traditional: 'trad',
  dictionary: 'dict',
  compat: 'compat',
  pinyin: 'pinyin',
  stroke: 'stroke',
  unihan: 'unihan',
  zhuyin: 'zhuyin',
  emoji: 'emoji',
  eor: 'eor',
};

function collatorOf(options: Options): Intl.Collator {
  refuseWhatIntlCannot(options);
  const { locale, caseLevel, caseFirst, strength, numericOrdering, alternate } = options;
  const [language = '', ...keywords] = locale.split('@');
  const variant = keywords.length === 0 ? null : variants[/^collation=(\w+)$/.exec(keywords.join('@'))?.[1] ?? ''];
  const tag = `${language.replaceAll('_', '-')}${variant === null ? '' : `-u-co-${variant}`}`;
  if (variant === undefined || !isKnownLocale(language)) throw invalidLocale(locale);
  const collator = new Intl.Collator(tag, {
    usage: 'sort',
    sensitivity: strength === 3 ? 'variant' : strength === 2 ? 'accent' : caseLevel ? 'case' : 'base',
    numeric: numericOrdering,
    ...(caseFirst === undefined ? {} : { caseFirst: caseFirst === 'off' ? 'false' : (caseFirst as 'upper' | 'lower') }),
    ...(alternate === undefined ? {} : { ignorePunctuation: alternate === 'shifted' }),
  });
  // A variant the language does not have is left out in silence by Intl.
  if (variant !== null && collator.resolvedOptions().collation !== variant) throw invalidLocale(locale);
  return collator;
}

const invalidLocale = (locale: string): ServerError =>
  badValue(`Field 'locale' is invalid in: { locale: "${locale}" }`);

function isKnownLocale(language: string): boolean {
  try {
    return Intl.Collator.supportedLocalesOf([language.replaceAll('_', '-')]).length > 0;
  } catch {
    return false;
  }
}

function refuseWhatIntlCannot({ strength, caseLevel, backwards, alternate, maxVariable }: Options): void {
  if (strength > 3) throw notImplemented(`the collation strength ${strength}`);
  if (caseLevel && strength > 1) throw notImplemented('a collation with caseLevel beside a strength of 2 or 3');
  if (backwards) throw notImplemented('a collation with backwards');
  if (alternate === 'shifted' && maxVariable === 'space')
    throw notImplemented("a collation with alternate 'shifted' and maxVariable 'space'");
}

export const sameCollation = (a: Collation | null, b: Collation | null): boolean => a?.name === b?.name;

/** Whether a collation can make a difference for the value: strings, and what may hold strings. */
export function isCollatable(value: Value): boolean {
  return ['string', 'symbol', 'object', 'array'].includes(typeOf(value));
}
