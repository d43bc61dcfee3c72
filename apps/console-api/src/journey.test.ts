// An organizer's and an operator's work on one sale, through the routes.
import { auditLog, counts, draws, performances } from '@onsale/booking-mongo';
import { commitment, fromHex, type PerformanceId, type SaleId, toHex } from '@onsale/domain';
import { type Answer, type Ask, testConsole } from './test-console.ts';

const house = testConsole();

const at = (seconds: number) => new Date(house.clock.now() + seconds * 1000).toISOString();
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const seat = (id: string, x: number) => ({ id, label: id, x, y: 10, categoryId: 'stalls' });
const venue = { name: 'Hall', city: 'Lahti', timeZone: 'Europe/Helsinki' };
const plan = {
  width: 100,
  height: 100,
  focus: { x: 50, y: 0 },
  sections: [{ id: 's', name: 'S', rows: [{ id: 'r', label: '1', seats: [seat('1', 10), seat('2', 20)] }] }],
};
const stalls = { id: 'stalls', name: 'Stalls', kind: 'reserved', price: eur(500), color: '#123456' };
const standing = { id: 'standing', name: 'Standing', kind: 'general', price: eur(300), color: '#654321', capacity: 7 };
const admission = {
  mode: 'automatic',
  ratePerMinute: 60,
  maxActive: 10,
  floor: 1,
  ceiling: 100,
  noShowCompensation: true,
  stockAware: true,
  autoSlow: true,
};

let ids = 0;
async function newEvent(ask: Ask): Promise<unknown> {
  ids += 1;
  const body = { slug: `event-${ids}`, title: 'Event', description: '', venue };
  return (await ask('POST', '/api/v1/organizer/events', { body })).body.id;
}

async function newPerformance(ask: Ask, eventId: unknown): Promise<Answer> {
  const planned = await ask('POST', '/api/v1/organizer/seating-plans', { body: { name: 'Hall', plan } });
  const body = {
    eventId,
    name: 'Evening',
    startsAt: at(86_400),
    planId: planned.body.id,
    categories: [stalls, standing],
  };
  return ask('POST', '/api/v1/organizer/performances', { body });
}

const saleOf = (eventId: unknown, performanceId: unknown, change: object = {}) => ({
  eventId,
  name: 'Sale',
  performanceIds: [performanceId],
  currency: 'EUR',
  phases: [{ kind: 'general', needsCode: false, prequeueOpensAt: at(0), opensAt: at(60), closesAt: at(3600) }],
  limits: { seatsPerBooking: 4, seatsPerFan: 4 },
  holdSeconds: 60,
  callWindowSeconds: 60,
  passSeconds: 300,
  admission,
  ...change,
});

async function newSale(ask: Ask): Promise<Answer> {
  const eventId = await newEvent(ask);
  const performance = await newPerformance(ask, eventId);
  return ask('POST', '/api/v1/organizer/sales', { body: saleOf(eventId, performance.body.id) });
}

const fieldsOf = ({ body }: Answer) => (body.fields as { field: string }[]).map(({ field }) => field);

describe('an organizer', () => {
  test('makes event, plan, performance and sale; stock and the commitment of the draw are there at once', async () => {
    const ask = await house.as('organizer');
    const { status, body } = await newSale(ask);
    expect(status).toBe(201);
    expect(body).toMatchObject({ phase: 'prequeue', needsCode: false, holdSeconds: 60 });
    const [performanceId = ''] = body.performanceIds as string[];
    const stock = await counts(house.mongo)
      .find({ performanceId: performanceId as PerformanceId })
      .sort({ _id: 1 })
      .lean();
    expect(stock.map(({ categoryId, capacity, free, held, sold }) => [categoryId, capacity, free, held, sold])).toEqual(
      [
        ['stalls', 2, 2, 0, 0],
        ['standing', 7, 7, 0, 0],
      ],
    );
    const [draw] = await draws(house.mongo)
      .find({ saleId: body.id as SaleId })
      .lean();
    expect(draw?.commitment).toBe(toHex(commitment(fromHex(draw?.secret ?? ''))));
    expect(draw).toMatchObject({ seed: null, frozenAt: null, rule: 'feistel4-hmac-sha256-v1' });
  });

  test('is told that a slug is taken and that a time zone does not exist', async () => {
    const ask = await house.as('organizer');
    const body = { slug: 'twice', title: 'Event', description: '', venue };
    expect((await ask('POST', '/api/v1/organizer/events', { body })).status).toBe(201);
    expect((await ask('POST', '/api/v1/organizer/events', { body })).body).toMatchObject({ code: 'conflict' });
    const nowhere = { ...body, slug: 'nowhere', venue: { ...venue, timeZone: 'Europe/Nowhere' } };
    expect(fieldsOf(await ask('POST', '/api/v1/organizer/events', { body: nowhere }))).toEqual(['venue.timeZone']);
  });

  test('cannot use a plan with a seat twice, nor categories that do not cover the plan', async () => {
    const ask = await house.as('organizer');
    const twice = structuredClone(plan);
    twice.sections[0]?.rows[0]?.seats.push(seat('1', 30));
    const planned = await ask('POST', '/api/v1/organizer/seating-plans', { body: { name: 'Hall', plan: twice } });
    expect(planned.status).toBe(422);
    expect(fieldsOf(planned)).toEqual(['plan.sections.0.rows.0.seats.2.id']);
    const good = await ask('POST', '/api/v1/organizer/seating-plans', { body: { name: 'Hall', plan } });
    const eventId = await newEvent(ask);
    const body = { eventId, name: 'X', startsAt: at(60), planId: good.body.id, categories: [standing] };
    expect(fieldsOf(await ask('POST', '/api/v1/organizer/performances', { body }))).toEqual(['categories']);
  });

  test('cannot sell a performance twice, one of another event, or in phases out of order', async () => {
    const ask = await house.as('organizer');
    const eventId = await newEvent(ask);
    const performanceId = (await newPerformance(ask, eventId)).body.id;
    const other = await newEvent(ask);
    const sell = (event: unknown, change: object = {}) =>
      ask('POST', '/api/v1/organizer/sales', { body: saleOf(event, performanceId, change) });
    expect(fieldsOf(await sell(other))).toEqual(['performanceIds.0']);
    const late = {
      phases: [{ kind: 'general', needsCode: false, prequeueOpensAt: at(0), opensAt: at(-1), closesAt: at(9) }],
    };
    expect(fieldsOf(await sell(eventId, late))).toEqual(['phases.0.opensAt', 'phases.0.opensAt']);
    expect((await sell(eventId)).status).toBe(201);
    expect(fieldsOf(await sell(eventId))).toEqual(['performanceIds.0']);
    expect((await sell('nothing')).status).toBe(404);
  });

  test('two sales of one performance at the same moment: one is made, and nothing of the other stays', async () => {
    const ask = await house.as('organizer');
    const eventId = await newEvent(ask);
    const performanceId = (await newPerformance(ask, eventId)).body.id;
    const body = saleOf(eventId, performanceId);
    const answers = await Promise.all([1, 2, 3].map(() => ask('POST', '/api/v1/organizer/sales', { body })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
    const made = answers.find(({ status }) => status === 201)?.body.id;
    expect(
      await performances(house.mongo)
        .findById(performanceId as PerformanceId)
        .lean(),
    ).toMatchObject({ saleId: made });
  });
});

describe('an operator', () => {
  const admissionOf = (saleId: unknown) => `/api/v1/ops/sales/${saleId}/admission`;

  test('changes admission with the version that was seen, and not with an older one', async () => {
    const saleId = (await newSale(await house.as('organizer'))).body.id;
    const ask = await house.as('operator');
    const seen = await ask('GET', admissionOf(saleId));
    expect(seen.headers.get('etag')).toBe('"1"');
    expect(seen.body).toMatchObject({
      version: 1,
      settings: admission,
      observed: { stockFree: 9, openHolds: 0, sold: 0, capacity: 9 },
    });
    const history = await ask('GET', `/api/v1/ops/sales/${saleId}/history`);
    expect(history.body).toEqual({ everySeconds: 5, samples: [] });
    const change = (ifMatch: string, body: object) =>
      ask('PATCH', admissionOf(saleId), { body, headers: { 'if-match': ifMatch } });
    const changed = await change('"1"', { ratePerMinute: 90 });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(changed.body).toMatchObject({ version: 2, settings: { ...admission, ratePerMinute: 90 } });
    expect((await change('"1"', { ratePerMinute: 5 })).body).toMatchObject({ code: 'precondition_failed' });
    expect((await change('nonsense', { ratePerMinute: 5 })).status).toBe(412);
    expect(fieldsOf(await change('*', { floor: 101 }))).toEqual(['floor']);
    expect((await ask('PATCH', admissionOf(saleId), { body: {} })).body).toMatchObject({ code: 'if_match_required' });
  });

  test('of two hands at once one is told to look again', async () => {
    const saleId = (await newSale(await house.as('organizer'))).body.id;
    const ask = await house.as('operator');
    const hand = (maxActive: number) =>
      ask('PATCH', admissionOf(saleId), { body: { maxActive }, headers: { 'if-match': '"1"' } });
    const statuses = (await Promise.all([hand(1), hand(2)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 412]);
  });

  test('pauses, resumes, drains, calls by hand and tells a notice; every act is in the audit log', async () => {
    const saleId = (await newSale(await house.as('organizer'))).body.id;
    const ask = await house.as('operator');
    const act = (method: string, name: string, body?: object) =>
      ask(method, `/api/v1/ops/sales/${saleId}/${name}`, body === undefined ? {} : { body });
    expect((await act('POST', 'pause')).body).toMatchObject({ paused: true, version: 2 });
    expect((await act('POST', 'call', { count: 5 })).body).toMatchObject({ code: 'conflict' });
    expect((await act('POST', 'resume')).body).toMatchObject({ paused: false });
    expect((await act('POST', 'call', { count: 5 })).status).toBe(202);
    expect((await act('PUT', 'notice', { notice: 'We begin late.' })).status).toBe(200);
    expect((await act('POST', 'drain')).body).toMatchObject({ draining: true });
    const { body } = await ask('GET', '/api/v1/ops/audit?limit=6');
    const entries = body.entries as { act: string; subject: string; staffId: string }[];
    expect(entries.map((entry) => entry.act)).toEqual([
      'sale drained',
      'notice set',
      'fans called by hand',
      'sale resumed',
      'sale paused',
      'sale published',
    ]);
    expect(new Set(entries.map(({ subject }) => subject))).toEqual(new Set([`sale:${saleId}`]));
    const of = `/api/v1/ops/audit?subject=sale:${saleId}&limit=4`;
    const first = (await ask('GET', of)).body as { entries: { act: string; email: string }[]; next: string };
    const rest = (await ask('GET', `${of}&before=${first.next}`)).body as typeof first;
    const paged = [...first.entries, ...rest.entries];
    expect(paged.map((entry) => entry.act)).toEqual(entries.map((entry) => entry.act));
    expect(rest.next).toBeNull();
    expect(paged[0]?.email).toContain('@');
    expect((await ask('GET', `${of}&before=yesterday`)).body).toMatchObject({ fields: [{ field: 'query.before' }] });
    const paused = await auditLog(house.mongo)
      .findOne({ act: 'sale paused', subject: `sale:${saleId}` })
      .lean();
    expect(paused).toMatchObject({ staffId: 'staff-operator', before: { paused: false }, after: { paused: true } });
  });

  test('is told that a sale does not exist', async () => {
    const ask = await house.as('operator');
    expect((await ask('GET', admissionOf('nothing'))).status).toBe(404);
    expect((await ask('POST', '/api/v1/ops/sales/nothing/pause')).status).toBe(404);
  });
});
