// The shop as it is deployed, in processes of its own: booking API, worker and jobs, and fans who have their passes.
import { randomBytes } from 'node:crypto';
import type { BookingRequest, BookingView, Problem } from '@onsale/contracts';
import type { FanId } from '@onsale/domain';
import { generatePassKeyJwk, parsePassKeys, parseTokenKeys, sealFan, signPass } from '@onsale/pass';
import { signEvent } from '@onsale/payment-providers';
import { type TestApp, type TestSale, testApps, testMongo, testRabbit, testRedis, waitFor } from '@onsale/testkit';

const ISSUER = 'http://127.0.0.1';
const SECRET = 'sandbox';
const HOUR_SECONDS = 3_600;
export const PATIENCE_MS = 60_000; // on a machine that does other work as well

export type Answer<Body = Problem> = { readonly status: number; readonly body: Body };
type Accepted = { bookingId: string } & Problem;
type Begun = { paymentId: string } & Problem;

/** Call at the top of a test file. */
export function testShop() {
  const [database, rabbit, redis] = [testMongo(), testRabbit(), testRedis()];
  const passKeys = JSON.stringify([generatePassKeyJwk('test')]);
  const tokenKeys = `t:${randomBytes(32).toString('hex')}`;
  const apps = testApps(() => ({
    MONGODB_URI: database.uri,
    AMQP_URL: rabbit.url,
    REDIS_URL: redis.url,
    ONSALE_PARTITIONS: '2',
    ONSALE_PUBLIC_URL: ISSUER,
    ONSALE_SANDBOX_SECRET: SECRET,
    ONSALE_PASS_KEYS: passKeys,
    ONSALE_TOKEN_KEYS: tokenKeys,
  }));
  return {
    database,
    apps,
    amqpUrl: (): string => rabbit.url,
    /** A fan at this copy of the booking API. */
    fan: (api: TestApp, sale: TestSale, name: string) =>
      shopFan({ origin: `${ISSUER}:${api.port}/api/v1`, sale, fanId: name as FanId, passKeys, tokenKeys }),
    /** What the provider says to this copy, signed at `now` unless another signature is given. */
    tell(api: TestApp, event: object, signature?: string): Promise<Answer> {
      const rawBody = JSON.stringify(event);
      const signed = signature ?? signEvent({ secret: SECRET, rawBody, now: Date.now() });
      const headers = { 'onsale-signature': signed, 'content-type': 'application/json' };
      return send(`${ISSUER}:${api.port}/api/v1/webhooks/sandbox`, { method: 'POST', headers, body: rawBody });
    },
  };
}

export type ShopFan = ReturnType<typeof shopFan>;

function shopFan(it: {
  readonly origin: string;
  readonly sale: TestSale;
  readonly fanId: FanId;
  readonly passKeys: string;
  readonly tokenKeys: string;
}) {
  const { origin, sale, fanId } = it;
  const nowSeconds = Math.floor(Date.now() / 1000);
  const pass = signPass(parsePassKeys(it.passKeys), {
    ...{ iss: ISSUER, aud: sale.saleId, sub: fanId, jti: fanId, number: 1 },
    ...{ iat: nowSeconds, exp: nowSeconds + HOUR_SECONDS },
  });
  const own = { authorization: `Fan ${sealFan(parseTokenKeys(it.tokenKeys), fanId, Date.now())}` };
  const json = { 'content-type': 'application/json' };
  const booking = async (id: string) => (await send<BookingView>(`${origin}/bookings/${id}`, { headers: own })).body;
  return {
    /** Without a key when it is null. */
    book(key: string | null, items: unknown): Promise<Answer<Accepted>> {
      const headers = { ...json, authorization: `Bearer ${pass}`, ...(key !== null && { 'idempotency-key': key }) };
      const contact = { name: 'Aino Salo', email: `${fanId}@example.org` };
      const body = JSON.stringify({ items, contact } as BookingRequest);
      return send(`${origin}/performances/${sale.performanceId}/bookings`, { method: 'POST', headers, body });
    },
    booking,
    async reaches(id: string, state: BookingView['state']): Promise<BookingView> {
      let seen: unknown;
      const reached = waitFor(async () => {
        const now = await booking(id);
        seen = now;
        return now.state === state ? now : null;
      }, PATIENCE_MS);
      return reached.catch(() => {
        throw new Error(`not ${state}, but ${JSON.stringify(seen)}`);
      });
    },
    async holds(items: unknown): Promise<string> {
      const { status, body } = await this.book(`first-of-${fanId}`, items);
      if (status !== 202) throw new Error(`not accepted: ${status} ${JSON.stringify(body)}`);
      await this.reaches(body.bookingId, 'held');
      return body.bookingId;
    },
    pay: (id: string): Promise<Answer<Begun>> =>
      send(`${origin}/bookings/${id}/payment`, { method: 'POST', headers: own }),
    act: (method: string, path: string): Promise<Answer> =>
      send(`${origin}/bookings/${path}`, { method, headers: own }),
    /** The fan's answer at the provider. */
    answer(paymentId: string, outcome: string): Promise<Answer> {
      const body = JSON.stringify({ outcome });
      return send(`${origin}/payments/sandbox/${paymentId}`, { method: 'POST', headers: { ...own, ...json }, body });
    },
  };
}

async function send<Body>(url: string, init: RequestInit): Promise<Answer<Body>> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Body };
}
