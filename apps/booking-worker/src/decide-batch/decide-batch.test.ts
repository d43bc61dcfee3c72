import { type Committed, RefusedWriteError, StaleLeaseError } from '@onsale/booking-mongo';
import { type BookingCommand, bookingCommand, bookingCommandExamples } from '@onsale/contracts';
import type { BookingId } from '@onsale/domain';
import { type DecideBatchDeps, decideBatch } from './decide-batch.ts';

const command = (name: string): BookingCommand =>
  bookingCommand.parse({ ...bookingCommandExamples.expire, commandId: name, bookingId: name });
const names = (commands: readonly BookingCommand[]) => commands.map(({ commandId }) => commandId);

/** A store that fails as `fail` says; what it committed is kept. */
function store(
  fail: (commands: readonly string[], attempt: number) => Error | null,
  cannotBeDecided: (command: string, attempt: number) => Error | null = () => null,
) {
  const committed: string[] = [];
  let attempt = 0;
  const deps: DecideBatchDeps = {
    signal: new AbortController().signal,
    pause: async (_ms, signal) => signal.throwIfAborted(),
    onFailure: () => undefined,
    commit: async (commands) => {
      attempt += 1;
      const error = fail(names(commands), attempt);
      if (error !== null) throw error;
      const undecided = commands.flatMap((one) => {
        const odd = cannotBeDecided(one.commandId, attempt);
        return odd === null ? [] : [{ command: one, error: odd }];
      });
      const decided = commands.filter((one) => undecided.every(({ command: other }) => other !== one));
      committed.push(...names(decided));
      return { outcomes: decided, undecided, changes: {} } as unknown as Committed;
    },
  };
  return { deps, committed, attempts: () => attempt };
}

function named(name: string): Error {
  const error = new Error(name);
  error.name = name;
  return error;
}

test('an outage is waited out: nothing is set aside, however long it takes', async () => {
  const { deps, committed } = store((_, attempt) => (attempt <= 20 ? named('MongoNetworkError') : null));
  const { poisonous } = await decideBatch(deps, [command('a'), command('b')]);
  expect(poisonous).toEqual([]);
  expect(committed).toEqual(['a', 'b']);
});

const refused = (name: string) =>
  new RefusedWriteError({ index: 0, code: 11_000, errmsg: 'E11000' }, name as BookingId);

test('a refused write names its command: those before it, it alone, those behind it, and no search', async () => {
  const { deps, committed, attempts } = store((commands) => (commands.includes('f') ? refused('f') : null));
  const all = [...'abcdefghij'];
  const { poisonous } = await decideBatch(deps, all.map(command));
  expect(poisonous).toMatchObject([{ command: { commandId: 'f' }, reason: 'RefusedWriteError: E11000' }]);
  expect(committed).toEqual(all.filter((name) => name !== 'f'));
  expect(attempts()).toBe(4);
});

test('who is named wrongly, because the memory was stale, commits when its turn comes', async () => {
  const { deps, committed } = store((_, attempt) => (attempt === 1 ? refused('b') : null));
  expect((await decideBatch(deps, [...'abc'].map(command))).poisonous).toEqual([]);
  expect(committed).toEqual([...'abc']);
});

test('a command that cannot be decided costs the others nothing and is tried once more alone', async () => {
  const odd = (name: string) => (name === 'c' ? new TypeError('odd') : null);
  const { deps, committed, attempts } = store(() => null, odd);
  const { poisonous } = await decideBatch(deps, [...'abcde'].map(command));
  expect(poisonous.map((one) => [one.command.commandId, one.reason])).toEqual([['c', 'TypeError: odd']]);
  expect(committed).toEqual([...'abde']);
  expect(attempts()).toBe(2);
});

test('what could not be decided once, and can now, is not lost', async () => {
  const { deps, committed } = store(
    () => null,
    (name, attempt) => (name === 'a' && attempt === 1 ? new TypeError('odd') : null),
  );
  expect((await decideBatch(deps, [...'ab'].map(command))).poisonous).toEqual([]);
  expect(committed).toEqual(['b', 'a']);
});

test('a poisonous command whose failure names nobody is found by halves, and all others commit in their order', async () => {
  const { deps, committed } = store((commands) => (commands.includes('f') ? new TypeError('poison') : null));
  const all = [...'abcdefghij'];
  const { poisonous } = await decideBatch(deps, all.map(command));
  expect(poisonous.map((one) => [one.command.commandId, one.reason])).toEqual([['f', 'TypeError: poison']]);
  expect(committed).toEqual(all.filter((name) => name !== 'f'));
});

test('a failure that does not come again sets nothing aside', async () => {
  const { deps, committed } = store((_, attempt) => (attempt === 1 ? named('GuardError') : null));
  expect((await decideBatch(deps, [command('a')])).poisonous).toEqual([]);
  expect(committed).toEqual(['a']);
});

test('another owner of the partition ends the batch at once', async () => {
  const { deps, committed } = store(() => new StaleLeaseError({ partition: 0, epoch: 1 }));
  await expect(decideBatch(deps, [command('a'), command('b')])).rejects.toThrow(StaleLeaseError);
  expect(committed).toEqual([]);
});

test('a subscription that is gone ends the waiting', async () => {
  const gone = new AbortController();
  const { deps } = store(() => {
    gone.abort(new Error('gone'));
    return named('MongoNetworkError');
  });
  await expect(decideBatch({ ...deps, signal: gone.signal }, [command('a')])).rejects.toThrow('gone');
});
