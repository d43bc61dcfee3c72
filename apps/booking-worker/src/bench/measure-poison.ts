// R2: what one command in ten thousand that cannot be decided costs the others. One worker decides both in turn, with it and
// without, so that nothing but the command differs; each pair is compared with itself.
import { BATCH_MAX, type Bench, type Load, type Measured, withWorker } from './measure-decided.ts';

const BOOKINGS = 10_000;

type Pair = { readonly pure: Measured; readonly poisoned: Measured };

export async function measurePoison(bench: Bench): Promise<void> {
  const { report, rounds, raw } = bench;
  const load: Load = { kind: 'general', capacity: BOOKINGS * 3, bookings: BOOKINGS, seats: 2 };
  const pairs = await withWorker(bench, { batchMax: BATCH_MAX, partitions: 1 }, async (run) => {
    await run(load); // code is compiled
    await raw.takeDeadReasons();
    const found: Pair[] = [];
    for (let round = 0; round < rounds; round++) {
      const first = await run({ ...load, poisoned: round % 2 === 0 });
      const second = await run({ ...load, poisoned: round % 2 !== 0 });
      found.push(round % 2 === 0 ? { poisoned: first, pure: second } : { poisoned: second, pure: first });
    }
    return found;
  });
  const reasons = await raw.takeDeadReasons();
  const of = (pick: (pair: Pair) => number) => pairs.map(pick);
  report.addBaseline(
    'R2',
    `bookings decided per second, ${BOOKINGS} in a run`,
    of(({ pure }) => pure.perSecond),
  );
  report.add('R2', 'the same with one poisonous among them', { values: of(({ poisoned }) => poisoned.perSecond) });
  report.add('R2', 'loss of throughput, pair by pair', {
    values: of(({ pure, poisoned }) => 1 - poisoned.perSecond / pure.perSecond),
    note: 'goal <= 0.01',
  });
  report.add('R2', 'more CPU of worker and database, pair by pair', {
    values: of(({ pure, poisoned }) => costOf(poisoned) / costOf(pure) - 1),
    note: 'less troubled by a busy machine',
  });
  const note = [...new Set(reasons)].join(' | ');
  report.add('R2', `dead letters of ${rounds} runs`, { values: [reasons.length], note });
}

function costOf({ micros }: Measured): number {
  return (micros['booking-worker'] ?? 0) + (micros.mongodb ?? 0);
}
