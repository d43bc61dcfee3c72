// Looks at what clients saw, without any model of the server: does one moment explain all reads of each committed
// transaction (snapshot isolation), and has no update been lost?
import { type Answer, type InsideStep, isEnd, type PlainStep, type Step } from './reference-store.ts';

export type Event = { readonly step: Step; readonly answer: Answer };

type State = ReadonlyMap<number, number>;
type Running = {
  readonly begunAfter: number;
  readonly reads: { key: number; n: number | null }[];
  readonly own: Map<number, number | null>;
};
type Committed = { readonly begunAfter: number; readonly commit: number; readonly keys: ReadonlySet<number> };

/** The violations in words. Events are in the order in which they were answered, plain writes being commits of their own. */
export function checkIsolation(events: readonly Event[]): string[] {
  const states: State[] = [new Map()];
  const running = new Map<number, Running>();
  const committed: Committed[] = [];
  const violations: string[] = [];
  for (const { step, answer } of events) {
    if (step.kind === 'plainReadAll') continue;
    if (!('session' in step)) {
      const changed = plainChange(step, answer, states.at(-1) as State);
      if (changed !== null) {
        states.push(changed);
        committed.push({ begunAfter: states.length - 2, commit: states.length - 1, keys: new Set([step.key]) });
      }
      continue;
    }
    if (isEnd(step) && step.kind === 'commit') {
      const transaction = running.get(step.session);
      running.delete(step.session);
      if (answer !== 'ok' || transaction === undefined) continue;
      if (!explained(transaction, states))
        violations.push(`no moment explains the reads ${JSON.stringify(transaction.reads)}`);
      const keys = new Set(transaction.own.keys());
      states.push(
        new Map(
          [...(states.at(-1) as State), ...transaction.own].filter(
            (entry): entry is [number, number] => entry[1] !== null,
          ),
        ),
      );
      committed.push({ begunAfter: transaction.begunAfter, commit: states.length - 1, keys });
    } else if (isEnd(step) || answer === 'conflict' || answer === 'duplicate') running.delete(step.session);
    else note(running, step, answer, states.length - 1);
  }
  return [...violations, ...lostUpdates(committed)];
}

function plainChange(step: PlainStep, answer: Answer, before: State): State | null {
  if (answer !== '1') return null;
  const after = new Map(before);
  if (step.kind === 'plainRemove') after.delete(step.key);
  else after.set(step.key, step.kind === 'plainInsert' ? 0 : (before.get(step.key) ?? 0) + 1);
  return after;
}

function note(running: Map<number, Running>, step: InsideStep, answer: Answer, commits: number): void {
  const transaction = running.get(step.session) ?? {
    begunAfter: commits,
    reads: [],
    own: new Map<number, number | null>(),
  };
  running.set(step.session, transaction);
  if (step.kind === 'read') read(transaction, step.key, answer);
  else if (step.kind === 'insert') transaction.own.set(step.key, 0);
  else if (step.kind === 'remove' && answer === '1') transaction.own.set(step.key, null);
  else if (step.kind === 'increase' && answer === '1') {
    // What an increase made is only known if the value before was read; the test's histories read it first.
    const known = transaction.own.get(step.key) ?? transaction.reads.find(({ key }) => key === step.key)?.n;
    transaction.own.set(step.key, (known ?? 0) + 1);
  }
}

function read(transaction: Running, key: number, answer: Answer): void {
  if (transaction.own.has(key)) return;
  transaction.reads.push({ key, n: answer === '' ? null : Number(answer.split(':')[1]) });
}

const explained = ({ begunAfter, reads }: Running, states: readonly State[]): boolean =>
  reads.every(({ key, n }) => ((states[begunAfter] as State).get(key) ?? null) === n);

// Two transactions that overlap and write one key: the later would have written over what it never saw.
function lostUpdates(committed: readonly Committed[]): string[] {
  return committed.flatMap((later) =>
    committed
      .filter((earlier) => earlier.commit > later.begunAfter && earlier.commit < later.commit)
      .filter((earlier) => [...earlier.keys].some((key) => later.keys.has(key)))
      .map((earlier) => `commit ${later.commit} wrote over commit ${earlier.commit}, which it had not seen`),
  );
}
