// Looks at what clients saw, without any model of the server: does one moment explain all reads of each committed
// transaction (snapshot isolation), has no update been lost, and was a unique value never seen twice at once?
import { type Answer, type InsideStep, isEnd, keyCount, type PlainStep, type Step } from './reference-store.ts';

export type Event = { readonly step: Step; readonly answer: Answer };

/** A document's number and unique value (0: none); null where there is no document. */
type Row = { readonly n: number; readonly u: number } | null;
type State = ReadonlyMap<number, Row>;
type Running = {
  readonly begunAfter: number;
  readonly reads: { readonly key: number; readonly row: Row }[];
  readonly own: Map<number, Row>;
};
type Committed = { readonly begunAfter: number; readonly commit: number; readonly keys: ReadonlySet<number> };

/** The violations in words. Events are in the order in which they were answered, plain writes being commits of their own. */
export function checkIsolation(events: readonly Event[]): string[] {
  const states: State[] = [new Map()];
  const running = new Map<number, Running>();
  const committed: Committed[] = [];
  const violations: string[] = [];
  const commit = (begunAfter: number, changes: State): void => {
    states.push(new Map([...(states.at(-1) as State), ...changes]));
    committed.push({ begunAfter, commit: states.length - 1, keys: new Set(changes.keys()) });
  };
  for (const { step, answer } of events) {
    if (step.kind === 'plainReadAll' || step.kind === 'readAll') violations.push(...sharedValues(answer));
    if (step.kind === 'plainReadAll') continue;
    if (!('session' in step)) {
      const row = changed(step, answer, states.at(-1)?.get(step.key) ?? null);
      if (row !== undefined) commit(states.length - 1, new Map([[step.key, row]]));
    } else if (step.kind === 'commit') {
      const transaction = running.get(step.session);
      running.delete(step.session);
      if (answer !== 'ok' || transaction === undefined) continue;
      const { begunAfter, reads, own } = transaction;
      if (!explained(transaction, states[begunAfter] as State))
        violations.push(`no moment explains the reads ${JSON.stringify(reads)}`);
      commit(begunAfter, own);
    } else if (isEnd(step) || answer === 'conflict' || answer === 'duplicate') running.delete(step.session);
    else note(running, step, answer, states.length - 1);
  }
  return [...violations, ...lostUpdates(committed)];
}

function note(running: Map<number, Running>, step: InsideStep, answer: Answer, commits: number): void {
  const transaction = running.get(step.session) ?? { begunAfter: commits, reads: [], own: new Map() };
  running.set(step.session, transaction);
  if (step.kind === 'readAll') {
    const rows = new Map(answer.split(' ').map((row) => [Number(row.split(':')[0]), row]));
    for (let key = 1; key <= keyCount; key += 1) read(transaction, key, rows.get(key) ?? '');
  } else if (step.kind === 'read') read(transaction, step.key, answer);
  else {
    // What was there is only known if it was read or written before; the histories read before they change.
    const { reads, own } = transaction;
    const before = own.has(step.key) ? own.get(step.key) : reads.find(({ key }) => key === step.key)?.row;
    const row = changed(step, answer, before ?? null);
    if (row !== undefined) own.set(step.key, row);
  }
}

function read({ own, reads }: Running, key: number, answer: Answer): void {
  if (own.has(key)) return;
  const [, n, u = 0] = answer.split(':').map(Number);
  reads.push({ key, row: n === undefined || answer === '' ? null : { n, u } });
}

/** The document after a write; undefined where nothing was written. */
function changed(step: InsideStep | PlainStep, answer: Answer, before: Row): Row | undefined {
  if (answer !== '1') return undefined;
  const [n, u] = [before?.n ?? 0, before?.u ?? 0];
  switch (step.kind) {
    case 'insert':
    case 'plainInsert':
      return { n: 0, u: step.u };
    case 'increase':
    case 'plainIncrease':
      return { n: n + 1, u };
    case 'move':
    case 'plainMove':
      return u === step.u ? undefined : { n, u: step.u };
    case 'remove':
    case 'plainRemove':
      return null;
    default:
      return undefined;
  }
}

const explained = ({ reads }: Running, state: State): boolean =>
  reads.every(({ key, row }) => same(row, state.get(key) ?? null));

const same = (a: Row, b: Row): boolean => a?.n === b?.n && a?.u === b?.u;

function sharedValues(answer: Answer): string[] {
  const values = answer.split(' ').flatMap((row) => row.split(':')[2] ?? []);
  return new Set(values).size === values.length ? [] : [`a unique value was seen twice: ${answer}`];
}

// Two transactions that overlap and write one key: the later would have written over what it never saw.
function lostUpdates(committed: readonly Committed[]): string[] {
  return committed.flatMap((later) =>
    committed
      .filter((earlier) => earlier.commit > later.begunAfter && earlier.commit < later.commit)
      .filter((earlier) => [...earlier.keys].some((key) => later.keys.has(key)))
      .map((earlier) => `commit ${later.commit} wrote over commit ${earlier.commit}, which it had not seen`),
  );
}
