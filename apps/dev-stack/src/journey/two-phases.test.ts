// A presale with codes and a general sale after it, through the running product: two pre-queues, two draws, one line.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { FairnessView, LineDocument, PlaceView, Problem, SaleView } from '@onsale/contracts';
import { testStack, waitFor } from '@onsale/testkit';
import { call } from './fan-client.ts';

const stack = testStack({ prequeueSeconds: 60 });
const LONG_MS = 120_000;
const STEP_LIMIT_MS = 30_000;
let staff: Record<string, string>;
let sale: SaleView;
let codes: string[];

const after = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const api = <Body>(
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {},
) => call<Body>(`${stack.origin}/api/v1${path}`, { method, headers, ...(body !== undefined && { body }) });
const asStaff = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
  const answer = await api<Body>(method, path, { headers: staff, body });
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};

beforeAll(async () => {
  const signedIn = await api<{ csrfToken: string }>('POST', '/session', { body: stack.admin });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  staff = { cookie, 'x-csrf-token': signedIn.body.csrfToken };
  sale = await newSale();
  const { id } = await asStaff<{ id: string }>('POST', `/organizer/sales/${sale.id}/code-sets`, {
    name: 'Members',
    count: 20,
    usesMax: 1,
    phaseIds: [sale.phases[0]?.id],
    expiresAt: null,
    invite: null,
  });
  const file = await fetch(`${stack.origin}/api/v1/organizer/sales/${sale.id}/code-sets/${id}/codes`, {
    headers: staff,
  });
  codes = (await file.text())
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '');
}, LONG_MS);

async function newSale(): Promise<SaleView> {
  const venue = { name: 'Hall', city: 'Lahti', timeZone: 'Europe/Helsinki' };
  const event = { slug: 'two-phases', title: 'Two phases', description: '', venue };
  const { id: eventId } = await asStaff<{ id: string }>('POST', '/organizer/events', event);
  const price = { amount: 100, currency: 'EUR' };
  const categories = [{ id: 'standing', name: 'Standing', kind: 'general', price, color: '#000000', capacity: 50 }];
  const performance = await asStaff<{ id: string }>('POST', '/organizer/performances', {
    eventId,
    name: 'Evening',
    startsAt: after(86_400),
    planId: null,
    categories,
  });
  return asStaff<SaleView>('POST', '/organizer/sales', {
    eventId,
    name: 'Sale',
    performanceIds: [performance.id],
    currency: 'EUR',
    phases: [
      { kind: 'presale', needsCode: true, prequeueOpensAt: after(-1), opensAt: after(8), closesAt: after(3600) },
      { kind: 'general', needsCode: false, prequeueOpensAt: after(26), opensAt: after(40), closesAt: after(7200) },
    ],
    limits: { seatsPerBooking: 2, seatsPerFan: 2 },
    holdSeconds: 60,
    callWindowSeconds: 600,
    passSeconds: 600,
    admission: {
      mode: 'manual',
      ratePerMinute: 600,
      maxActive: 100,
      floor: 0,
      ceiling: 0,
      noShowCompensation: false,
      stockAware: false,
      autoSlow: false,
    },
  });
}

type Fan = { readonly token: string };
const join = (body: object) => api<PlaceView & Problem>('POST', `/sales/${sale.id}/places`, { body });
const member = async (code: number): Promise<Fan> => ({
  token: (await join({ accessCode: codes[code] })).body.placeToken,
});
const place = async ({ token }: Fan) =>
  (await api<PlaceView>('GET', `/sales/${sale.id}/place`, { headers: { authorization: `Place ${token}` } })).body;
const numbersOf = (fans: readonly Fan[]) =>
  Promise.all(fans.map((fan) => waitFor(async () => (await place(fan)).number, STEP_LIMIT_MS)));
const line = async () => (await api<LineDocument>('GET', `/sales/${sale.id}/line`)).body;
const callByHand = (count: number) => asStaff('POST', `/ops/sales/${sale.id}/call`, { count });
const sorted = (numbers: readonly (number | null)[]) => [...numbers].sort((a, b) => Number(a) - Number(b));

test(
  'members are drawn and called first; who was not served keeps the place ahead of the general draw',
  async () => {
    const members = await Promise.all([0, 1, 2, 3].map(member));
    expect(await join({})).toMatchObject({ status: 422, body: { code: 'code_invalid' } });
    expect(sorted(await numbersOf(members))).toEqual([1, 2, 3, 4]);
    await callByHand(1);
    await waitFor(async () => (await line()).served === 1);
    // After the draw a member lines up behind, in the order of coming.
    const late = [await member(4), await member(5)];
    expect(await numbersOf(late)).toEqual([5, 6]);

    // The general pre-queue opens while the presale goes on: no code is needed, and nobody has a number yet.
    const general = await waitFor(async () => {
      const { status, body } = await join({});
      return status === 201 ? [{ token: body.placeToken }] : null;
    }, STEP_LIMIT_MS);
    general.push(
      ...(await Promise.all(Array.from({ length: 5 }, async () => ({ token: (await join({})).body.placeToken })))),
    );
    expect((await line()).phase).toBe('open');
    for (const fan of general) expect(await place(fan)).toMatchObject({ state: 'prequeue', number: null });
    await callByHand(1);
    await waitFor(async () => (await line()).served === 2);
    // A code of the presale is none of the general sale.
    expect((await join({ accessCode: codes[6] })).body.fields?.[0]?.message).toMatch(/another phase/);
    // More are called than members wait: the draw to come is not anticipated.
    await callByHand(100);
    await waitFor(async () => (await line()).served === 6);
    const unserved = await numbersOf(members);
    expect(sorted(unserved)).toEqual([1, 2, 3, 4]);
    expect((await place(general[0] as Fan)).state).toBe('prequeue');

    expect(sorted(await numbersOf(general))).toEqual([7, 8, 9, 10, 11, 12]);
    await callByHand(100);
    await waitFor(async () => (await line()).served >= 12, STEP_LIMIT_MS);
    for (const fan of general) await waitFor(async () => (await place(fan)).state === 'called');

    const fairness = (await api<FairnessView>('GET', `/sales/${sale.id}/fairness`)).body;
    expect(fairness.draws.map(({ firstIndex, size }) => [firstIndex, size])).toEqual([
      [0, 4],
      [6, 6],
    ]);
    expect(fairness.draws.every(({ seed }) => seed !== null)).toBe(true);
    const url = `${stack.origin}/api/v1/sales/${sale.id}/fairness?index=7`;
    const { stdout } = await promisify(execFile)(process.execPath, ['scripts/verify-draw.mjs', url]);
    expect(stdout).toContain('7');
  },
  LONG_MS,
);
