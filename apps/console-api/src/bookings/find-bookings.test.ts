import { insertTestSale } from '@onsale/testkit';
import { testConsole } from '../test-console.ts';

const house = testConsole();

async function saleWithBookings(name: string) {
  const db = house.mongo.db;
  if (db === undefined) throw new Error('not connected');
  const sale = await insertTestSale(db as never, { name });
  const price = { amount: 4500, currency: 'EUR' };
  const people = [
    ['Aino Virtanen', 'Aino@example.org'],
    ['Eino Leino (group)', 'eino@example.org'],
  ];
  for (const [i, [who, email]] of people.entries()) {
    await db.collection<{ _id: string }>('bookings').insertOne({
      _id: `bk_${name}${i}`,
      ...sale,
      fanId: `fan-${i}`,
      state: 'confirmed',
      items: [{ categoryId: 'stalls', seatId: `A${i}`, label: `A${i}`, price }],
      total: price,
      contact: { name: who, email },
      decidedAt: new Date(1_700_000_000_000 + i),
      channel: 'shop',
    } as never);
  }
  return sale;
}

test('a booking is found by number, name and address, and by nothing of another sale', async () => {
  const ask = await house.as('finance');
  const { saleId } = await saleWithBookings('mine');
  await saleWithBookings('other');
  const found = async (search: string) => {
    const path = `/api/v1/organizer/sales/${saleId}/bookings?search=${encodeURIComponent(search)}`;
    const { status, body } = await ask('GET', path);
    return [status, ((body.bookings ?? []) as { id: string }[]).map(({ id }) => id)];
  };
  expect(await found('bk_mine1')).toEqual([200, ['bk_mine1']]);
  expect(await found('virta')).toEqual([200, ['bk_mine0']]);
  expect(await found('EXAMPLE.org')).toEqual([200, ['bk_mine1', 'bk_mine0']]);
  // What was typed is a text, not a pattern.
  expect(await found('(group)')).toEqual([200, ['bk_mine1']]);
  expect(await found('a.no')).toEqual([200, []]);
  expect(await found('bk_other0')).toEqual([200, []]);
  expect((await found('x'))[0]).toBe(400);
});
