// The forms of the shop and of bookings without scripts.
import type { PaymentStarted } from '../api/fan-api.ts';
import type { ApiAnswer, FanCall, RouteName } from './ask-api.ts';
import type { Filled, Outcome } from './forms.ts';

/** Asks for the best seats of a price, or for places without seats. */
export async function bookForm({ deps, saleId, fields, asker }: Filled): Promise<Outcome> {
  const performanceId = fields.get('performanceId') ?? '';
  const [kind, categoryId = ''] = (fields.get('category') ?? '').split(':');
  const quantity = Number(fields.get('quantity'));
  const isNumbered = kind === 'reserved';
  const item = {
    categoryId,
    quantity,
    ...(isNumbered && { bestAvailable: true }),
    ...(isNumbered && fields.has('accessible') && { accessible: 1 }),
  };
  const contact = { name: (fields.get('name') ?? '').trim(), email: (fields.get('email') ?? '').trim() };
  const answer = await deps.api.asFan<{ bookingId: string }>(asker, 'requestBooking', {
    params: { performanceId },
    headers: { 'idempotency-key': fields.get('key') ?? '' },
    body: { items: [item], contact },
  });
  if (answer.kind === 'ok') return { to: `/bookings/${answer.body.bookingId}`, cookies: [] };
  const code = codeOf(answer);
  const page =
    code === 'pass_required' ? `/sales/${saleId}` : `/sales/${saleId}/shop/${encodeURIComponent(performanceId)}`;
  return { to: `${page}?problem=${code}`, cookies: [] };
}

type BookingAct = (filled: Filled & { readonly bookingId: string }) => Promise<Outcome>;

const simple =
  (name: RouteName, call: (filled: Filled) => FanCall = () => ({})): BookingAct =>
  async (filled) => {
    const { deps, asker, bookingId } = filled;
    await deps.api.asFan(asker, name, { params: { bookingId }, ...call(filled) });
    return { to: `/bookings/${bookingId}`, cookies: [] };
  };

/** Each ends at the booking's page, which tells the truth whatever became of the act. */
export const bookingForms: Readonly<Record<string, BookingAct>> = {
  'more-time': simple('extendHold'),
  release: simple('releaseBooking'),
  sandbox: simple('decideSandboxPayment', ({ fields }) => ({
    params: { paymentId: fields.get('paymentId') ?? '' },
    body: { outcome: fields.get('outcome') },
  })),
  // A form may not lead to another site (`form-action 'self'`): our own page tells where one pays, and links there.
  pay: async ({ deps, asker, bookingId }) => {
    const answer = await deps.api.asFan<PaymentStarted>(asker, 'startPayment', { params: { bookingId } });
    const isElsewhere = answer.kind === 'ok' && answer.body.action.kind === 'redirect';
    const isAway = answer.kind === 'away' || (answer.kind === 'problem' && answer.problem.status >= 500);
    const page = isElsewhere ? `/bookings/${bookingId}/pay` : `/bookings/${bookingId}`;
    return { to: isAway ? `${page}?problem=payment_provider_away` : page, cookies: [] };
  },
};

const codeOf = (answer: Exclude<ApiAnswer<unknown>, { kind: 'ok' }>): string =>
  answer.kind === 'away' ? 'unavailable' : answer.problem.code;
