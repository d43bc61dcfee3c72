// A request that nobody decides, because no worker runs or the one that should is frozen: found, counted, told with its
// reason, and at its end with the worker that comes or comes back.
import { audit, bookings, connectMongo } from '@onsale/booking-mongo';
import type { FanId } from '@onsale/domain';
import { insertTestSale, STANDING, waitFor } from '@onsale/testkit';
import { PATIENCE_MS, testShop } from './test-shop.ts';

const shop = testShop();
const stuck = (reason: string) => `booking_requests_stuck{reason="${reason}",app="jobs"}`;

test('a request without a worker, or whose worker is frozen, is told as stuck with its reason, and is decided in the end', async () => {
  const sale = await insertTestSale(shop.database.db);
  const [api, jobs] = await Promise.all([shop.apps.start('booking-api'), shop.apps.start('jobs')]);
  const fan = shop.fan(api, sale, 'patient');
  const { status, body } = await fan.book('k', [{ categoryId: STANDING, quantity: 2 }]);
  expect(status).toBe(202);
  await waitFor(async () => (await jobs.metric(stuck('no_worker'))) === 1, PATIENCE_MS);
  expect(await fan.booking(body.bookingId)).toMatchObject({ state: 'requested' });
  expect(jobs.log()).toContain('booking requests wait for their decision');
  // The broker is to be patient with it: otherwise it takes the commands of a frozen worker away before they are stuck.
  const worker = await shop.apps.start('booking-worker', { env: { AMQP_URL: patiently(shop.amqpUrl()) } });
  await fan.reaches(body.bookingId, 'held');
  await waitFor(async () => (await jobs.metric(stuck('no_worker'))) === 0, PATIENCE_MS);
  expect(await jobs.metric('booking_requests_republished_total{app="jobs"}')).toBe(0);

  process.kill(worker.pid, 'SIGSTOP');
  const late = shop.fan(api, sale, 'frozen');
  const waits = await late.book('k', [{ categoryId: STANDING, quantity: 2 }]);
  await waitFor(async () => (await jobs.metric(stuck('worker_silent'))) === 1, PATIENCE_MS);
  expect(await late.booking(waits.body.bookingId)).toMatchObject({ state: 'requested' });
  expect(await jobs.metric(stuck('no_worker'))).toBe(0);
  process.kill(worker.pid, 'SIGCONT');
  await late.reaches(waits.body.bookingId, 'held');
  await waitFor(async () => (await jobs.metric(stuck('worker_silent'))) === 0, PATIENCE_MS);
  expect(await jobs.metric('booking_requests_republished_total{app="jobs"}')).toBe(0);
  const mongo = await connectMongo(shop.database.uri);
  try {
    expect(await bookings(mongo).countDocuments({ fanId: 'frozen' as FanId })).toBe(1);
    const ofTheLine = ['INV-20', 'INV-21'];
    const { findings } = await audit(mongo);
    expect(findings.filter(({ id, faults }) => !ofTheLine.includes(id) && faults.length > 0)).toEqual([]);
  } finally {
    await mongo.close();
  }
}, 240_000);

const patiently = (url: string) => `${url}${url.includes('?') ? '&' : '?'}heartbeat=120`;
