// What a page without JavaScript sends: plain forms, each turned into the one call of the API that the script would make,
// then back to the page. A form of another origin is refused, so that no other site can act for a fan.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '@onsale/contracts';
import { ProblemError, readBody } from '@onsale/runtime';
import { languages } from '../language/language.ts';
import { LANGUAGE_COOKIE } from '../language/language-cookie.ts';
import { matchRoute } from '../routing/match-route.ts';
import type { ApiAnswer, ApiClient, Asker } from './ask-api.ts';
import { bookForm, bookingForms } from './booking-forms.ts';
import { wishedTags } from './wished-language.ts';

export type FormDeps = { readonly api: ApiClient; readonly publicUrl: string };
export type FormCall = {
  readonly path: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
};

export type Filled = {
  readonly deps: FormDeps;
  readonly saleId: string;
  readonly fields: URLSearchParams;
  readonly asker: Asker;
  readonly locale: string | undefined;
};
/** Where the browser goes next, and what it is to remember. */
export type Outcome = { readonly to: string; readonly cookies: readonly string[] };

const BODY_LIMIT_BYTES = 4096;
const YEAR_SECONDS = 365 * 24 * 3600;

const saleForms: Readonly<Record<string, (filled: Filled) => Promise<Outcome>>> = {
  join,
  book: bookForm,
  leave: async ({ deps, saleId, asker }) =>
    back(saleId, await deps.api.asFan(asker, 'leaveLine', { params: { saleId } })),
  again: async (filled) => {
    await filled.deps.api.asFan(filled.asker, 'leaveLine', { params: { saleId: filled.saleId } });
    return join(filled);
  },
  defer: async ({ deps, saleId, fields, asker }) => {
    const minutes = Number(fields.get('minutes') ?? 10);
    return back(saleId, await deps.api.asFan(asker, 'deferPlace', { params: { saleId }, body: { minutes } }));
  },
  ready: async ({ deps, saleId, asker }) =>
    back(saleId, await deps.api.asFan(asker, 'endDeferral', { params: { saleId } })),
  enter: async ({ deps, saleId, asker }) => {
    const answer = await deps.api.asFan(asker, 'takePass', { params: { saleId } });
    return answer.kind === 'ok' ? { to: `/sales/${saleId}/shop`, cookies: answer.cookies } : back(saleId, answer);
  },
  returns: async ({ deps, saleId, fields, asker, locale }) => {
    const quantity = Number(fields.get('quantity') ?? 2);
    const body = { email: (fields.get('email') ?? '').trim(), quantity, ...(locale && { locale }) };
    const answer = await deps.api.asFan(asker, 'leaveAddress', { params: { saleId }, body });
    return answer.kind === 'ok' ? { to: `/sales/${saleId}?told=returns`, cookies: [] } : back(saleId, answer);
  },
};

export async function takeForm(deps: FormDeps, { path, request, response }: FormCall): Promise<void> {
  if (!isFromHere(request, deps.publicUrl)) return refuse(response, 403, 'This form was not sent from our own pages.');
  const act = actOf(path);
  if (act === undefined) return refuse(response, 404, 'There is no such form.');
  let fields: URLSearchParams;
  try {
    fields = new URLSearchParams((await readBody(request, BODY_LIMIT_BYTES)).toString('utf8'));
  } catch (error) {
    if (error instanceof ProblemError) return refuse(response, 413, 'The form is larger than allowed.');
    throw error;
  }
  const { headers } = request;
  const outcome =
    act === 'language'
      ? chooseLanguage(fields, deps.publicUrl)
      : await act({ deps, fields, asker: askerOf(request), locale: wishedTags(headers['accept-language'] ?? '')[0] });
  response.writeHead(303, {
    Location: outcome.to,
    'Cache-Control': 'no-store',
    ...(outcome.cookies.length > 0 && { 'Set-Cookie': [...outcome.cookies] }),
  });
  response.end();
}

type Act = (filled: Omit<Filled, 'saleId'>) => Promise<Outcome>;

function actOf(path: string): Act | 'language' | undefined {
  if (path === '/language') return 'language';
  const { saleId = '', form: ofSale = '' } = matchRoute('/sales/:saleId/:form', path) ?? {};
  const saleForm = saleForms[ofSale];
  if (saleForm !== undefined) return (filled) => saleForm({ ...filled, saleId });
  const { bookingId = '', form: ofBooking = '' } = matchRoute('/bookings/:bookingId/:form', path) ?? {};
  const bookingForm = bookingForms[ofBooking];
  return bookingForm && ((filled) => bookingForm({ ...filled, saleId: '', bookingId }));
}

async function join({ deps, saleId, fields, asker, locale }: Filled): Promise<Outcome> {
  const accessCode = (fields.get('accessCode') ?? '').trim();
  const body = { ...(accessCode && { accessCode }), ...(locale && { locale }) };
  return back(saleId, await deps.api.asFan(asker, 'joinLine', { params: { saleId }, body }));
}

/** Back to the sale's page, which says what went wrong, if anything did. */
function back(saleId: string, answer: ApiAnswer<unknown>): Outcome {
  const page = `/sales/${encodeURIComponent(saleId)}`;
  if (answer.kind === 'ok') return { to: page, cookies: answer.cookies };
  const code: ErrorCode = answer.kind === 'away' ? 'unavailable' : answer.problem.code;
  return { to: `${page}?problem=${code}`, cookies: [] };
}

function chooseLanguage(fields: URLSearchParams, publicUrl: string): Outcome {
  const language = fields.get('language') ?? '';
  const wanted = fields.get('back') ?? '/';
  // Only a path of ours: an address with a host would make this a way to send fans anywhere.
  const to = /^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) ? wanted : '/';
  if (!(language in languages)) return { to, cookies: [] };
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  return {
    to,
    cookies: [`${LANGUAGE_COOKIE}=${language}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`],
  };
}

/** Browsers say where a form comes from; one that says nothing at all is not believed. */
function isFromHere({ headers }: IncomingMessage, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return origin === new URL(publicUrl).origin || (URL.canParse(origin) && new URL(origin).host === host);
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' }).end(`${sentence}\n`);
}

/** The fan's cookies and address as the gateway told them. */
export function askerOf({ headers, socket }: IncomingMessage): Asker {
  const before = headers['x-forwarded-for'];
  const address = typeof before === 'string' ? before : socket.remoteAddress;
  return { cookie: headers.cookie, address };
}
