// A request that nobody decides, because no worker runs: found, counted, told with its reason, and at its end with the
// worker that comes.
import { insertTestSale, STANDING, waitFor } from '@onsale/testkit';
import { PATIENCE_MS, testShop } from './test-shop.ts';

const shop = testShop();
const stuck = (reason: string) => `booking_requests_stuck{reason="${reason}",app="jobs"}`;

test('a request without a worker is counted and told as stuck, and is decided when one is there', async () => {
  const sale = await insertTestSale(shop.database.db);
  const [api, jobs] = await Promise.all([shop.apps.start('booking-api'), shop.apps.start('jobs')]);
  const fan = shop.fan(api, sale, 'patient');
  const { status, body } = await fan.book('k', [{ categoryId: STANDING, quantity: 2 }]);
  expect(status).toBe(202);
  await waitFor(async () => (await jobs.metric(stuck('no_worker'))) === 1, PATIENCE_MS);
  expect(await fan.booking(body.bookingId)).toMatchObject({ state: 'requested' });
  expect(jobs.log()).toContain('booking requests wait for their decision');
  await shop.apps.start('booking-worker');
  await fan.reaches(body.bookingId, 'held');
  await waitFor(async () => (await jobs.metric(stuck('no_worker'))) === 0, PATIENCE_MS);
  expect(await jobs.metric('booking_requests_republished_total{app="jobs"}')).toBe(0);
}, 180_000);
