// The page server's listener: pages by GET, forms by POST. A page that concerns nobody in particular is drawn and compressed
// once a second for each language, however many come; a fan's own page is drawn for that fan alone.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { placeCookie } from '@onsale/contracts';
import { themeColors } from '@onsale/domain';
import { type Logger, type Metrics, readCookie } from '@onsale/runtime';
import { t, type Words } from '../language/language.ts';
import { OFFLINE_MARK } from '../offline/await-return.ts';
import { Loading, MessagePage, NotFoundPage } from '../ui/page.tsx';
import type { ApiClient, Asker } from './ask-api.ts';
import type { BuiltPages } from './built-pages.ts';
import { calendarOf } from './calendar-page.ts';
import { drawPage } from './draw-page.tsx';
import { askerOf, takeForm } from './forms.ts';
import { type HtmlDocument, htmlDocument } from './html-document.ts';
import { dependsOnPlaceOnly, type PageContents, pageContents } from './page-contents.ts';
import { themeRule } from './theme-rule.ts';
import { wordsFor } from './wished-language.ts';

export type PageDeps = {
  readonly api: ApiClient;
  readonly built: BuiltPages;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  now(): number;
  /** 0…1 */
  random(): number;
};

type Visitor = {
  readonly path: string;
  readonly query: string;
  readonly words: Words;
  readonly asker: Asker;
  readonly encoding: 'br' | 'gzip' | '';
};

type Reply = { readonly status: number; readonly headers: Record<string, string>; readonly bytes: Buffer };

const FRESH_MS = 1_000;
const KEPT_MAX = 200; // pages × languages × encodings; the oldest go
const SECURITY_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

export function pageHandler(deps: PageDeps): RequestListener {
  const kept = new Map<string, { readonly at: number; readonly reply: Promise<Reply> }>();
  const seconds = deps.metrics.histogram(
    'page_seconds',
    'Time from the request for a page to the end of the answer.',
    [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    ['status'],
  );
  const pageFor = async (request: IncomingMessage, visitor: Visitor): Promise<Reply> => {
    const hasPlaces = request.headers.cookie?.includes(placeCookie('' as never)) ?? false;
    const isShared = !hasPlaces && visitor.query === '' && dependsOnPlaceOnly(visitor.path);
    if (!isShared) return makePage(deps, visitor, request.headers.cookie);
    const key = `${visitor.words.locale} ${visitor.encoding} ${visitor.path}`;
    const before = kept.get(key);
    if (before !== undefined && deps.now() - before.at < FRESH_MS) return before.reply;
    const reply = makePage(deps, visitor, request.headers.cookie);
    // Who is sent away comes back at a moment of one's own.
    void reply.then(
      ({ status }) => status === 503 && kept.get(key)?.reply === reply && kept.delete(key),
      () => kept.delete(key),
    );
    kept.delete(key);
    kept.set(key, { at: deps.now(), reply });
    if (kept.size > KEPT_MAX) kept.delete(kept.keys().next().value as string);
    return reply;
  };
  return (request, response) => {
    const end = seconds.startTimer({});
    response.once('close', () => end({ status: String(response.statusCode) }));
    answer({ deps, request, response, pageFor }).catch((error: unknown) => {
      deps.logger.error({ err: error }, 'a page could not be made');
      if (response.headersSent) return void response.destroy();
      response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Something broke on our side.\n');
    });
  };
}

type Exchange = {
  readonly deps: PageDeps;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly pageFor: (request: IncomingMessage, visitor: Visitor) => Promise<Reply>;
};

async function answer({ deps, request, response, pageFor }: Exchange): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?');
  if (request.method === 'POST') return takeForm(deps, { path, request, response });
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return void response.writeHead(405, { Allow: 'GET, HEAD, POST' }).end();
  }
  const words = await wordsFor({ cookie: request.headers.cookie, acceptLanguage: request.headers['accept-language'] });
  const visitor = { path, query, words, asker: askerOf(request), encoding: encodingOf(request) };
  const calendar = await calendarOf(deps, visitor);
  if (calendar !== null) return void response.writeHead(200, calendar.headers).end(calendar.text);
  const { status, headers, bytes } = await pageFor(request, visitor);
  // The page may have been kept for a second; by this the page's clock is right all the same.
  response.writeHead(status, { ...headers, 'Server-Timing': `now;desc="${new Date(deps.now()).toISOString()}"` });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

async function makePage(deps: PageDeps, visitor: Visitor, cookie: string | undefined): Promise<Reply> {
  const contents = await pageContents(deps, {
    path: visitor.path,
    asker: visitor.asker,
    problem: new URLSearchParams(visitor.query).get('problem'),
    hasPlace: (saleId) => readCookie(cookie, placeCookie(saleId as never)) !== undefined,
  });
  const { html, contentSecurityPolicy } = documentOf(deps, visitor, contents);
  const isPersonal = contents.kind === 'page' && contents.isPersonal;
  const bytes = await compressed(html, visitor.encoding);
  return {
    status: contents.kind === 'missing' ? 404 : contents.kind === 'away' ? 503 : 200,
    bytes,
    headers: {
      ...SECURITY_HEADERS,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': visitor.words.language,
      'Content-Length': String(bytes.length),
      'Content-Security-Policy': contentSecurityPolicy,
      'Cache-Control': isPersonal || contents.kind !== 'page' ? 'private, no-store' : 'public, max-age=0, s-maxage=1',
      ...(contents.kind === 'away' && { 'Retry-After': '5' }),
      Vary: 'Accept-Encoding, Accept-Language, Cookie',
      ...(visitor.encoding !== '' && { 'Content-Encoding': visitor.encoding }),
    },
  };
}

function documentOf({ built, now, random }: PageDeps, visitor: Visitor, contents: PageContents): HtmlDocument {
  const { words, path, query } = visitor;
  const content = contentFor(contents);
  const answers = contents.kind === 'page' ? contents.answers : {};
  const { body, title } = drawPage({ words, path, query, answers, ...(content && { content }) });
  const event = contents.kind === 'page' ? contents.event : null;
  const takesOver = contents.kind === 'page' || contents.kind === 'missing';
  return htmlDocument(built, {
    language: words.language,
    title,
    description: event?.description.slice(0, 200) || t('page.description'),
    body,
    given: takesOver
      ? { language: words.language, locale: words.locale, at: new Date(now()).toISOString(), answers }
      : null,
    theme: event?.theme ? themeRule(themeColors(event.theme)) : '',
    againAfterSeconds: againAfter(contents, random()),
    needsAllStyles: contents.kind === 'script',
  });
}

/** Where the API does not answer, all who look come back spread over this time, and not at the same moment. */
const AWAY_SECONDS = { least: 4, spread: 12 };

function againAfter(contents: PageContents, random: number): number | null {
  if (contents.kind === 'page') return contents.againAfterSeconds;
  if (contents.kind === 'script') return contents.plain?.againAfterSeconds ?? null;
  return contents.kind === 'away' ? AWAY_SECONDS.least + random * AWAY_SECONDS.spread : null;
}

/** With scripts a page beyond the line is drawn by them; without, its plain form is what is seen. */
function contentFor(contents: PageContents) {
  if (contents.kind === 'script' && contents.plain !== null) {
    const { content } = contents.plain;
    return () => (
      <>
        <div class="script-only">
          <Loading />
        </div>
        <noscript>{content()}</noscript>
      </>
    );
  }
  if (contents.kind === 'missing') return () => <NotFoundPage />;
  if (contents.kind === 'offline') return () => <OfflinePage />;
  if (contents.kind === 'away') return () => <MessagePage title={t('page.away')} text={t('connection.safe')} />;
  return null;
}

function OfflinePage() {
  return (
    <MessagePage title={t('connection.lost')} text={t('connection.safe')}>
      <form id={OFFLINE_MARK}>
        <button type="submit" class="button primary">
          {t('page.retry')}
        </button>
      </form>
    </MessagePage>
  );
}

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

async function compressed(html: string, encoding: Visitor['encoding']): Promise<Buffer> {
  if (encoding === 'br') return brotli(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  if (encoding === 'gzip') return gzipped(html, { level: 6 });
  return Buffer.from(html);
}

function encodingOf({ headers }: IncomingMessage): Visitor['encoding'] {
  const accepted = String(headers['accept-encoding'] ?? '');
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : '';
}
