// One fan as a program sees the product: the contract's routes over HTTP, credentials in headers. For tests.
import type {
  BookingRequest,
  BookingView,
  EventView,
  JoinedView,
  PassView,
  PlaceView,
  Problem,
  TicketView,
} from '@onsale/contracts';

export type Answer<Body> = { readonly status: number; readonly headers: Headers; readonly body: Body };

export type CallOptions = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** Sends JSON, reads JSON (or null where there is no body). */
export async function call<Body = Problem>(
  url: string,
  { method = 'GET', headers = {}, body }: CallOptions = {},
): Promise<Answer<Body>> {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? null : JSON.parse(text)) as Body };
}

export const contact = { name: 'Aino Salo', email: 'aino@example.org' };

export class FanClient {
  readonly api: string;
  readonly saleId: string;
  fanToken = '';
  placeToken = '';
  pass = '';

  constructor(origin: string, saleId: string) {
    this.api = `${origin}/api/v1`;
    this.saleId = saleId;
  }

  async join(): Promise<Answer<JoinedView>> {
    const headers = this.fanToken === '' ? {} : { authorization: `Fan ${this.fanToken}` };
    const answer = await call<JoinedView>(`${this.api}/sales/${this.saleId}/places`, {
      method: 'POST',
      headers,
      body: {},
    });
    this.fanToken = answer.body.fanToken;
    this.placeToken = answer.body.placeToken;
    return answer;
  }

  place(): Promise<Answer<PlaceView>> {
    return call<PlaceView>(`${this.api}/sales/${this.saleId}/place`, {
      headers: { authorization: `Place ${this.placeToken}` },
    });
  }

  async takePass(): Promise<Answer<PassView>> {
    const answer = await call<PassView>(`${this.api}/sales/${this.saleId}/pass`, {
      method: 'POST',
      headers: { authorization: `Place ${this.placeToken}` },
    });
    if (answer.status === 200) this.pass = answer.body.pass;
    return answer;
  }

  book(
    performanceId: string,
    key: string,
    items: BookingRequest['items'] | unknown,
  ): Promise<Answer<{ bookingId: string } & Problem>> {
    return call(`${this.api}/performances/${performanceId}/bookings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.pass}`, 'idempotency-key': key },
      body: { items, contact },
    });
  }

  booking(bookingId: string): Promise<Answer<BookingView>> {
    return this.asFan<BookingView>(`/bookings/${bookingId}`);
  }

  tickets(bookingId: string): Promise<Answer<{ tickets: TicketView[] }>> {
    return this.asFan(`/bookings/${bookingId}/tickets`);
  }

  asFan<Body>(path: string, options: CallOptions = {}): Promise<Answer<Body>> {
    return call<Body>(this.api + path, {
      ...options,
      headers: { authorization: `Fan ${this.fanToken}`, ...options.headers },
    });
  }
}

export async function firstEvent(origin: string): Promise<EventView> {
  const { body } = await call<{ events: EventView[] }>(`${origin}/api/v1/events`);
  const [event] = body.events;
  if (event === undefined) throw new Error('no event is published');
  return event;
}
