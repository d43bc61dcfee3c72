// Claims and guards as bookings use them: one key for one seat, counters that never fall below zero, an epoch that a
// paused writer cannot pass.
import type { ScenarioFile } from '../scenario.ts';
import { scenario } from './script.ts';

const claim = (seat: string, booking: string) => ({ insert: 'claims', documents: [{ _id: seat, booking }] });
const take = (id: string, count: number) => ({
  update: 'counts',
  updates: [{ q: { _id: id, left: { $gte: count } }, u: { $inc: { left: -count } } }],
});

export const claims: ScenarioFile = {
  group: 'claims and guards',
  scenarios: [
    scenario(
      'one-seat-claimed-twice',
      'The second of two open transactions that claim a seat fails at once.',
      (play) => {
        play.plain({ create: 'claims' }).answers();
        const [first, second] = [play.session('first').begin(), play.session('second').begin()];
        first.run(claim('hall/A-1', 'b1')).answers({ n: 1 });
        second.run(claim('hall/A-2', 'b2')).answers({ n: 1 });
        second.run(claim('hall/A-1', 'b2')).conflicts();
        second.commit().fails(251, 'TransientTransactionError');
        first.commit().answers();
        play.plain({ find: 'claims', sort: { _id: 1 } }).finds({ _id: 'hall/A-1', booking: 'b1' });
      },
    ),
    scenario(
      'one-seat-claimed-after',
      'A claim that was committed before is a duplicate, and ends the transaction.',
      (play) => {
        play.plain(claim('hall/B-7', 'b1')).answers({ n: 1 });
        const late = play.session('late').begin();
        late.run(claim('hall/B-8', 'b2')).answers({ n: 1 });
        late.run(claim('hall/B-7', 'b2')).isDuplicate({ n: 0 }, { _id: 1 }, { _id: 'hall/B-7' });
        late.run({ find: 'claims', filter: {} }).fails(251, 'TransientTransactionError');
        play.plain({ find: 'claims', filter: {} }).finds({ _id: 'hall/B-7', booking: 'b1' });
      },
    ),
    scenario(
      'seat-given-up-is-still-taken',
      'What another transaction deletes is still there until it commits.',
      (play) => {
        play.plain(claim('hall/C-1', 'b1')).answers({ n: 1 });
        const [giver, taker, next] = [
          play.session('giver').begin(),
          play.session('taker').begin(),
          play.session('next'),
        ];
        giver.run({ delete: 'claims', deletes: [{ q: { _id: 'hall/C-1' }, limit: 1 }] }).answers({ n: 1 });
        taker.run(claim('hall/C-1', 'b2')).isDuplicate({ n: 0 }, { _id: 1 }, { _id: 'hall/C-1' });
        giver.commit().answers();
        next.begin().run(claim('hall/C-1', 'b3')).answers({ n: 1 });
        next.commit().answers();
        play.plain({ find: 'claims', filter: {} }).finds({ _id: 'hall/C-1', booking: 'b3' });
      },
    ),
    scenario('whole-batch-or-nothing', 'A batch of claims of which one is taken leaves nothing behind.', (play) => {
      play.plain(claim('hall/D-3', 'b1')).answers({ n: 1 });
      const buyer = play.session('buyer').begin();
      const seats = ['hall/D-1', 'hall/D-2', 'hall/D-3', 'hall/D-4'];
      buyer
        .run({ insert: 'claims', documents: seats.map((_id) => ({ _id, booking: 'b2' })) })
        .isDuplicate({ n: 2, index: 2 }, { _id: 1 }, { _id: 'hall/D-3' });
      buyer.commit().fails(251, 'TransientTransactionError');
      play.plain({ find: 'claims', filter: {} }).finds({ _id: 'hall/D-3', booking: 'b1' });
    }),
    scenario('counter-never-below-zero', 'A guard in the filter lets only as many out as there are.', (play) => {
      play.plain({ insert: 'counts', documents: [{ _id: 'floor', left: 5 }] }).answers({ n: 1 });
      const buyer = play.session('buyer').begin();
      buyer.run(take('floor', 4)).answers({ n: 1, nModified: 1 });
      buyer.run(take('floor', 2)).answers({ n: 0, nModified: 0 });
      buyer.run(take('floor', 1)).answers({ n: 1, nModified: 1 });
      buyer.commit().answers();
      play.plain({ find: 'counts', filter: {} }).finds({ _id: 'floor', left: 0 });
    }),
    scenario(
      'counter-wanted-by-two',
      'Two transactions on one counter: the second fails, repeated it sees the first.',
      (play) => {
        play.plain({ insert: 'counts', documents: [{ _id: 'floor', left: 5 }] }).answers({ n: 1 });
        const [one, two] = [play.session('one').begin(), play.session('two').begin()];
        one.run(take('floor', 3)).answers({ n: 1, nModified: 1 });
        two.run(take('floor', 3)).conflicts();
        one.commit().answers();
        two.begin().run(take('floor', 3)).answers({ n: 0, nModified: 0 });
        two.run({ find: 'counts', filter: {} }).finds({ _id: 'floor', left: 2 });
        two.commit().answers();
      },
    ),
    scenario('counter-changed-after-the-snapshot', 'What changed after the snapshot cannot be written on.', (play) => {
      play
        .plain({
          insert: 'counts',
          documents: [
            { _id: 'floor', left: 5 },
            { _id: 'stand', left: 5 },
          ],
        })
        .answers({ n: 2 });
      const buyer = play.session('buyer').begin();
      buyer.run({ find: 'counts', filter: { _id: 'stand' } }).finds({ _id: 'stand', left: 5 });
      play.plain(take('floor', 1)).answers({ n: 1, nModified: 1 });
      buyer.run(take('floor', 1)).conflicts();
      play.plain({ find: 'counts', filter: { _id: 'floor' } }).finds({ _id: 'floor', left: 4 });
    }),
    scenario(
      'stale-epoch-cannot-write',
      'A former owner whose epoch was raised matches nothing, or conflicts.',
      (play) => {
        const hold = (epoch: number) => ({
          update: 'partitions',
          updates: [{ q: { _id: 3, epoch }, u: { $set: { heldBy: epoch } } }],
        });
        play.plain({ insert: 'partitions', documents: [{ _id: 3, epoch: 7 }] }).answers({ n: 1 });
        const paused = play.session('paused').begin();
        paused.run({ find: 'partitions', filter: {} }).finds({ _id: 3, epoch: 7 });
        play
          .plain({ update: 'partitions', updates: [{ q: { _id: 3 }, u: { $inc: { epoch: 1 } } }] })
          .answers({ n: 1, nModified: 1 });
        paused.run(hold(7)).conflicts();
        paused.begin().run(hold(7)).answers({ n: 0, nModified: 0 });
        paused.abort().answers();
        play.session('owner').begin().run(hold(8)).answers({ n: 1, nModified: 1 });
      },
    ),
    scenario(
      'write-skew-passes',
      'Snapshot isolation lets two decisions cross that each read what the other writes.',
      (play) => {
        play
          .plain({
            insert: 'rota',
            documents: [
              { _id: 'ann', on: true },
              { _id: 'bob', on: true },
            ],
          })
          .answers({ n: 2 });
        const [ann, bob] = [play.session('ann').begin(), play.session('bob').begin()];
        for (const one of [ann, bob])
          one
            .run({ find: 'rota', filter: { on: true }, sort: { _id: 1 }, projection: { on: 0 } })
            .finds({ _id: 'ann' }, { _id: 'bob' });
        const leave = (_id: string) => ({ update: 'rota', updates: [{ q: { _id }, u: { $set: { on: false } } }] });
        ann.run(leave('ann')).answers({ n: 1, nModified: 1 });
        bob.run(leave('bob')).answers({ n: 1, nModified: 1 });
        ann.commit().answers();
        bob.commit().answers();
        play.plain({ count: 'rota', query: { on: true } }).answers({ n: 0 });
      },
    ),
    scenario('no-op-neither-locks-nor-conflicts', 'An update that changes nothing is no write.', (play) => {
      play.plain({ insert: 'counts', documents: [{ _id: 'floor', left: 5 }] }).answers({ n: 1 });
      const same = { update: 'counts', updates: [{ q: { _id: 'floor' }, u: { $set: { left: 5 } } }] };
      const [idle, busy] = [play.session('idle').begin(), play.session('busy').begin()];
      idle.run(same).answers({ n: 1, nModified: 0 });
      busy.run(take('floor', 1)).answers({ n: 1, nModified: 1 });
      idle.run(same).answers({ n: 1, nModified: 0 });
      busy.commit().answers();
      idle.run(same).answers({ n: 1, nModified: 0 });
      idle.commit().answers();
    }),
    scenario(
      'unique-code-used-once',
      'A unique secondary key taken by an open transaction is a conflict, later a duplicate.',
      (play) => {
        const spec = {
          key: { code: 1 },
          name: 'code_1',
          unique: true,
          partialFilterExpression: { code: { $type: 'string' } },
        };
        play.plain({ createIndexes: 'uses', indexes: [spec] }).answersOnly({ ok: 1 });
        const use = (_id: number, code?: string) => ({
          insert: 'uses',
          documents: [code === undefined ? { _id } : { _id, code }],
        });
        const [one, two] = [play.session('one').begin(), play.session('two').begin()];
        one.run(use(1, 'EARLY')).answers({ n: 1 });
        two.run(use(2)).answers({ n: 1 });
        two.run(use(3)).answers({ n: 1 });
        two.run(use(4, 'EARLY')).conflicts();
        one.commit().answers();
        two.begin().run(use(4, 'EARLY')).isDuplicate({ n: 0 }, { code: 1 }, { code: 'EARLY' });
        play.plain(use(5, 'LATE')).answers({ n: 1 });
        play
          .plain({ update: 'uses', updates: [{ q: { _id: 5 }, u: { $set: { code: 'EARLY' } } }] })
          .isDuplicate({ n: 0, nModified: 0 }, { code: 1 }, { code: 'EARLY' });
      },
    ),
  ],
};
