// What an organizer and an operator do by hand, done for a test: over the staff routes of the running stack.
import type { AdmissionSettings, NewSale } from '@onsale/contracts';

export type StaffHand = {
  makeSale(wish: SaleWish): Promise<{ readonly saleId: string; readonly slug: string; readonly performanceId: string }>;
  act(saleId: string, act: 'pause' | 'resume' | 'drain'): Promise<void>;
  call(saleId: string, count: number): Promise<void>;
  notify(saleId: string, notice: string): Promise<void>;
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
  readonly admission?: Partial<AdmissionSettings>;
  readonly identity?: NewSale['identity'];
  readonly theme?: { readonly accent: string; readonly stage: string };
};

const DAY_SECONDS = 24 * 3600;

export async function staffHand(origin: string, admin: { email: string; password: string }): Promise<StaffHand> {
  const session = await fetch(`${origin}/api/v1/session`, json('POST', admin));
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  const cookie = session.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  const send = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const { headers, ...rest } = json(method, body);
    const reply = await fetch(`${origin}/api/v1${path}`, {
      ...rest,
      headers: { ...headers, cookie, 'x-csrf-token': csrfToken },
    });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as Body;
  };
  return {
    makeSale: (wish) => makeSale(send, wish),
    act: (saleId, act) => send('POST', `/ops/sales/${saleId}/${act}`),
    call: (saleId, count) => send('POST', `/ops/sales/${saleId}/call`, { count }),
    notify: (saleId, notice) => send('PUT', `/ops/sales/${saleId}/notice`, { notice }),
  };
}

type Send = <Body>(method: string, path: string, body?: unknown) => Promise<Body>;

async function makeSale(send: Send, wish: SaleWish) {
  const after = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const slug = wish.title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const venue = { name: 'Sibelius Hall', city: 'Lahti', timeZone: 'Europe/Helsinki' };
  const { id: eventId } = await send<{ id: string }>('POST', '/organizer/events', {
    slug,
    title: wish.title,
    description: 'An evening made for a test.',
    venue,
    ...(wish.theme && { theme: wish.theme }),
  });
  const performance = await send<{ id: string }>('POST', '/organizer/performances', {
    eventId,
    planId: null,
    name: 'Late evening',
    startsAt: after(40 * DAY_SECONDS),
    categories: [
      {
        id: 'standing',
        name: 'Standing',
        kind: 'general',
        price: { amount: 2500, currency: 'EUR' },
        color: '#8a4fa3',
        capacity: wish.capacity ?? 100,
      },
    ],
  });
  const sale = await send<{ id: string }>('POST', '/organizer/sales', {
    ...terms,
    eventId,
    performanceIds: [performance.id],
    callWindowSeconds: wish.callWindowSeconds ?? 180,
    holdSeconds: wish.holdSeconds ?? 300,
    admission: { ...terms.admission, ...wish.admission },
    ...(wish.identity && { identity: wish.identity }),
    phases: [
      {
        kind: 'general',
        needsCode: false,
        prequeueOpensAt: after(wish.prequeueIn),
        opensAt: after(wish.opensIn),
        closesAt: after(wish.closesIn ?? 14 * DAY_SECONDS),
      },
    ],
  });
  return { saleId: sale.id, slug, performanceId: performance.id };
}

const terms: Pick<NewSale, 'name' | 'currency' | 'limits' | 'passSeconds' | 'admission'> = {
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
