// The reads and writes that the product's adapters use most, and what must fail rather than go wrong.
import { Double, Int32, Long } from 'bson';
import type { ScenarioFile } from '../scenario.ts';
import { scenario } from './script.ts';

const one = (collection: string, q: object, u: unknown, more: object = {}) => ({
  update: collection,
  updates: [{ q, u, ...more }],
});

export const readsAndWrites: ScenarioFile = {
  group: 'reads and writes',
  scenarios: [
    scenario(
      'upsert-once',
      'An upsert makes the document from filter and $setOnInsert, the second time it changes it.',
      (play) => {
        const upsert = one(
          'sales',
          { _id: 's1' },
          { $setOnInsert: { opened: 1 }, $set: { phase: 'open' }, $inc: { n: 1 } },
          { upsert: true },
        );
        play.plain(upsert).answers({ n: 1, nModified: 0, upserted: [{ index: 0, _id: 's1' }] });
        play.plain(upsert).answers({ n: 1, nModified: 1 });
        play.plain({ find: 'sales', filter: {} }).finds({ _id: 's1', n: 2, opened: 1, phase: 'open' });
      },
    ),
    scenario(
      'upserts-in-one-batch',
      'Several upserts of one command each tell their id; a failure stops an ordered one.',
      (play) => {
        const update = (_id: unknown, u: object) => ({ q: { _id }, u, upsert: true });
        play
          .plain({ update: 'lines', updates: [update(1, { $max: { served: 5 } }), update(2, { $max: { served: 7 } })] })
          .answers({
            n: 2,
            nModified: 0,
            upserted: [
              { index: 0, _id: 1 },
              { index: 1, _id: 2 },
            ],
          });
        play
          .plain({ update: 'lines', updates: [update(1, { $max: { served: 4 } }), update(2, { $max: { served: 8 } })] })
          .answers({ n: 2, nModified: 1 });
        play
          .plain({
            update: 'lines',
            updates: [update(1, { $inc: { served: 'x' } }), update(2, { $set: { gone: true } })],
          })
          .failsStatement(0, 14, { n: 0, nModified: 0 });
        play.plain({ find: 'lines', filter: {}, sort: { _id: 1 } }).finds({ _id: 1, served: 5 }, { _id: 2, served: 8 });
      },
    ),
    scenario('unordered-goes-on', 'An unordered batch does what it can and tells each failure.', (play) => {
      play.plain({ insert: 'rows', documents: [{ _id: 2 }] }).answers({ n: 1 });
      play
        .plain({ insert: 'rows', documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }], ordered: false })
        .isDuplicate({ n: 2, index: 1 }, { _id: 1 }, { _id: new Int32(2) });
      play.plain({ count: 'rows' }).answers({ n: 3 });
    }),
    scenario(
      'find-and-modify-one',
      'findAndModify takes the first by its sort, answers before or after, and removes.',
      (play) => {
        play
          .plain({
            insert: 'jobs',
            documents: [
              { _id: 1, at: 30 },
              { _id: 2, at: 10 },
              { _id: 3, at: 20 },
            ],
          })
          .answers({ n: 3 });
        const take = {
          findAndModify: 'jobs',
          query: { taken: { $ne: true } },
          sort: { at: 1 },
          update: { $set: { taken: true } },
        };
        play.plain(take).answers({ lastErrorObject: { n: 1, updatedExisting: true }, value: { _id: 2, at: 10 } });
        play
          .plain({ ...take, new: true, fields: { at: 1 } })
          .answers({ lastErrorObject: { n: 1, updatedExisting: true }, value: { _id: 3, at: 20 } });
        play
          .plain({ findAndModify: 'jobs', query: { taken: true }, sort: { _id: -1 }, remove: true })
          .answers({ lastErrorObject: { n: 1 }, value: { _id: 3, at: 20, taken: true } });
        play
          .plain({ ...take, query: { _id: 99 } })
          .answers({ lastErrorObject: { n: 0, updatedExisting: false }, value: null });
        play.plain({ ...take, query: { _id: 9 }, upsert: true, new: true }).answers({
          lastErrorObject: { n: 1, updatedExisting: false, upserted: new Int32(9) },
          value: { _id: 9, taken: true },
        });
      },
    ),
    scenario(
      'arrays-of-a-booking',
      'Pushes, pulls, positions and filters change what they name and nothing else.',
      (play) => {
        play
          .plain({
            insert: 'bookings',
            documents: [
              {
                _id: 1,
                seats: [
                  { id: 'a', price: 10 },
                  { id: 'b', price: 20 },
                ],
                log: [],
              },
            ],
          })
          .answers({ n: 1 });
        play
          .plain(
            one(
              'bookings',
              { _id: 1, 'seats.id': 'b' },
              { $set: { 'seats.$.price': 25 }, $push: { log: { $each: ['x', 'y', 'z'], $slice: -2 } } },
            ),
          )
          .answers({ n: 1, nModified: 1 });
        play
          .plain(
            one(
              'bookings',
              { _id: 1 },
              { $inc: { 'seats.$[seat].price': 1 } },
              { arrayFilters: [{ 'seat.price': { $lt: 20 } }] },
            ),
          )
          .answers({ n: 1, nModified: 1 });
        play
          .plain(
            one('bookings', { _id: 1 }, { $addToSet: { log: { $each: ['z', 'w'] } }, $pull: { seats: { id: 'a' } } }),
          )
          .answers({ n: 1, nModified: 1 });
        play
          .plain({ find: 'bookings', filter: {} })
          .finds({ _id: 1, seats: [{ id: 'b', price: 25 }], log: ['y', 'z', 'w'] });
        play
          .plain(one('bookings', { _id: 1 }, { $set: { log: 1 }, $push: { log: 2 } }))
          .failsStatement(0, 40, { n: 0, nModified: 0 });
      },
    ),
    scenario(
      'numbers-keep-their-types',
      'int, long and double stay what they are, and grow only where they must.',
      (play) => {
        play
          .plain({ insert: 'sums', documents: [{ _id: 1, i: 2147483647, l: Long.fromNumber(1), d: new Double(1) }] })
          .answers({ n: 1 });
        play.plain(one('sums', { _id: 1 }, { $inc: { i: 1, l: 1, d: 1, new: 1 } })).answers({ n: 1, nModified: 1 });
        play
          .plain({ find: 'sums', filter: { i: 2147483648, l: new Double(2), d: Long.fromNumber(2) } })
          .finds({ _id: 1, i: Long.fromNumber(2147483648), l: Long.fromNumber(2), d: new Double(2), new: 1 });
      },
    ),
    scenario(
      'ranges-and-orders',
      'Ranges, membership and orders over an index find the same as over all documents.',
      (play) => {
        const documents = [5, 3, 8, 1, 9, 2].map((at, _id) => ({ _id, sale: _id % 2, at }));
        play.plain({ insert: 'marks', documents }).answers({ n: 6 });
        const ask = (): void => {
          play
            .plain({
              find: 'marks',
              filter: { at: { $gt: 2, $lte: 8 } },
              sort: { at: -1 },
              projection: { _id: 0, at: 1 },
            })
            .finds({ at: 8 }, { at: 5 }, { at: 3 });
          play
            .plain({
              find: 'marks',
              filter: { sale: { $in: [0, 7] } },
              sort: { at: 1 },
              limit: 2,
              projection: { _id: 0, at: 1 },
            })
            .finds({ at: 5 }, { at: 8 });
          play
            .plain({
              find: 'marks',
              filter: { sale: 1, at: { $ne: 3 } },
              sort: { at: 1 },
              skip: 1,
              projection: { _id: 0, at: 1 },
            })
            .finds({ at: 2 });
        };
        ask();
        play
          .plain({
            createIndexes: 'marks',
            indexes: [
              { key: { sale: 1, at: -1 }, name: 'both' },
              { key: { at: 1 }, name: 'at' },
            ],
          })
          .answersOnly({ ok: 1 });
        ask();
      },
    ),
    scenario('groups-and-counts', 'Counts and sums by group, as reports read them.', (play) => {
      play
        .plain({
          insert: 'tickets',
          documents: [
            { _id: 1, c: 'a', n: 2 },
            { _id: 2, c: 'b', n: 3 },
            { _id: 3, c: 'a', n: 4 },
          ],
        })
        .answers({ n: 3 });
      const pipeline = [
        { $match: { n: { $gte: 2 } } },
        { $group: { _id: '$c', sum: { $sum: '$n' }, many: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ];
      play
        .plain({ aggregate: 'tickets', pipeline, cursor: {} })
        .finds({ _id: 'a', sum: 6, many: 2 }, { _id: 'b', sum: 3, many: 1 });
      play.plain({ distinct: 'tickets', key: 'c', query: { n: { $gt: 2 } } }).answers({ values: ['b', 'a'] });
      play.plain({ count: 'tickets', query: { c: 'a' }, limit: 1 }).answers({ n: 1 });
    }),
    scenario('null-is-an-id', 'A null _id is one id among others.', (play) => {
      play.plain({ insert: 'odd', documents: [{ _id: null }] }).answers({ n: 1 });
      play.plain({ insert: 'odd', documents: [{ _id: null }] }).isDuplicate({ n: 0 }, { _id: 1 }, { _id: null });
      play.plain({ count: 'odd', query: { _id: { $type: 'null' } } }).answers({ n: 1 });
    }),
    scenario('collations-compare', 'A collation decides equality, order and uniqueness where it is given.', (play) => {
      const collation = { locale: 'en', strength: 2 };
      play
        .plain({ createIndexes: 'people', indexes: [{ key: { mail: 1 }, name: 'mail', unique: true, collation }] })
        .answersOnly({ ok: 1 });
      play
        .plain({
          insert: 'people',
          documents: [
            { _id: 1, mail: 'Ida@x.org' },
            { _id: 2, mail: 'bo@x.org' },
          ],
        })
        .answers({ n: 2 });
      play.plain({ find: 'people', filter: { mail: 'IDA@X.ORG' } }).finds();
      play.plain({ find: 'people', filter: { mail: 'IDA@X.ORG' }, collation }).finds({ _id: 1, mail: 'Ida@x.org' });
      play.plain({ find: 'people', sort: { mail: 1 }, projection: { mail: 0 } }).finds({ _id: 1 }, { _id: 2 });
      play
        .plain({ find: 'people', sort: { mail: 1 }, projection: { mail: 0 }, collation })
        .finds({ _id: 2 }, { _id: 1 });
      play.plain({ delete: 'people', deletes: [{ q: { mail: 'BO@x.org' }, limit: 0, collation }] }).answers({ n: 1 });
    }),
    scenario(
      'options-that-are-refused',
      'What is not known or not well formed is an error, never overlooked.',
      (play) => {
        play.plain({ insert: 'c', documents: [{ _id: 1 }] }).answers({ n: 1 });
        play.plain({ find: 'c', filter: { a: { $nonsense: 1 } } }).fails(2);
        play.plain({ find: 'c', filter: {}, batchSize: -1 }).fails(51024);
        play.plain({ aggregate: 'c', pipeline: [{ $nonsense: 1 }], cursor: {} }).fails(40324);
        play.plain({ aggregate: 'c', pipeline: [], cursor: { nonsense: 1 } }).fails(40415);
        play.plain({ aggregate: 'c', pipeline: [{ $project: { a: { $nonsense: 1 } } }], cursor: {} }).fails(31325);
        play.plain(one('c', {}, { $nonsense: { a: 1 } })).failsStatement(0, 9, { n: 0, nModified: 0 });
        play
          .plain({ aggregate: 'c', pipeline: [{ $out: 'd' }], cursor: {}, readConcern: { level: 'linearizable' } })
          .fails(72);
        play.plain({ count: 'c', readConcern: { level: 'snapshot' } }).fails(72);
        play.plain({ find: 'c', filter: {}, collation: { strength: 2 } }).fails(40414);
      },
    ),
    scenario(
      'partial-index-by-hint',
      'A partial index that does not hold all that is asked for cannot be forced by a hint.',
      (play) => {
        play
          .plain({
            insert: 'c',
            documents: [
              { _id: 1, n: 1, open: true },
              { _id: 2, n: 2 },
            ],
          })
          .answers({ n: 2 });
        play
          .plain({
            createIndexes: 'c',
            indexes: [{ key: { n: 1 }, name: 'open_n', partialFilterExpression: { open: true } }],
          })
          .answersOnly({ ok: 1 });
        play.plain({ find: 'c', filter: { n: { $gte: 1 } }, hint: 'open_n' }).fails(291);
        play
          .plain({ find: 'c', filter: { n: { $gte: 1 }, open: true }, hint: 'open_n' })
          .finds({ _id: 1, n: 1, open: true });
        play
          .plain({ find: 'c', filter: { n: { $gte: 1 } }, sort: { n: 1 }, projection: { n: 1 } })
          .finds({ _id: 1, n: 1 }, { _id: 2, n: 2 });
      },
    ),
    scenario('snapshot-outside', 'A snapshot read tells its time, and a later read can ask for it again.', (play) => {
      play.plain({ insert: 'c', documents: [{ _id: 1 }] }).answers({ n: 1 });
      play
        .plain({ find: 'c', filter: {}, readConcern: { level: 'snapshot' } })
        .answersOnly({ ok: 1, cursor: { firstBatch: [{ _id: 1 }], id: Long.ZERO, ns: `${play.db}.c` } });
      play.plain({ find: 'c', filter: {}, readConcern: { level: 'local', atClusterTime: Long.ONE } }).fails(72);
    }),
  ],
};
