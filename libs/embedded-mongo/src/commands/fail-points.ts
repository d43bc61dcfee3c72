// Fail points: `failCommand` lets named commands fail, hang up or dawdle, as the tests of drivers and of the product
// need it.
import { ServerError } from '../errors.ts';
import { type Doc, isArray, isDoc, isNumber, toNumber, type Value } from '../values/types.ts';

type Armed = { skip: number; left: number; readonly data: Doc };

type RetryableWrite = {
  readonly session: { readonly results: ReadonlyMap<number, Doc> } | null;
  readonly retryNumber: bigint | null;
  /** Whether it has done something that a retry must not do again. */
  readonly remembered: boolean;
};

/** What befalls one command. */
export type Failure = {
  readonly closeConnection: boolean;
  readonly error: ServerError | null;
  readonly writeConcernError: Doc | null;
  readonly blockMs: number;
};

export class FailPoints {
  private failCommand: Armed | null = null;
  private transactionalWrite: Armed | null = null;
  private entered = 0;

  /** Answers how often the point has been entered until now. Throws for what it does not know. */
  configure(name: Value, mode: Value, data: Value): number {
    if (name === 'onPrimaryTransactionalWrite') {
      this.transactionalWrite = mode === 'off' ? null : { ...timesOf(mode), data: isDoc(data) ? data : {} };
      return this.entered;
    }
    if (name !== 'failCommand')
      throw new ServerError(266, `${String(name)} is not a fail point of the embedded server`);
    const count = this.entered;
    if (mode === 'off') this.failCommand = null;
    else this.failCommand = { ...timesOf(mode), data: isDoc(data) ? data : {} };
    return count;
  }

  /** Whether a retryable write is to lose its connection now. A retry of what was done already never does. */
  cuts(when: 'before' | 'after', { session, retryNumber, remembered }: RetryableWrite): boolean {
    const armed = this.transactionalWrite;
    if (armed === null || armed.left <= 0 || retryNumber === null) return false;
    const wanted = armed.data.failBeforeCommitExceptionCode === undefined ? 'after' : 'before';
    const fresh = when === 'after' ? remembered : session?.results.size === 0;
    if (wanted !== when || !fresh) return false;
    if (armed.skip > 0) {
      armed.skip -= 1;
      return false;
    }
    armed.left -= 1;
    this.entered += 1;
    return true;
  }

  /** The failure that is due for a command, or null. */
  take(command: string, appName: string | null): Failure | null {
    const armed = this.failCommand;
    if (armed === null || armed.left <= 0) return null;
    const { data } = armed;
    const names = data.failCommands;
    if (!isArray(names) || !names.includes(command)) return null;
    if (typeof data.appName === 'string' && data.appName !== appName) return null;
    if (armed.skip > 0) {
      armed.skip -= 1;
      return null;
    }
    armed.left -= 1;
    this.entered += 1;
    if (armed.left <= 0) this.failCommand = null;
    return failureOf(data);
  }
}

function timesOf(mode: Value): { skip: number; left: number } {
  const always = Number.POSITIVE_INFINITY;
  if (mode === 'alwaysOn') return { skip: 0, left: always };
  if (isDoc(mode) && isNumber(mode.times)) return { skip: 0, left: toNumber(mode.times) };
  if (isDoc(mode) && isNumber(mode.skip)) return { skip: toNumber(mode.skip), left: always };
  throw new ServerError(2, `unknown fail point mode: ${JSON.stringify(mode)}`);
}

function failureOf(data: Doc): Failure {
  const code = isNumber(data.errorCode) ? toNumber(data.errorCode) : null;
  const error = code === null ? null : new ServerError(code, `Failing command via 'failCommand' failpoint`);
  const labels = data.errorLabels;
  if (error !== null && isArray(labels)) {
    error.labels = labels.map(String);
    error.labelsGiven = true;
  }
  const blocks = data.blockConnection === true && isNumber(data.blockTimeMS);
  return {
    closeConnection: data.closeConnection === true,
    error,
    writeConcernError: isDoc(data.writeConcernError)
      ? { ...data.writeConcernError, ...(isArray(labels) ? { errorLabels: labels } : {}) }
      : null,
    blockMs: blocks ? toNumber(data.blockTimeMS) : 0,
  };
}
