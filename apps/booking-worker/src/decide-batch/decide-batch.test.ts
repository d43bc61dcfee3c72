import { type Committed, StaleLeaseError } from '@onsale/booking-mongo';
import { type BookingCommand, bookingCommand, bookingCommandExamples } from '@onsale/contracts';
import { type DecideBatchDeps, decideBatch } from './decide-batch.ts';

const command = (name: string): BookingCommand =>
  bookingCommand.parse({ ...bookingCommandExamples.expire, commandId: name, bookingId: name });
const names = (commands: readonly BookingCommand[]) => commands.map(({ commandId }) => commandId);

/** A store that fails as `fail` says; what it committed is kept. */
function store(fail: (commands: readonly string[], attempt: number) => Error | null) {
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
      committed.push(...names(commands));
      return { outcomes: [], changes: {} } as unknown as Committed;
    },
  };
  return { deps, committed };
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

test('a poisonous command is found by halves, and all others commit in their order', async () => {
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
