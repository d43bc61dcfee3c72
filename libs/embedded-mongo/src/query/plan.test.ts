// Whatever index a plan takes, it finds what looking at all documents finds, in the order asked for, in every view.
import { Binary, Double, Int32, Long, UUID } from 'bson';
import fc from 'fast-check';
import { runCommand } from '../commands/dispatch.ts';
import { createServerState } from '../commands/server-state.ts';
import { parseCollation } from '../values/collation.ts';
import type { Doc } from '../values/types.ts';
import { compareBy, parseSortPattern } from './sort.ts';

// Drawn from with these shares: few values and paths, so that indexes, filters and documents meet often.
const paths = ['a', 'a', 'a', 'b', 'b', 'c.d', 'c.d', 'c'];
const collation = { locale: 'en', strength: 2 };

const scalar = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }).map((n) => new Int32(n)) },
  { weight: 5, arbitrary: fc.constantFrom<unknown>('a', 'A', 'b', null) },
  fc.constantFrom<unknown>(new Double(0.5), new Double(Number.NaN), Long.fromNumber(1), Long.fromBigInt(2n ** 60n)),
  fc.constantFrom<unknown>('', 'é', true, false, new Date(5), { x: new Int32(1) }, { x: 'A' }),
);
const value = fc.oneof({ weight: 8, arbitrary: scalar }, fc.array(scalar, { maxLength: 3 }));
const field = fc.option(value, { nil: undefined });
const doc = fc
  .record({ a: field, b: field, d: field, many: fc.integer({ min: 0, max: 9 }).map((n) => n === 0) })
  .map(({ a, b, d, many }) =>
    withoutMissing({ a, b, c: many ? [{ d }, { d: a }].map(withoutMissing) : withoutMissing({ d }) }),
  );

const direction = fc.constantFrom(new Int32(1), new Int32(-1));
const keys = (max: number) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...paths), direction), {
      minLength: 1,
      maxLength: max,
      selector: ([path]) => path,
    })
    .map((entries) => Object.fromEntries(entries));
const index = fc.record({
  key: keys(3),
  options: fc.constantFrom<Doc>(
    {},
    {},
    { sparse: true },
    { collation },
    { partialFilterExpression: { a: { $gt: new Int32(0) } } },
    { partialFilterExpression: { b: { $exists: true } } },
  ),
});

const operator = fc.oneof(
  fc.record({ name: fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne'), argument: value }),
  fc.record({ name: fc.constantFrom('$in', '$nin'), argument: fc.array(value, { maxLength: 3 }) }),
  fc.record({ name: fc.constant('$exists'), argument: fc.boolean() }),
);
const condition = fc.tuple(fc.constantFrom(...paths), fc.array(operator, { minLength: 1, maxLength: 2 })).map(
  ([path, operators]): Doc => ({
    [path]: Object.fromEntries(operators.map(({ name, argument }) => [name, argument])),
  }),
);
const filter = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(condition, { maxLength: 3 }).map((parts): Doc => (parts.length === 0 ? {} : { $and: parts })),
  },
  { weight: 1, arbitrary: fc.array(condition, { minLength: 1, maxLength: 2 }).map((parts): Doc => ({ $or: parts })) },
);
const query = fc.record({ filter, sort: fc.option(keys(2), { nil: {} }), collated: fc.boolean() });

function withoutMissing(fields: Doc): Doc {
  return Object.fromEntries(Object.entries(fields).filter(([, own]) => own !== undefined));
}

class Store {
  private readonly server = createServerState();
  private readonly snapshot = {
    lsid: { id: new Binary(new UUID().buffer, 4) },
    txnNumber: Long.ONE,
    autocommit: false,
  };
  private open = false;

  async run(command: Doc): Promise<Doc> {
    const answer = await runCommand(this.server, { id: 1, appName: null, closed: false }, { ...command, $db: 'd' });
    return answer === 'hangUp' ? {} : answer.reply;
  }

  /** From the first read on it sees what was there then. */
  async runAtSnapshot(command: Doc): Promise<Doc> {
    const start = this.open ? {} : { startTransaction: true };
    this.open = true;
    return this.run({ ...command, ...this.snapshot, ...start });
  }
}

const rows = (reply: Doc): Doc[] => {
  if (reply.ok !== 1) throw new Error(JSON.stringify(reply));
  return (reply.cursor as { firstBatch: Doc[] }).firstBatch;
};
const ids = (docs: readonly Doc[]): number[] => docs.map(({ _id }) => Number(String(_id))).sort((a, b) => a - b);

test('plans find what a look at all documents finds, for the latest and for an older snapshot', async () => {
  const cases = fc.record({
    docs: fc.array(doc, { minLength: 1, maxLength: 20 }),
    changes: fc.array(fc.record({ id: fc.integer({ min: 0, max: 19 }), to: fc.option(doc, { nil: null }) }), {
      maxLength: 6,
    }),
    indexes: fc.array(index, { minLength: 1, maxLength: 2 }),
    queries: fc.array(query, { minLength: 4, maxLength: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ docs, changes, indexes, queries }) => {
      const store = new Store();
      await store.run({ create: 'c' });
      for (const [i, { key, options }] of indexes.entries())
        await store.run({ createIndexes: 'c', indexes: [{ key, name: `i${i}`, ...options }] });
      // Two arrays side by side cannot be in one index: such documents are refused, and are not there.
      for (const [i, fields] of docs.entries())
        await store.run({ insert: 'c', documents: [{ _id: new Int32(i), ...fields }] });
      await store.runAtSnapshot({ find: 'c', filter: {}, limit: 1, singleBatch: true });
      for (const { id, to } of changes) {
        const q = { _id: new Int32(id) };
        if (to === null) await store.run({ delete: 'c', deletes: [{ q, limit: 1 }] });
        else await store.run({ update: 'c', updates: [{ q, u: to }] });
      }
      for (const { filter: wanted, sort, collated } of queries) {
        const find = { find: 'c', filter: wanted, sort, ...(collated ? { collation } : {}) };
        const compare = compareBy(parseSortPattern(sort), collated ? parseCollation(collation) : null);
        for (const run of [store.run.bind(store), store.runAtSnapshot.bind(store)]) {
          const planned = rows(await run(find));
          const looked = rows(await run({ ...find, hint: { $natural: new Int32(1) } }));
          expect(ids(planned)).toEqual(ids(looked));
          for (let i = 1; i < planned.length; i += 1)
            expect(compare(planned[i - 1] as Doc, planned[i] as Doc)).toBeLessThanOrEqual(0);
        }
      }
    }),
    { numRuns: 150 },
  );
}, 120_000);
