// A sale is planned as a draft, checked, and published; a crash in the middle of publishing is gone on from.
import { blocks, codeSets, counts, draws, sales } from '@onsale/booking-mongo';
import type { PerformanceId, SaleId } from '@onsale/domain';
import { type Answer, type Ask, testConsole } from '../test-console.ts';
import { publishDraft } from './publish-draft.ts';

const house = testConsole();
const DRAFTS = '/api/v1/organizer/sale-drafts';
const at = (seconds: number) => new Date(house.clock.now() + seconds * 1000).toISOString();
const DAY = 86_400;

async function hallWithEvent(ask: Ask) {
  const venue = { name: 'Hall', city: 'Lahti', timeZone: 'Europe/Helsinki' };
  const slug = `planned-${Math.random().toString(36).slice(2)}`;
  const event = await ask('POST', '/api/v1/organizer/events', {
    body: { slug, title: 'Event', description: '', venue },
  });
  const price = { amount: 300, currency: 'EUR' };
  const categories = [{ id: 'standing', name: 'Standing', kind: 'general', price, color: '#654321', capacity: 50 }];
  const performance = await ask('POST', '/api/v1/organizer/performances', {
    body: { eventId: event.body.id, name: 'Evening', startsAt: at(60 * DAY), planId: null, categories },
  });
  return { eventId: event.body.id, performanceId: performance.body.id as PerformanceId };
}

const phase = (kind: string, day: number) => ({
  ...{ kind, needsCode: kind === 'presale' },
  ...{ prequeueOpensAt: at(day * DAY), opensAt: at(day * DAY + 3600), closesAt: at((day + 1) * DAY) },
});
const planOf = ({ eventId, performanceId }: Awaited<ReturnType<typeof hallWithEvent>>) => ({
  ...{ eventId, name: 'Spring sale', performanceIds: [performanceId], currency: 'EUR' },
  phases: [{ ...phase('presale', 1), seatsPerFan: 2 }, phase('general', 3)],
  limits: { seatsPerBooking: 4, seatsPerFan: 4 },
  ...{ holdSeconds: 300, callWindowSeconds: 300, passSeconds: 900 },
  admission: {
    ...{ mode: 'automatic', ratePerMinute: 60, maxActive: 10, floor: 1, ceiling: 100 },
    ...{ noShowCompensation: true, stockAware: true, autoSlow: true },
  },
  codeSets: [{ name: 'Members', count: 30, usesMax: 1, phases: [0] }],
  allocations: [
    {
      ...{ label: 'For members', performanceId, items: [{ categoryId: 'standing', quantity: 20 }] },
      ...{ audience: { kind: 'code_set', index: 0 }, releaseAt: null },
    },
    {
      label: 'Camera',
      performanceId,
      items: [{ categoryId: 'standing', quantity: 3 }],
      audience: null,
      releaseAt: null,
    },
  ],
});
const fieldsOf = ({ body }: Answer) => (body.fields as { field: string }[]).map(({ field }) => field);

test('a draft may be incomplete and says what is missing; who has seen an older version is told to look again', async () => {
  const ask = await house.as('organizer');
  const known = await hallWithEvent(ask);
  const empty = { ...known, performanceIds: [], phases: [], codeSets: [], allocations: [] };
  const { performanceId: _left, ...body } = empty;
  const made = await ask('POST', DRAFTS, { body });
  expect(made).toMatchObject({ status: 201, body: { version: 1, state: 'draft', isGreen: false, checklist: [] } });
  expect(made.body.missing).toEqual(expect.arrayContaining(['name', 'currency', 'limits', 'admission', 'phases']));
  const change = (version: number, plan: object) =>
    ask('PUT', `${DRAFTS}/${made.body.id}`, { body: plan, headers: { 'if-match': `"${version}"` } });
  const wrong = planOf(known);
  const overlapping = { ...wrong, codeSets: [], allocations: [], phases: [wrong.phases[0], phase('general', 1)] };
  const changed = await change(1, overlapping);
  expect(changed).toMatchObject({ status: 200, body: { version: 2, missing: [], isGreen: false } });
  const red = (changed.body.checklist as { check: string; state: string }[]).filter(({ state }) => state === 'fault');
  expect(red.map(({ check }) => check).sort()).toEqual(['codes', 'phases']);
  expect((await change(1, wrong)).body).toMatchObject({ code: 'precondition_failed' });
  const refused = await ask('POST', `${DRAFTS}/${made.body.id}/publish`, { headers: { 'if-match': '"2"' } });
  expect([refused.status, fieldsOf(refused).sort()]).toEqual([
    422,
    ['phases.0.closesAt', 'phases.0.needsCode', 'phases.1.prequeueOpensAt'],
  ]);
  expect(await change(2, wrong)).toMatchObject({ status: 200, body: { version: 3, isGreen: true } });
  expect((await ask('GET', DRAFTS)).body.drafts).toContainEqual(
    expect.objectContaining({ id: made.body.id, name: 'Spring sale', state: 'draft' }),
  );
});

test('a green draft is published once: sale, draws, codes and allocations, also when its process dies in the middle', async () => {
  const ask = await house.as('organizer');
  const known = await hallWithEvent(ask);
  const made = await ask('POST', DRAFTS, { body: planOf(known) });
  expect(made.body).toMatchObject({ isGreen: true, missing: [] });
  const draftId = String(made.body.id);
  const actor = { staffId: null, address: '127.0.0.1', at: new Date(house.clock.now()) };
  const dies = async () => Promise.reject(new Error('the process was killed'));
  await expect(publishDraft({ mongo: house.mongo, publish: dies }, { draftId, ifMatch: '"1"', actor })).rejects.toThrow(
    'the process was killed',
  );
  const half = await ask('GET', `${DRAFTS}/${draftId}`);
  expect(half.body).toMatchObject({ state: 'publishing', saleId: expect.stringMatching(/^sale_/) });
  const publish = () => ask('POST', `${DRAFTS}/${draftId}/publish`, { headers: { 'if-match': '*' } });
  const whole = await publish();
  expect(whole).toMatchObject({ status: 200, body: { state: 'published', saleId: half.body.saleId } });
  expect((await publish()).body).toMatchObject({ state: 'published', version: whole.body.version });
  const saleId = whole.body.saleId as SaleId;
  const sale = await sales(house.mongo).findById(saleId).lean();
  expect(sale?.phases.map(({ kind, seatsPerFan }) => [kind, seatsPerFan])).toEqual([
    ['presale', 2],
    ['general', undefined],
  ]);
  expect(await draws(house.mongo).countDocuments({ saleId })).toBe(2);
  const sets = await codeSets(house.mongo).find({ saleId }).lean();
  expect(sets.map(({ name, count, phaseIds }) => [name, count, phaseIds])).toEqual([
    ['Members', 30, [sale?.phases[0]?.id]],
  ]);
  const kept = await blocks(house.mongo).find({ performanceId: known.performanceId }).sort({ label: 1 }).lean();
  expect(kept.map(({ label, audience }) => [label, audience])).toEqual([
    ['Camera', null],
    ['For members', { kind: 'code_set', codeSetId: sets[0]?._id }],
  ]);
  const [count] = await counts(house.mongo).find({ performanceId: known.performanceId }).lean();
  expect([count?.capacity, count?.blocked]).toEqual([50, 23]);
});

test('of two drafts that sell one performance the second is refused and stays a draft', async () => {
  const ask = await house.as('organizer');
  const known = await hallWithEvent(ask);
  const drafts = await Promise.all([1, 2].map(() => ask('POST', DRAFTS, { body: planOf(known) })));
  const answers: Answer[] = [];
  for (const { body } of drafts) {
    answers.push(await ask('POST', `${DRAFTS}/${body.id}/publish`, { headers: { 'if-match': '"1"' } }));
  }
  expect(answers.map(({ status }) => status)).toEqual([200, 422]);
  expect(answers[1] && fieldsOf(answers[1])).toEqual(['performanceIds.0']);
  expect((await ask('GET', `${DRAFTS}/${drafts[1]?.body.id}`)).body).toMatchObject({ state: 'draft', saleId: null });
  const late = await ask('PUT', `${DRAFTS}/${drafts[0]?.body.id}`, {
    body: planOf(known),
    headers: { 'if-match': '*' },
  });
  expect(late.body).toMatchObject({ code: 'conflict' });
});
