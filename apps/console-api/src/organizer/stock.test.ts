// What an organizer does to the stock and the rules of a performance, through the routes.
import { auditLog, blocks, claims, counts, performances, sales } from '@onsale/booking-mongo';
import type { PerformanceId, PhaseId, SaleId } from '@onsale/domain';
import { insertTestSale, STALLS, STANDING } from '@onsale/testkit';
import { type Answer, type Ask, testConsole } from '../test-console.ts';

const house = testConsole();
let ids = 0;

async function onSale(): Promise<{ saleId: SaleId; performanceId: PerformanceId; path: string }> {
  ids += 1;
  if (house.mongo.db === undefined) throw new Error('not connected');
  const sale = await insertTestSale(house.mongo.db as never, { name: `stock-${ids}` });
  return { ...sale, path: `/api/v1/organizer/performances/${sale.performanceId}` };
}

const block = (ask: Ask, path: string, body: object, key = `key-${ids}`): Promise<Answer> =>
  ask('POST', `${path}/blocks`, {
    body: { label: 'Camera', audience: null, releaseAt: null, ...body },
    headers: { 'idempotency-key': key },
  });
const fieldsOf = ({ body }: Answer) => (body.fields as { field: string }[]).map(({ field }) => field);

test('seats and places are kept back, shown with what was not free, and given out again; every act is in the log', async () => {
  const ask = await house.as('organizer');
  const { performanceId, path } = await onSale();
  const items = [{ seatIds: ['A1', 'A2'] }, { categoryId: STANDING, quantity: 5 }];
  const made = await block(ask, path, { items });
  expect([made.status, made.body.state]).toEqual([202, 'requested']);
  const location = made.headers.get('location') ?? '';
  const shown = await ask('GET', location);
  expect(shown.body).toMatchObject({
    state: 'active',
    label: 'Camera',
    requestedBy: 'staff-organizer',
    missing: { quantity: 0 },
  });
  expect(await claims(house.mongo).countDocuments({ performanceId })).toBe(2);
  // The same request again is the same block.
  expect((await block(ask, path, { items })).body).toEqual(made.body);
  expect(await blocks(house.mongo).countDocuments({ performanceId })).toBe(1);
  // Under a used key nothing else is asked for.
  const reused = await block(ask, path, { items: [{ seatIds: ['A3'] }] });
  expect([reused.status, reused.body.code]).toEqual([422, 'idempotency_key_reused']);
  expect(await claims(house.mongo).countDocuments({ performanceId })).toBe(2);
  const more = await block(ask, path, { items: [{ seatIds: ['A2', 'A3'] }] }, 'other');
  const list = await ask('GET', `${path}/blocks`);
  expect((list.body.blocks as object[]).find((one) => (one as { id: string }).id === more.body.blockId)).toMatchObject({
    missing: { seatIds: ['A2'] },
  });

  expect((await ask('POST', `${location}/unblock`, { body: { seatIds: ['A1'] } })).status).toBe(202);
  expect((await ask('GET', location)).body).toMatchObject({ state: 'active' });
  expect((await ask('DELETE', location)).status).toBe(202);
  expect((await ask('GET', location)).body).toMatchObject({ state: 'released' });
  const [stalls, standing] = await counts(house.mongo).find({ performanceId }).sort({ _id: 1 }).lean();
  expect([stalls?.blocked, standing?.blocked, standing?.free]).toEqual([1, 0, 20]);
  const acts = await auditLog(house.mongo)
    .find({ subject: `block:${made.body.blockId}` })
    .sort({ _id: 1 })
    .lean();
  expect(acts.map(({ act }) => act)).toEqual(['stock blocked', 'stock unblocked', 'stock unblocked']);
});

test('what a block names must be there: seats, categories, phases, code sets, a time to come, a performance on sale', async () => {
  const ask = await house.as('organizer');
  const { path, performanceId } = await onSale();
  const refused = await block(ask, path, {
    items: [{ seatIds: ['A1', 'Z9'] }, { categoryId: 'nothing', quantity: 1 }],
    audience: { kind: 'phase', phaseId: 'nothing' },
    releaseAt: new Date(house.clock.now() - 1).toISOString(),
  });
  expect(refused.status).toBe(422);
  expect(fieldsOf(refused)).toEqual(['items.0.seatIds.1', 'items.1.categoryId', 'audience.phaseId', 'releaseAt']);
  expect((await block(ask, '/api/v1/organizer/performances/nothing', { items: [{ seatIds: ['A1'] }] })).status).toBe(
    404,
  );
  await performances(house.mongo).updateOne({ _id: performanceId }, { $set: { saleId: null } });
  expect((await block(ask, path, { items: [{ seatIds: ['A1'] }] })).body).toMatchObject({ code: 'sale_not_open' });
  const allocation = await onSale();
  const audience = { kind: 'phase', phaseId: 'general' as PhaseId };
  const made = await block(ask, allocation.path, { items: [{ categoryId: STALLS, quantity: 4 }], audience }, 'phase');
  expect((await ask('GET', `${allocation.path}/blocks/${made.body.blockId}`)).body).toMatchObject({
    audience,
    left: [{ categoryId: STALLS, quantity: 4 }],
  });
  expect((await ask('GET', `${allocation.path}/blocks/blk_nothing`)).status).toBe(404);
  expect((await ask('DELETE', `${allocation.path}/blocks/blk_nothing`)).status).toBe(404);
});

test('of many requests under one key at once, each with its own body, one is made and the others are refused', async () => {
  const ask = await house.as('organizer');
  const { performanceId, path } = await onSale();
  const seats = ['A1', 'A2', 'A3', 'A4'];
  const answers = await Promise.all(seats.map((seatId) => block(ask, path, { items: [{ seatIds: [seatId] }] })));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 422, 422, 422]);
  expect(await claims(house.mongo).countDocuments({ performanceId })).toBe(1);
});

test('a block whose time to end has come meanwhile may still be asked for again, and its key must be one', async () => {
  const ask = await house.as('organizer');
  const { path } = await onSale();
  const wish = { items: [{ seatIds: ['A1'] }], releaseAt: new Date(house.clock.now() + 1_000).toISOString() };
  const made = await block(ask, path, wish);
  await house.clock.advance(2_000);
  const again = await block(ask, path, wish);
  expect([again.status, again.body]).toEqual([202, made.body]);
  const odd = await block(ask, path, wish, 'x'.repeat(129));
  expect([odd.status, fieldsOf(odd)]).toEqual([400, ['header.idempotency-key']]);
});

test('prices and rules change by version, what is wrong is named, and the change is in the log', async () => {
  const ask = await house.as('organizer');
  const { path, performanceId } = await onSale();
  const change = (body: object, version = '"1"') => ask('PATCH', path, { body, headers: { 'if-match': version } });
  const price = { amount: 5000, currency: 'EUR' };
  const rules = {
    mixedBookings: false,
    accessible: { releaseAt: null, whenRestSoldOut: true, companionsPerSeat: 2 },
  };
  const changed = await change({ prices: [{ categoryId: STALLS, price }], rules });
  expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
  expect(changed.body).toMatchObject({ version: 2, rules: { ...rules, noSingles: true, adjacentOnly: false } });
  const stored = await performances(house.mongo).findById(performanceId).lean();
  expect(stored?.categories.find(({ id }) => id === STALLS)?.price).toEqual(price);
  expect((await change({ rules: { noSingles: false } })).status).toBe(412);
  expect((await change({ rules: { noSingles: false } }, '"2"')).body).toMatchObject({
    version: 3,
    rules: { mixedBookings: false, noSingles: false },
  });
  const wrong = await change(
    {
      prices: [
        { categoryId: 'nothing', price },
        { categoryId: STANDING, price: { ...price, currency: 'SEK' } },
      ],
      rules: { accessible: { releaseAt: '2999-01-01T00:00:00.000Z', whenRestSoldOut: false, companionsPerSeat: 1 } },
    },
    '"3"',
  );
  expect(fieldsOf(wrong)).toEqual(['prices.0.categoryId', 'prices.1.price.currency', 'rules.accessible.releaseAt']);
  const acts = await auditLog(house.mongo).find({
    subject: `performance:${performanceId}`,
    act: 'performance changed',
  });
  expect(acts).toHaveLength(2);
});

test('an operator halts a sale: nothing new is booked until it is resumed', async () => {
  const ask = await house.as('operator');
  const { saleId } = await onSale();
  const act = (name: string) => ask('POST', `/api/v1/ops/sales/${saleId}/${name}`);
  expect((await act('halt')).body).toMatchObject({ halted: true, paused: true });
  expect(await sales(house.mongo).findById(saleId).lean()).toMatchObject({ halted: true });
  expect((await act('resume')).body).toMatchObject({ halted: false, paused: false });
});
