// A hall comes in as a file, in versions, and goes out again, through the routes.
import { seatingPlans } from '@onsale/booking-mongo';
import { seatingRepairNames } from '@onsale/domain';
import { sibeliusHall } from '@onsale/venues';
import { type Answer, type Ask, makeTestSale, testConsole } from '../test-console.ts';

const house = testConsole();
const PLANS = '/api/v1/organizer/seating-plans';

const seat = (guid: string, number: string, x: number) => ({
  ...{ seat_guid: guid, seat_number: number, position: { x, y: 0 }, category: 'Stalls' },
});
const file = (seats: readonly object[] = [seat('a', '1', 0), seat('b', '2', 20), seat('c', '3', 40)]) => ({
  name: 'Small hall',
  categories: [{ name: 'Stalls', color: '#336699' }],
  zones: [{ name: 'Main', position: { x: 10, y: 20 }, rows: [{ row_number: '1', seats }], areas: [] }],
  size: { width: 200, height: 100 },
});
const bring = (ask: Ask, json: object, more: object = {}) =>
  ask('POST', `${PLANS}/import`, { body: { file: { json }, repairs: [], dryRun: false, ...more } });
const fieldsOf = ({ body }: Answer) => (body.fields as { field: string }[]).map(({ field }) => field);

test('a dry run names each defect and keeps nothing; with its repairs the plan is kept, and goes out as it was mended', async () => {
  const ask = await house.as('organizer');
  const before = await seatingPlans(house.mongo).countDocuments();
  const bad = { ...file([seat('a', '1', 0), seat('a', '1', 0)]), categories: [] };
  const looked = await bring(ask, bad, { dryRun: true });
  expect([looked.status, looked.body.planId, looked.body.holds]).toEqual([200, null, null]);
  const told = (looked.body.defects as { path: string; repair: string }[]).map(({ path, repair }) => [path, repair]);
  expect(told).toEqual([
    ['zones.0.rows.0.seats.0.category', 'add_categories'],
    ['zones.0.rows.0.seats.1.category', 'add_categories'],
    ['zones.0.rows.0.seats.1.seat_number', 'number_rows_anew'],
    ['zones.0.rows.0.seats.1.position', 'lay_out_seats'],
    ['zones.0.rows.0.seats.1.seat_guid', 'renumber_seats'],
  ]);
  const refused = await bring(ask, bad);
  expect([refused.status, refused.body.code]).toEqual([422, 'rule_violated']);
  expect(fieldsOf(refused)[4]).toBe('file.zones.0.rows.0.seats.1.seat_guid');
  expect(await seatingPlans(house.mongo).countDocuments()).toBe(before);
  const mended = await bring(ask, bad, { repairs: seatingRepairNames, flags: flagged(['a']) });
  expect(mended).toMatchObject({ status: 201, body: { defectCount: 0, holds: { seats: 2 } } });
  const out = JSON.parse((await ask('GET', `${PLANS}/${mended.body.planId}/file?format=json`)).text);
  expect((await bring(ask, out, { dryRun: true })).body).toMatchObject({ defectCount: 0, mended: [] });
  expect((await ask('GET', `${PLANS}/${mended.body.planId}/file?format=flags`)).body).toEqual(flagged(['a']));
});

const flagged = (accessible: readonly string[]) => ({ accessible, companion: [], restrictedView: [] });

test('a plan has one next version; a performance moves to it until it is on sale, and never afterwards', async () => {
  const ask = await house.as('organizer');
  const first = (await bring(ask, file())).body.planId;
  const fewer = file([seat('a', '1', 0), seat('b', '2', 25), seat('d', '4', 60)]);
  const second = await bring(ask, fewer, { replaces: first });
  expect(second.body.changes).toEqual({ added: ['d'], removed: ['c'], moved: ['b'], recategorised: [] });
  expect((await bring(ask, fewer, { replaces: first })).body).toMatchObject({ code: 'conflict' });
  expect((await bring(ask, fewer, { replaces: 'nothing' })).status).toBe(404);
  const { plans } = (await ask('GET', PLANS)).body as { plans: { id: string; version: number; replacedBy: unknown }[] };
  const known = plans.filter(({ id }) => id === first || id === second.body.planId);
  expect(known.map(({ version, replacedBy }) => [version, replacedBy]).sort()).toEqual([
    [1, second.body.planId],
    [2, null],
  ]);
  const performance = await newPerformance(ask, first);
  const path = `/api/v1/organizer/performances/${performance.id}`;
  const move = (version: number) =>
    ask('PUT', `${path}/plan`, { body: { planId: second.body.planId }, headers: { 'if-match': `"${version}"` } });
  expect(await move(1)).toMatchObject({ status: 200, body: { version: 2 } });
  expect((await move(1)).status).toBe(412);
  expect((await ask('GET', `${PLANS}/${second.body.planId}`)).body).toMatchObject({ performances: 1, seats: 3 });
  await makeTestSale(house, { eventId: performance.eventId, performanceIds: [performance.id] });
  expect(await move(2)).toMatchObject({ status: 409, body: { code: 'conflict' } });
});

async function newPerformance(ask: Ask, planId: unknown) {
  const venue = { name: 'Hall', city: 'Lahti', timeZone: 'Europe/Helsinki' };
  const slug = `plans-${Math.random().toString(36).slice(2)}`;
  const event = await ask('POST', '/api/v1/organizer/events', {
    body: { slug, title: 'Event', description: '', venue },
  });
  const startsAt = new Date(house.clock.now() + 86_400_000).toISOString();
  const price = { amount: 500, currency: 'EUR' };
  const categories = [{ id: 'stalls', name: 'Stalls', kind: 'reserved', price, color: '#123456' }];
  const { body } = await ask('POST', '/api/v1/organizer/performances', {
    body: { eventId: event.body.id, name: 'Evening', startsAt, planId, categories },
  });
  return { id: body.id, eventId: event.body.id };
}

test('a table of row ranges comes in, and every wrong line is named; what cannot be read at all is told, too', async () => {
  const ask = await house.as('organizer');
  const look = async (csv: string, more: object = {}) =>
    (await ask('POST', `${PLANS}/import`, { body: { file: { csv }, repairs: [], dryRun: true, ...more } })).body;
  const paths = async (csv: string) => ((await look(csv)).defects as { path: string }[]).map(({ path }) => path);
  const head = 'section,row,from,to,category';
  expect(await paths(`${head}\r\nStalls,1,1,3,A\r\nStalls,1,3,4,A\r\n,,x,4,A`)).toEqual([
    'line 3.from',
    'line 4.section',
    'line 4.from',
  ]);
  expect(await paths('section,row,first,last\nStalls,1,1,3')).toEqual(['line 1']);
  expect(await paths(`${head}\n"Stalls,1,1,3`)).toEqual(['line 2']);
  expect(await paths('')).toEqual(['line 1']);
  const semicolons = `section;row;from;to;category;kind\nStalls;1;1;3;A;\nStalls;2;2;8;B;accessible`;
  expect(await look(semicolons, { name: 'Club' })).toMatchObject({
    defectCount: 0,
    holds: { name: 'Club', seats: 10 },
  });
});

test('a real hall of 1,229 seats goes out as a file and as a table, and comes in again with every seat in its place', async () => {
  const ask = await house.as('organizer');
  const plan = sibeliusHall();
  const made = await ask('POST', PLANS, { body: { name: 'Sibelius Hall', plan } });
  const out = async (format: string) => (await ask('GET', `${PLANS}/${made.body.id}/file?format=${format}`)).text;
  const byFile = await bring(ask, JSON.parse(await out('json')), {
    dryRun: true,
    flags: JSON.parse(await out('flags')),
  });
  expect(byFile.body).toMatchObject({ defectCount: 0, holds: { seats: 1_229, plan: { sections: expect.any(Array) } } });
  expect(placesOf(byFile.body.holds)).toEqual(placesOf({ plan }));
  const body = { file: { csv: await out('csv') }, repairs: [], dryRun: true, name: 'Sibelius Hall' };
  const byTable = await ask('POST', `${PLANS}/import`, { body });
  expect(byTable.body).toMatchObject({ defectCount: 0, holds: { seats: 1_229 } });
  expect(placesOf(byTable.body.holds)).toEqual(placesOf({ plan }));
});

type Seat = { label: string; x: number; y: number };
function placesOf(holds: unknown): string[] {
  const { sections } = (holds as { plan: { sections: { name: string; rows: { label: string; seats: Seat[] }[] }[] } })
    .plan;
  return sections.flatMap(({ name, rows }) =>
    rows.flatMap((row) => row.seats.map(({ label, x, y }) => `${name}/${row.label}/${label}/${x}/${y}`)),
  );
}
