// Compares a reply with the recorded one: loosely around documents, exactly inside them.
import { valuesEqual } from '../values/compare.ts';
import { type Doc, isArray, isDoc, isNumber, toNumber, typeOf, type Value } from '../values/types.ts';

/** Values met under a name: the first meeting keeps them, later ones must equal them. */
export type Captures = Map<string, Value>;

export type Comparison = {
  readonly expected: Doc;
  readonly actual: Doc;
  readonly command: string;
  readonly only: readonly string[] | undefined;
  readonly ignore: readonly string[];
  readonly asSet: readonly string[];
  readonly captures: Captures;
};

const neverCompared = new Set([
  '$clusterTime',
  'operationTime',
  'electionId',
  'opTime',
  'topologyVersion',
  'lastCommittedOpTime',
  'recoveryToken',
  'commitQuorum',
  'retriedStmtIds',
  'note',
  'errInfo',
  'atClusterTime',
  'partialResultsReturned',
]);
const documentPaths = [
  /^value$/,
  /^values\.\d+$/,
  /^upserted\.\d+\._id$/,
  /^lastErrorObject\.upserted$/,
  /(^|\.)keyPattern$/,
  /(^|\.)keyValue$/,
];
const batchPath = /^cursor\.(first|next)Batch\.\d+$/;
const indexKeyPath = /^cursor\.firstBatch\.\d+\.key$/;
const batchCommands = new Set(['find', 'aggregate', 'getMore']);

/** The differences in words; none if the replies agree. */
export function compareReplies(comparison: Comparison): string[] {
  const differences: string[] = [];
  new Comparer(comparison, differences).reply();
  return differences;
}

class Comparer {
  private readonly c: Comparison;
  private readonly differences: string[];

  constructor(comparison: Comparison, differences: string[]) {
    this.c = comparison;
    this.differences = differences;
  }

  reply(): void {
    const { expected, actual, only } = this.c;
    const pick = (doc: Doc): Doc =>
      only === undefined ? doc : Object.fromEntries(Object.entries(doc).filter(([key]) => only.includes(key)));
    this.value(pick(expected), pick(actual), '', false);
  }

  private differ(path: string, expected: Value, actual: Value): void {
    this.differences.push(`${path || 'reply'}: expected ${show(expected)}, got ${show(actual)}`);
  }

  private ignored(path: string): boolean {
    return this.c.ignore.some((pattern) => matchesPath(pattern, path));
  }

  private exact(path: string): boolean {
    if (batchPath.test(path)) return batchCommands.has(this.c.command);
    return (
      documentPaths.some((pattern) => pattern.test(path)) ||
      (this.c.command === 'listIndexes' && indexKeyPath.test(path))
    );
  }

  private value(expected: Value, actual: Value, path: string, insideDocument: boolean): void {
    if (this.ignored(path)) return;
    const inside = insideDocument || this.exact(path);
    if (isDoc(expected) && this.placeholder(expected, actual, path)) return;
    if (path.endsWith('errmsg') && !inside) {
      if (typeof actual !== 'string' || actual === '') this.differ(path, expected, actual);
    } else if (isArray(expected) && isArray(actual)) this.arrays(expected, actual, path, inside);
    else if (isDoc(expected) && isDoc(actual)) this.docs(expected, actual, path, inside);
    else if (isNumber(expected) && isNumber(actual)) {
      const same = inside
        ? typeOf(expected) === typeOf(actual) && String(expected) === String(actual)
        : toNumber(expected) === toNumber(actual);
      if (!same) this.differ(path, expected, actual);
    } else if (typeOf(expected) !== typeOf(actual) || !valuesEqual(expected, actual))
      this.differ(path, expected, actual);
  }

  private placeholder(expected: Doc, actual: Value, path: string): boolean {
    if (typeof expected.$any === 'string') {
      if (!hasType(actual, expected.$any)) this.differ(path, expected, actual);
      return true;
    }
    const name = expected.$capture;
    if (typeof name !== 'string') return false;
    const known = this.c.captures.get(name);
    if (known !== undefined) {
      if (!valuesEqual(known, actual)) this.differ(path, known, actual);
    } else if (!hasType(actual, String(expected.type)) || (path === 'cursor.id' && toNumber(actual) === 0))
      this.differ(path, expected, actual);
    else this.c.captures.set(name, actual);
    return true;
  }

  private docs(expected: Doc, actual: Doc, path: string, inside: boolean): void {
    const counts = (key: string): boolean => inside || !(neverCompared.has(key) || this.ignored(join(path, key)));
    const [wanted, found] = [Object.keys(expected).filter(counts), Object.keys(actual).filter(counts)];
    const missing = wanted.filter((key) => !Object.hasOwn(actual, key));
    const extra = found.filter((key) => !Object.hasOwn(expected, key));
    if (missing.length + extra.length > 0) {
      this.differences.push(`${path || 'reply'}: missing [${missing}], unexpected [${extra}] in ${show(actual)}`);
      if (!inside)
        for (const key of wanted)
          if (Object.hasOwn(actual, key)) this.value(expected[key], actual[key], join(path, key), inside);
      return;
    }
    if (inside && wanted.join('\n') !== found.join('\n')) this.differ(`${path} (order of fields)`, wanted, found);
    for (const key of wanted) this.value(expected[key], actual[key], join(path, key), inside);
  }

  private arrays(expected: Value[], actual: Value[], path: string, inside: boolean): void {
    if (expected.length !== actual.length) {
      this.differ(path, expected, actual);
      return;
    }
    const asSet = path.endsWith('errorLabels') || this.c.asSet.some((pattern) => matchesPath(pattern, path));
    if (asSet) this.sets(expected, actual, path, inside);
    else for (const [i, item] of expected.entries()) this.value(item, actual[i], join(path, String(i)), inside);
  }

  private sets(expected: Value[], actual: Value[], path: string, inside: boolean): void {
    const left = [...actual];
    expected.forEach((item, i) => {
      const at = left.findIndex((candidate) => {
        const differences: string[] = [];
        new Comparer({ ...this.c, captures: new Map(this.c.captures) }, differences).value(
          item,
          candidate,
          join(path, String(i)),
          inside,
        );
        return differences.length === 0;
      });
      if (at < 0) this.differ(join(path, String(i)), item, 'nothing like it');
      else left.splice(at, 1);
    });
  }
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

function matchesPath(pattern: string, path: string): boolean {
  const [a, b] = [pattern.split('.'), path.split('.')];
  return a.length === b.length && a.every((part, i) => part === '*' || part === b[i]);
}

function hasType(value: Value, type: string): boolean {
  const actual = typeOf(value);
  return (
    actual === type ||
    (type === 'number' && isNumber(value)) ||
    (type === 'uuid' && actual === 'binData') ||
    (type === 'document' && actual === 'object')
  );
}

const show = (value: Value): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item))?.slice(0, 600) ??
  'nothing';
