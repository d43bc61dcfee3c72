import { counts, events, performances, sales, seatingPlans } from '@onsale/booking-mongo';
import { sibeliusHall } from '@onsale/venues';
import { testConsole } from '../test-console.ts';
import { withAccessiblePlaces } from './accessible-places.ts';
import { seedDemo } from './seed-demo.ts';

const house = testConsole();

test('the demo has 1,229 seats and 500 places, opens after the pre-queue, and is made once however many start', async () => {
  const times = { scheduledSeconds: 0, prequeueSeconds: 60 };
  const made = await Promise.all([seedDemo(house, times), seedDemo(house, times)]);
  const [saleId] = made.flatMap((id) => id ?? []);
  if (saleId === undefined) throw new Error('nobody made the demo');
  expect(made.filter((id) => id === null)).toHaveLength(1);
  const sale = await sales(house.mongo).findById(saleId).lean();
  const [phase] = sale?.phases ?? [];
  expect(phase?.prequeueOpensAt.getTime()).toBe(house.clock.now());
  expect(phase?.opensAt.getTime()).toBe(house.clock.now() + 60_000);
  const capacities = (await counts(house.mongo).find({ saleId }).lean()).map(({ capacity }) => capacity);
  expect(capacities.sort((a, b) => a - b)).toEqual([356, 400, 473, 500]);
  expect(await seedDemo(house, { scheduledSeconds: 0, prequeueSeconds: 60 })).toBeNull();
});

test('its hall has four accessible places, each beside a companion’s seat, and is the same otherwise', () => {
  const rowsOf = (plan: ReturnType<typeof sibeliusHall>) => plan.sections.flatMap(({ rows }) => rows);
  const kinds = rowsOf(withAccessiblePlaces(sibeliusHall())).flatMap(({ seats }) => seats.map(({ kind }) => kind));
  expect(kinds.filter((kind) => kind === 'accessible')).toHaveLength(4);
  for (const [at, kind] of kinds.entries()) {
    if (kind === 'accessible') expect([kinds[at - 1], kinds[at + 1]]).toContain('companion');
  }
  const plain = rowsOf(withAccessiblePlaces(sibeliusHall())).flatMap(({ seats }) =>
    seats.map(({ kind: _kind, ...seat }) => seat),
  );
  expect(plain).toEqual(rowsOf(sibeliusHall()).flatMap(({ seats }) => seats));
});

test.each([
  ['the event', 0],
  ['the plan', 0],
  ['the first performance', 1],
  ['both performances', 2],
])('a demo whose maker was killed after %s is made whole by the next, and nothing of it twice', async (what, kept) => {
  const { mongo, clock } = house;
  const times = { scheduledSeconds: 0, prequeueSeconds: 60 };
  await seedDemo(house, times);
  // What a kill leaves: the first steps, and their maker's hold on the demo.
  const ids = (await performances(mongo).find({}, { _id: 1 }).sort({ startsAt: 1 }).lean()).map(({ _id }) => _id);
  await performances(mongo).deleteMany({ _id: { $in: ids.slice(kept) } });
  await performances(mongo).updateMany({}, { $set: { saleId: null } });
  await sales(mongo).deleteMany({});
  await counts(mongo).deleteMany({});
  if (what === 'the event') await seatingPlans(mongo).deleteMany({});
  await clock.advance(60_000);
  const made = await Promise.all([seedDemo(house, times), seedDemo(house, times)]);
  expect(made.filter((id) => id !== null)).toHaveLength(1);
  const found = [
    await events(mongo).countDocuments(),
    await seatingPlans(mongo).countDocuments(),
    await performances(mongo).countDocuments(),
    await sales(mongo).countDocuments(),
    await counts(mongo).countDocuments(),
  ];
  expect(found).toEqual([1, 1, 2, 1, 4]);
  expect(await performances(mongo).countDocuments({ saleId: null })).toBe(0);
});
