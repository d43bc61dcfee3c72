// The life of a transaction: what it sees, how it ends, what it leaves behind, and what its session remembers.
import { Int32, Long } from 'bson';
import type { ScenarioFile } from '../scenario.ts';
import { scenario } from './script.ts';

const long = (n: number): Long => Long.fromNumber(n);
const put = (_id: number, more: object = {}) => ({ insert: 'notes', documents: [{ _id, ...more }] });
const all = { find: 'notes', filter: {}, sort: { _id: 1 } };

export const lives: ScenarioFile = {
  group: 'lives of transactions',
  scenarios: [
    scenario(
      'invisible-until-committed',
      'Nobody but the transaction itself sees what it has not committed.',
      (play) => {
        play.plain(put(1)).answers({ n: 1 });
        const writer = play.session('writer').begin();
        writer.run(put(2)).answers({ n: 1 });
        writer
          .run({ update: 'notes', updates: [{ q: { _id: 1 }, u: { $set: { text: 'x' } } }] })
          .answers({ n: 1, nModified: 1 });
        writer.run(all).finds({ _id: 1, text: 'x' }, { _id: 2 });
        play.plain(all).finds({ _id: 1 });
        play.session('reader').begin().run(all).finds({ _id: 1 });
        writer.commit().answers();
        play.plain(all).finds({ _id: 1, text: 'x' }, { _id: 2 });
      },
    ),
    scenario(
      'one-snapshot-for-all',
      'The snapshot is taken at the first statement, for all collections and databases.',
      (play) => {
        play.plain(put(1)).answers({ n: 1 });
        play.plain({ insert: 'others', documents: [{ _id: 1 }] }).answers({ n: 1 });
        const reader = play.session('reader').begin();
        reader.run(all).finds({ _id: 1 });
        play.plain(put(2)).answers({ n: 1 });
        play.plain({ insert: 'others', documents: [{ _id: 2 }] }).answers({ n: 1 });
        play.plain({ delete: 'notes', deletes: [{ q: { _id: 1 }, limit: 1 }] }).answers({ n: 1 });
        reader.run(all).finds({ _id: 1 });
        reader.run({ find: 'others', filter: {} }).finds({ _id: 1 });
        reader.run({ aggregate: 'others', pipeline: [{ $count: 'n' }], cursor: {} }).finds({ n: 1 });
        reader.commit().answers();
        play.plain(all).finds({ _id: 2 });
      },
    ),
    scenario('commit-again', 'A commit may be sent again; an abort may not, and neither may a statement.', (play) => {
      const session = play.session('one').begin();
      session.run(put(1)).answers({ n: 1 });
      session.commit({ writeConcern: { w: 'majority' } }).answers();
      session.commit({ writeConcern: { w: 'majority' } }).answers();
      session.run(all).fails(256);
      session.abort().fails(256);
      session.begin().run(put(2)).answers({ n: 1 });
      session.abort().answers();
      session.abort().fails(251, 'TransientTransactionError');
      session.commit().fails(251, 'TransientTransactionError');
      play.plain(all).finds({ _id: 1 });
    }),
    scenario(
      'numbers-go-up',
      'A number that was used begins no transaction; a higher one ends what was open.',
      (play) => {
        const session = play.session('one').begin();
        session.run(put(1)).answers({ n: 1 });
        const command = { ...put(2), lsid: { $session: 'one' }, autocommit: false, startTransaction: true };
        play.ask('one', { ...command, txnNumber: long(1) }).fails(117);
        play.ask('one', { ...command, txnNumber: long(5) }).answers({ n: 1 });
        play.ask('one', { ...command, txnNumber: long(4) }).fails(225);
        play
          .ask('one', {
            commitTransaction: 1,
            lsid: { $session: 'one' },
            txnNumber: long(5),
            autocommit: false,
            $db: 'admin',
          })
          .answers();
        play.plain(all).finds({ _id: 2 });
      },
    ),
    scenario(
      'killed-sessions-free-everything',
      'killSessions ends an open transaction, and whoever waits goes on.',
      (play) => {
        play.plain(put(1)).answers({ n: 1 });
        const holder = play.session('holder').begin();
        holder.run({ delete: 'notes', deletes: [{ q: { _id: 1 }, limit: 1 }] }).answers({ n: 1 });
        const change = { update: 'notes', updates: [{ q: { _id: 1 }, u: { $set: { kept: true } } }] };
        play.sends('waiter', change);
        play.stillWaits('waiter');
        play.plain({ killSessions: [{ $session: 'holder' }], $db: 'admin' }).answers();
        play.receives('waiter').answers({ n: 1, nModified: 1 });
        holder.commit().fails(251, 'TransientTransactionError');
        play.plain(all).finds({ _id: 1, kept: true });
      },
    ),
    scenario(
      'plain-write-waits',
      'A plain write waits for the transaction in its way, reads go on meanwhile.',
      (play) => {
        play.plain(put(1, { n: 1 })).answers({ n: 1 });
        const holder = play.session('holder').begin();
        holder
          .run({ update: 'notes', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] })
          .answers({ n: 1, nModified: 1 });
        play.sends('waiter', { update: 'notes', updates: [{ q: { _id: 1 }, u: { $mul: { n: 10 } } }] });
        play.stillWaits('waiter');
        play.plain(all).finds({ _id: 1, n: 1 });
        holder.commit().answers();
        play.receives('waiter').answers({ n: 1, nModified: 1 });
        play.plain(all).finds({ _id: 1, n: 20 });
      },
    ),
    scenario('plain-write-waits-no-longer-than-asked', 'maxTimeMS bounds the wait, and nothing is written.', (play) => {
      play.plain(put(1)).answers({ n: 1 });
      const holder = play.session('holder').begin();
      holder
        .run({ update: 'notes', updates: [{ q: { _id: 1 }, u: { $set: { a: 1 } } }] })
        .answers({ n: 1, nModified: 1 });
      play.plain({ update: 'notes', updates: [{ q: { _id: 1 }, u: { $set: { b: 1 } } }], maxTimeMS: 100 }).fails(50);
      holder.abort().answers();
      play.plain(all).finds({ _id: 1 });
    }),
    scenario(
      'plain-insert-waits-for-the-key',
      'A plain insert of a key that a transaction takes waits, and is then a duplicate.',
      (play) => {
        play.plain({ create: 'notes' }).answers();
        const holder = play.session('holder').begin();
        holder.run(put(1)).answers({ n: 1 });
        play.sends('waiter', put(1));
        play.stillWaits('waiter');
        holder.commit().answers();
        play.receives('waiter').isDuplicate({ n: 0 }, { _id: 1 }, { _id: new Int32(1) });
      },
    ),
    scenario('index-build-waits', 'An index is built only when no transaction uses the collection.', (play) => {
      play.plain(put(1, { a: 1 })).answers({ n: 1 });
      const holder = play.session('holder').begin();
      holder.run(put(2, { a: 2 })).answers({ n: 1 });
      play.sends('builder', { createIndexes: 'notes', indexes: [{ key: { a: 1 }, name: 'a_1', unique: true }] });
      play.stillWaits('builder');
      holder.commit().answers();
      play.receives('builder').answersOnly({ ok: 1, numIndexesAfter: 2 });
      play.plain(put(3, { a: 2 })).isDuplicate({ n: 0 }, { a: 1 }, { a: new Int32(2) });
    }),
    scenario(
      'collections-made-inside',
      'A transaction makes its collections and their indexes; until the commit they are not there.',
      (play) => {
        const maker = play.session('maker').begin();
        maker.run({ create: 'made' }).answers();
        maker
          .run({ createIndexes: 'made', indexes: [{ key: { k: 1 }, name: 'k_1', unique: true }] })
          .answersOnly({ ok: 1 });
        maker.run({ insert: 'made', documents: [{ _id: 1, k: 1 }] }).answers({ n: 1 });
        maker.run({ insert: 'byWriting', documents: [{ _id: 1 }] }).answers({ n: 1 });
        play
          .plain({ listCollections: 1, nameOnly: true })
          .answersOnly({ ok: 1, cursor: { id: long(0), ns: `${play.db}.$cmd.listCollections`, firstBatch: [] } });
        maker.commit().answers();
        play
          .plain({ insert: 'made', documents: [{ _id: 2, k: 1 }] })
          .isDuplicate({ n: 0 }, { k: 1 }, { k: new Int32(1) });
        play.plain({ find: 'byWriting', filter: {} }).finds({ _id: 1 });
      },
    ),
    scenario(
      'index-on-documents-inside',
      'A collection with documents cannot get an index inside of a transaction.',
      (play) => {
        play.plain(put(1)).answers({ n: 1 });
        const maker = play.session('maker').begin();
        maker.run(all).finds({ _id: 1 });
        maker.run({ createIndexes: 'notes', indexes: [{ key: { k: 1 }, name: 'k_1' }] }).fails(263);
        maker.run(all).fails(251, 'TransientTransactionError');
      },
    ),
    scenario('cursor-inside', 'A cursor of a transaction goes on in it, at its snapshot, and nowhere else.', (play) => {
      for (const id of [1, 2, 3, 4]) play.plain(put(id)).answers({ n: 1 });
      const reader = play.session('reader').begin();
      const ns = `${play.db}.notes`;
      reader.run({ ...all, batchSize: 2 }).answersOnly({
        ok: 1,
        cursor: { firstBatch: [{ _id: 1 }, { _id: 2 }], id: { $capture: 'cursor', type: 'long' }, ns },
      });
      play.plain({ delete: 'notes', deletes: [{ q: {}, limit: 0 }] }).answers({ n: 4 });
      play.plain({ getMore: { $capture: 'cursor' }, collection: 'notes' }).fails(50737);
      reader
        .run({ getMore: { $capture: 'cursor' }, collection: 'notes', batchSize: 5 })
        .answersOnly({ ok: 1, cursor: { nextBatch: [{ _id: 3 }, { _id: 4 }], id: long(0), ns } });
      reader.commit().answers();
    }),
    scenario(
      'refused-inside',
      'What is not allowed inside is refused before the transaction is entered, and leaves it open.',
      (play) => {
        const session = play.session('one').begin();
        session.run(put(1)).answers({ n: 1 });
        session.run({ count: 'notes' }).fails(263);
        session.run({ drop: 'notes' }).fails(263);
        session.run({ ...put(2), writeConcern: { w: 1 } }).fails(72);
        session.run({ ...all, readConcern: { level: 'snapshot' } }).fails(72);
        session.run({ nonsense: 1 }).fails(59);
        session.run(all).finds({ _id: 1 });
        session.commit().answers();
      },
    ),
    scenario(
      'retryable-writes-happen-once',
      'A write that is sent again under its number answers as before and does nothing.',
      (play) => {
        const session = play.session('one');
        const add = {
          update: 'notes',
          updates: [
            { q: { _id: 1 }, u: { $inc: { n: 1 } } },
            { q: { _id: 2 }, u: { $set: { n: 9 } }, upsert: true },
          ],
        };
        play.plain(put(1, { n: 0 })).answers({ n: 1 });
        session.write(add).answers({ n: 2, nModified: 1, upserted: [{ index: 1, _id: 2 }] });
        session.writeAgain(add).answers({ n: 2, nModified: 1, upserted: [{ index: 1, _id: 2 }] });
        const take = { findAndModify: 'notes', query: { _id: 1 }, update: { $inc: { n: 1 } }, new: true };
        session.write(take).answers({ lastErrorObject: { n: 1, updatedExisting: true }, value: { _id: 1, n: 2 } });
        session.writeAgain(take).answers({ lastErrorObject: { n: 1, updatedExisting: true }, value: { _id: 1, n: 2 } });
        session.write({ delete: 'notes', deletes: [{ q: { _id: 2 }, limit: 1 }] }).answers({ n: 1 });
        play.plain({ insert: 'notes', documents: [{ _id: 2 }] }).answers({ n: 1 });
        session.writeAgain({ delete: 'notes', deletes: [{ q: { _id: 2 }, limit: 1 }] }).answers({ n: 1 });
        play.plain(all).finds({ _id: 1, n: 2 }, { _id: 2 });
        session.write({ delete: 'notes', deletes: [{ q: {}, limit: 0 }] }).failsStatement(0, 72, { n: 0 });
      },
    ),
    scenario(
      'retry-of-half-a-batch',
      'Statements that were done are told from memory, those that failed are tried anew.',
      (play) => {
        const session = play.session('one');
        const batch = { insert: 'notes', documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }] };
        play.plain(put(2)).answers({ n: 1 });
        session.write(batch).isDuplicate({ n: 1, index: 1 }, { _id: 1 }, { _id: new Int32(2) });
        play.plain({ delete: 'notes', deletes: [{ q: { _id: 2 }, limit: 1 }] }).answers({ n: 1 });
        session.writeAgain(batch).answers({ n: 3 });
        play.plain(all).finds({ _id: 1 }, { _id: 2 }, { _id: 3 });
      },
    ),
    scenario(
      'lost-answer-is-retried',
      'A connection that is cut behind a write: the retry finds it done, and is not cut.',
      (play) => {
        const session = play.session('one');
        play.plain(put(1, { n: 0 })).answers({ n: 1 });
        play
          .plain({ configureFailPoint: 'onPrimaryTransactionalWrite', mode: { times: 1 }, $db: 'admin' })
          .answersOnly({ ok: 1 });
        const add = { update: 'notes', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] };
        session.write(add);
        play.steps.push({ close: 'one' });
        session.writeAgain(add).answers({ n: 1, nModified: 1 });
        play.plain(all).finds({ _id: 1, n: 1 });
      },
    ),
    scenario('now-is-one-moment', '$$NOW is the same for all documents of a command.', (play) => {
      play.plain({ insert: 'notes', documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }] }).answers({ n: 3 });
      play
        .plain({
          update: 'notes',
          updates: [{ q: {}, u: [{ $set: { at: '$$NOW', later: { $add: ['$$NOW', 1000] } } }], multi: true }],
        })
        .answers({ n: 3, nModified: 3 });
      play
        .plain({
          aggregate: 'notes',
          pipeline: [
            { $group: { _id: { $subtract: ['$later', '$at'] }, moments: { $addToSet: '$at' } } },
            { $project: { moments: { $size: '$moments' } } },
          ],
          cursor: {},
        })
        .answersOnly({
          ok: 1,
          cursor: { firstBatch: [{ _id: long(1000), moments: 1 }], id: long(0), ns: `${play.db}.notes` },
        });
    }),
  ],
};
