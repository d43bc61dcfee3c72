// What an organizer and an operator do by hand, done for a test: over the staff routes of the running stack.
import type { AdmissionSettings, AdmissionView, NewSale, PerformanceView, SeatingPlan } from '@onsale/contracts';
import { waitFor } from '@onsale/testkit';

export type StaffHand = {
  makeSale(wish: SaleWish): Promise<{ readonly saleId: string; readonly slug: string; readonly performanceId: string }>;
  /** An event with a performance that nobody sells yet. */
  makeEvent(
    wish: EventWish,
  ): Promise<{ readonly eventId: string; readonly slug: string; readonly performanceId: string }>;
  act(saleId: string, act: 'pause' | 'resume' | 'drain'): Promise<void>;
  call(saleId: string, count: number): Promise<void>;
  /** Changes settings of admission on what they are now; answers them as they then are. */
  settings(saleId: string, change: Partial<AdmissionSettings>): Promise<AdmissionSettings>;
  notify(saleId: string, notice: string): Promise<void>;
  /** Codes of a set of their own, as their file holds them. */
  makeCodes(saleId: string, count: number): Promise<{ readonly codeSetId: string; readonly codes: readonly string[] }>;
  /** Keeps stock back for those who came by a code set, and waits until that is decided. */
  keepFor(performanceId: string, block: { codeSetId: string; seatIds: readonly string[] }): Promise<void>;
  /** Changes what has a version, its path behind /api/v1. */
  change(path: string, body: unknown, version: number): Promise<unknown>;
};

export type SaleWish = {
  readonly title: string;
  /** Seconds from now; a pre-queue in the past is open. */
  readonly prequeueIn: number;
  readonly opensIn: number;
  readonly closesIn?: number;
  readonly capacity?: number;
  readonly callWindowSeconds?: number;
  readonly holdSeconds?: number;
  readonly holdMaxSeconds?: number;
  /** A presale for codes comes first, and the general sale an hour after its opening. */
  readonly presale?: boolean;
  readonly publicDraw?: { readonly source: string; readonly waitSeconds: number };
  readonly admission?: Partial<AdmissionSettings>;
  readonly identity?: NewSale['identity'];
  readonly theme?: { readonly accent: string; readonly stage: string };
  /** With a plan the seats are numbered, in the plan's own categories. */
  readonly plan?: SeatingPlan;
  readonly rules?: Partial<PerformanceView['rules']>;
};

type EventWish = Pick<SaleWish, 'title' | 'theme' | 'plan' | 'capacity' | 'rules'>;

const DAY_SECONDS = 24 * 3600;
const BLOCK_LIMIT_MS = 30_000;

export async function staffHand(origin: string, admin: { email: string; password: string }): Promise<StaffHand> {
  const session = await fetch(`${origin}/api/v1/session`, json('POST', admin));
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  const cookie = session.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  const ask = async (method: string, path: string, body?: unknown, more = {}): Promise<Response> => {
    const { headers, ...rest } = json(method, body);
    const key = { 'idempotency-key': crypto.randomUUID() };
    const reply = await fetch(`${origin}/api/v1${path}`, {
      ...rest,
      // A kept connection that idles between two steps of a test may be closed in the moment it is used again.
      headers: { ...headers, ...key, ...more, cookie, 'x-csrf-token': csrfToken, connection: 'close' },
    });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return reply;
  };
  const send = async <Body>(method: string, path: string, body?: unknown): Promise<Body> =>
    (await (await ask(method, path, body)).json()) as Body;
  return {
    makeSale: (wish) => makeSale(send, wish),
    makeEvent: (wish) => makeEvent(send, wish),
    act: (saleId, act) => send('POST', `/ops/sales/${saleId}/${act}`),
    call: (saleId, count) => send('POST', `/ops/sales/${saleId}/call`, { count }),
    settings: async (saleId, change) => {
      const path = `/ops/sales/${saleId}/admission`;
      const { version } = await send<AdmissionView>('GET', path);
      const changed = await ask('PATCH', path, change, { 'if-match': `"${version}"` });
      return ((await changed.json()) as AdmissionView).settings;
    },
    notify: (saleId, notice) => send('PUT', `/ops/sales/${saleId}/notice`, { notice }),
    change: (path, body, version) => ask('PATCH', path, body, { 'if-match': `"${version}"` }),
    makeCodes: async (saleId, count) => {
      const sets = `/organizer/sales/${saleId}/code-sets`;
      const set = { name: 'Members', count, usesMax: 1, phaseIds: [], expiresAt: null, invite: null };
      const { id: codeSetId } = await send<{ id: string }>('POST', sets, set);
      const file = await (await ask('GET', `${sets}/${codeSetId}/codes`)).text();
      return {
        codeSetId,
        codes: file
          .trim()
          .split('\r\n')
          .slice(1)
          .map((line) => line.split(',')[0] ?? ''),
      };
    },
    keepFor: async (performanceId, { codeSetId, seatIds }) => {
      const blocks = `/organizer/performances/${performanceId}/blocks`;
      const audience = { kind: 'code_set', codeSetId };
      const block = { label: 'Members', items: [{ seatIds }], audience, releaseAt: null };
      const { blockId } = await send<{ blockId: string }>('POST', blocks, block);
      await waitFor(async () => {
        const { blocks: known } = await send<{ blocks: { id: string; state: string }[] }>('GET', blocks);
        return known.some(({ id, state }) => id === blockId && state === 'active');
      }, BLOCK_LIMIT_MS);
    },
  };
}

type Send = <Body>(method: string, path: string, body?: unknown) => Promise<Body>;

const after = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

async function makeEvent(send: Send, wish: EventWish) {
  const slug = wish.title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const venue = { name: 'Sibelius Hall', city: 'Lahti', timeZone: 'Europe/Helsinki' };
  const { id: eventId } = await send<{ id: string }>('POST', '/organizer/events', {
    slug,
    title: wish.title,
    description: 'An evening made for a test.',
    venue,
    ...(wish.theme && { theme: wish.theme }),
  });
  const planId = wish.plan && (await send<{ id: string }>('POST', '/organizer/seating-plans', planOf(wish.plan))).id;
  const performance = await send<{ id: string }>('POST', '/organizer/performances', {
    eventId,
    planId: planId ?? null,
    name: 'Late evening',
    startsAt: after(40 * DAY_SECONDS),
    categories: wish.plan ? categoriesOf(wish.plan) : [{ ...standing, capacity: wish.capacity ?? 100 }],
    ...(wish.rules && { rules: wish.rules }),
  });
  return { eventId, slug, performanceId: performance.id };
}

async function makeSale(send: Send, wish: SaleWish) {
  const { eventId, slug, performanceId } = await makeEvent(send, wish);
  const terms = {
    ...usualTerms,
    eventId,
    performanceIds: [performanceId],
    callWindowSeconds: wish.callWindowSeconds ?? 180,
    holdSeconds: wish.holdSeconds ?? 300,
    ...(wish.holdMaxSeconds && { holdMaxSeconds: wish.holdMaxSeconds }),
    admission: { ...usualTerms.admission, ...wish.admission },
    ...(wish.identity && { identity: wish.identity }),
  };
  const saleId = await openingSoon(wish.opensIn, (opensIn) =>
    send<{ id: string }>('POST', '/organizer/sales', { ...terms, phases: phasesOf({ ...wish, opensIn }, after) }),
  );
  return { saleId, slug, performanceId };
}

const LATER_SECONDS = 2;
const LATER_MAX = 5;

/** A sale opens in the future; a busy machine takes longer to make one than it is away, and tries with a later moment. */
async function openingSoon(opensIn: number, make: (opensIn: number) => Promise<{ id: string }>): Promise<string> {
  for (let later = 0; ; later++) {
    try {
      return (await make(opensIn + later * LATER_SECONDS)).id;
    } catch (error) {
      if (later === LATER_MAX || !String(error).includes('a phase opens in the future')) throw error;
    }
  }
}

function phasesOf({ prequeueIn, opensIn, closesIn = 14 * DAY_SECONDS, presale, publicDraw }: SaleWish, after: After) {
  const phase = (kind: 'presale' | 'general', [prequeue, opens, closes]: readonly [number, number, number]) => ({
    kind,
    needsCode: kind === 'presale',
    prequeueOpensAt: after(prequeue),
    opensAt: after(opens),
    closesAt: after(closes),
    ...(publicDraw && { publicDraw }),
  });
  if (presale !== true) return [phase('general', [prequeueIn, opensIn, closesIn])];
  const ends = opensIn + HOUR_SECONDS;
  return [phase('presale', [prequeueIn, opensIn, ends]), phase('general', [ends, ends + 60, closesIn])];
}

type After = (seconds: number) => string;
const HOUR_SECONDS = 3600;

const price = { amount: 2500, currency: 'EUR' };
const standing = { id: 'standing', name: 'Standing', kind: 'general', price, color: '#8a4fa3' };

const planOf = (plan: SeatingPlan) => ({ name: 'A hall for a test', plan });

const COLORS = ['#2a6f97', '#b8860b', '#4f7f3a'];

/** A price for every category that the plan names, each dearer than the one before. */
function categoriesOf(plan: SeatingPlan) {
  const seats = plan.sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
  const ids = [...new Set(seats.map(({ categoryId }) => categoryId))];
  return ids.map((id, i) => ({
    id,
    name: id,
    kind: 'reserved',
    price: { amount: 3000 + 1000 * i, currency: 'EUR' },
    color: COLORS[i % COLORS.length],
  }));
}

const usualTerms: Pick<NewSale, 'name' | 'currency' | 'limits' | 'passSeconds' | 'admission'> = {
  name: 'General sale',
  currency: 'EUR',
  limits: { seatsPerBooking: 4, seatsPerFan: 8 },
  passSeconds: 900,
  admission: {
    mode: 'automatic',
    ratePerMinute: 600,
    maxActive: 200,
    floor: 30,
    ceiling: 1200,
    noShowCompensation: true,
    stockAware: true,
    autoSlow: true,
  },
};

/** Fans who only join: they make the line long. */
export async function joinMany(origin: string, saleId: string, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, () => fetch(`${origin}/api/v1/sales/${saleId}/places`, json('POST', {}))),
  );
}

const json = (method: string, body?: unknown) => ({
  method,
  headers: { 'content-type': 'application/json' },
  ...(body !== undefined && { body: JSON.stringify(body) }),
});
