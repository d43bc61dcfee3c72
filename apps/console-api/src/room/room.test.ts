import { auditLog } from '@onsale/booking-mongo';
import { readAccessCode } from '@onsale/domain';
import { makeTestSale, testConsole } from '../test-console.ts';

const house = testConsole();

test('an operator spreads the safety net and queues everybody again, audited, and others may not', async () => {
  const saleId = await makeTestSale(house);
  const path = `/api/v1/ops/sales/${saleId}/room`;
  const ask = await house.as('operator');
  expect((await ask('GET', path)).body).toMatchObject({ mode: 'queue_all', on: true });
  const net = { mode: 'safety_net', thresholdPerMinute: 900 };
  // The room stays on: it goes off when it has been quiet, not by a change of settings.
  expect(await ask('PUT', path, { body: net })).toMatchObject({ status: 200, body: { ...net, on: true } });
  expect((await ask('PUT', path, { body: { ...net, mode: 'queue_all' } })).body).toMatchObject({ on: true });
  expect((await (await house.as('organizer'))('PUT', path, { body: net })).status).toBe(403);
  expect((await ask('PUT', path, { body: { ...net, thresholdPerMinute: 0 } })).status).toBe(400);
  const acts = await auditLog(house.mongo).distinct('act', { subject: `sale:${saleId}` });
  expect(acts).toEqual(expect.arrayContaining(['safety net spread', 'everybody queued']));
});

test('a sale may be made with its room off', async () => {
  const room = { mode: 'safety_net', thresholdPerMinute: 300 };
  const saleId = await makeTestSale(house, { room });
  const ask = await house.as('operator');
  expect((await ask('GET', `/api/v1/ops/sales/${saleId}/room`)).body).toMatchObject({ ...room, on: false });
});

test('a bypass is given with its reason: so many links, for so long, each its own', async () => {
  const saleId = await makeTestSale(house);
  const ask = await house.as('operator');
  const path = `/api/v1/ops/sales/${saleId}/bypass`;
  const { status, body } = await ask('POST', path, { body: { note: 'Guests of the band', count: 3, minutes: 60 } });
  expect([status, body.expiresAt]).toEqual([201, new Date(house.clock.now() + 3600_000).toISOString()]);
  const links = body.links as { code: string; url: string }[];
  expect(new Set(links.map(({ code }) => code)).size).toBe(3);
  for (const { code, url } of links) {
    expect(readAccessCode(code)).not.toBeNull();
    expect(url).toBe(`http://onsale.test/sales/${saleId}#bypass=${code}`);
  }
  const [act] = await auditLog(house.mongo).find({ act: 'bypass given' }).lean();
  expect(act).toMatchObject({ staffId: 'staff-operator', after: { name: 'Guests of the band', count: 3 } });
  expect(
    (await (await house.as('organizer'))('POST', path, { body: { note: 'x', count: 1, minutes: 1 } })).status,
  ).toBe(403);
});
