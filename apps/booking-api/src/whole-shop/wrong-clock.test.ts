// A booking API whose clock is ten minutes wrong sells as any other: what time it is says the database.
import { bookings, connectMongo } from '@onsale/booking-mongo';
import { faketimeLibrary, insertTestSale, STANDING } from '@onsale/testkit';
import { testShop } from './test-shop.ts';

const withFaketime = faketimeLibrary() === undefined ? test.skip : test;
const shop = testShop();

withFaketime.each(['+600s', '-600s'])(
  'with the clock of the booking API at %s a fan books, prolongs and pays',
  async (clock) => {
    const name = clock.startsWith('+') ? 'fast' : 'slow';
    const sale = await insertTestSale(shop.database.db, { name });
    const [api, worker, jobs] = await Promise.all([
      shop.apps.start('booking-api', { clock }),
      shop.apps.start('booking-worker'),
      shop.apps.start('jobs'),
    ]);
    const mongo = await connectMongo(shop.database.uri);
    try {
      const fan = shop.fan(api, sale, name);
      const begun = Date.now();
      const id = await fan.holds([{ categoryId: STANDING, quantity: 2 }]);
      const end = (await bookings(mongo).findById(id).lean())?.holdExpiresAt?.getTime() ?? 0;
      expect(end).toBeGreaterThanOrEqual(begun + 600_000);
      expect(end).toBeLessThanOrEqual(Date.now() + 600_000);
      expect((await fan.act('POST', `${id}/extension`)).status).toBe(202);
      const { paymentId } = (await fan.pay(id)).body;
      // Its event is lost: the jobs ask when the payment is as old as it must be, by the database's clock.
      expect((await fan.answer(paymentId, 'lost')).status).toBe(202);
      const paid = await fan.reaches(id, 'confirmed');
      expect(paid.tickets).toHaveLength(2);
      expect(Date.now() - begun).toBeLessThan(60_000);
    } finally {
      await mongo.close();
      for (const app of [api, worker, jobs]) await app.kill();
    }
  },
  180_000,
);
