// What each page is drawn from, and for whom. The first pages are drawn whole and taken over by the script.
import type { EventView, LineDocument, PlaceView, SaleView } from '@onsale/contracts';
import { refreshAfterSeconds } from '@onsale/domain';
import { fanPath } from '../api/fan-api.ts';
import type { GivenAnswers } from '../api/given-answers.ts';
import { findPage } from '../page-routes.tsx';
import { nextTurn } from '../waiting/waiting-screen.ts';
import type { ApiAnswer, ApiClient, Asker, RouteName, RouteParams } from './ask-api.ts';
import { type PlainContents, plainContents } from './plain/plain-contents.tsx';

export type PageContents =
  | {
      readonly kind: 'page';
      readonly answers: GivenAnswers;
      readonly event: EventView | null;
      /** Holds what concerns one fan only. */
      readonly isPersonal: boolean;
      readonly againAfterSeconds: number | null;
    }
  /** A page that the script draws by itself. */
  | { readonly kind: 'script'; readonly plain: PlainContents | null }
  | { readonly kind: 'missing' }
  | { readonly kind: 'away' }
  /** What the service worker keeps for when nothing can be fetched. */
  | { readonly kind: 'offline' };

const SHARED_PATTERNS = new Set(['/', '/events/:slug', '/sales/:saleId']);

/** Whether nothing but a place makes this page another for one fan than for the next. */
export const dependsOnPlaceOnly = (path: string): boolean => SHARED_PATTERNS.has(findPage(path)?.route.pattern ?? '');

export type ContentsDeps = { readonly api: ApiClient; now(): number /** 0…1 */; random(): number };
export type Visit = {
  readonly path: string;
  readonly asker: Asker;
  /** Of a form that was refused. */
  readonly problem: string | null;
  readonly hasPlace: (saleId: string) => boolean;
};

const OFFLINE_PATH = '/offline';

export async function pageContents(deps: ContentsDeps, visit: Visit): Promise<PageContents> {
  if (visit.path === OFFLINE_PATH) return { kind: 'offline' };
  const found = findPage(visit.path);
  if (found === null) return { kind: 'missing' };
  const { saleId = '', slug = '' } = found.params;
  switch (found.route.pattern) {
    case '/':
      return programme(deps);
    case '/events/:slug':
      return eventPage(deps, slug);
    case '/sales/:saleId':
      return salePage(deps, saleId, visit);
    default:
      return {
        kind: 'script',
        plain: await plainContents(found.route.pattern, { ...visit, api: deps.api, params: found.params }),
      };
  }
}

async function programme({ api }: ContentsDeps): Promise<PageContents> {
  const events = await api.shared<{ events: EventView[] }>('listEvents');
  if (events.kind !== 'ok') return { kind: 'away' };
  return page({ answers: answersOf([['listEvents', {}, events]]) });
}

async function eventPage({ api, now, random }: ContentsDeps, slug: string): Promise<PageContents> {
  const event = await api.shared<EventView>('getEvent', { slug });
  if (event.kind !== 'ok') return refusal(event);
  const turns = event.body.sales.flatMap((sale) => nextTurn(sale, now()) ?? []);
  return page({
    answers: answersOf([['getEvent', { slug }, event]]),
    event: event.body,
    againAfterSeconds: untilTurn(turns, { now: now(), random: random() }),
  });
}

/** Everybody waits for the same moment: they come back spread over some seconds after it. */
const TURN_SLACK_SECONDS = { least: 2, spread: 6 };
const AGAIN_MOST_SECONDS = 600;

type Moment = { readonly now: number; readonly random: number };

function untilTurn(turns: readonly number[], moment: Moment): number | null {
  return turns.length === 0 ? null : Math.min(AGAIN_MOST_SECONDS, justAfter(Math.min(...turns), moment));
}

const justAfter = (turn: number, { now, random }: Moment): number =>
  (turn - now) / 1000 + TURN_SLACK_SECONDS.least + random * TURN_SLACK_SECONDS.spread;

async function salePage({ api, now, random }: ContentsDeps, saleId: string, visit: Visit): Promise<PageContents> {
  const params = { saleId };
  const sale = await api.shared<SaleView>('getSale', params);
  if (sale.kind !== 'ok') return refusal(sale);
  const [line, event, place] = await Promise.all([
    api.shared<LineDocument>('getLine', params),
    api.shared<EventView>('getEvent', { slug: sale.body.eventSlug }),
    visit.hasPlace(saleId) ? placeOf(api, saleId, visit.asker) : null,
  ]);
  // A fan with a place must not be told by accident to join: better to say that the line is away for a moment.
  if (place !== null && place.kind === 'away') return { kind: 'away' };
  if (place?.kind === 'problem' && place.problem.status >= 500) return { kind: 'away' };
  const standing = place?.kind === 'ok' ? place.body : null;
  return page({
    answers: answersOf([
      ['getSale', params, sale],
      ['getLine', params, line],
      ['getEvent', { slug: sale.body.eventSlug }, event],
      ...(place === null ? [] : [['getPlace', params, withoutToken(place)] as const]),
    ]),
    event: event.kind === 'ok' ? event.body : null,
    isPersonal: visit.hasPlace(saleId),
    againAfterSeconds: againAfter({
      sale: sale.body,
      place: standing,
      line: line.kind === 'ok' ? line.body : null,
      now: now(),
      random: random(),
    }),
  });
}

/** Who opens the page is there: a place is checked in by it, as the script does between. */
async function placeOf(api: ApiClient, saleId: string, asker: Asker): Promise<ApiAnswer<PlaceView>> {
  const checkedIn = await api.asFan<PlaceView>(asker, 'checkIn', { params: { saleId } });
  return checkedIn.kind === 'ok' ? checkedIn : api.asFan<PlaceView>(asker, 'getPlace', { params: { saleId } });
}

type Waiting = {
  readonly sale: SaleView;
  readonly place: PlaceView | null;
  readonly line: LineDocument | null;
} & Moment;

const OVERDUE_SECONDS = 4;

/** The same rule by which the script asks; without it the page itself is what is asked again. */
function againAfter({ sale, place, line, now, random }: Waiting): number | null {
  const turn = nextTurn(sale, now);
  const toTurn = turn === null ? null : justAfter(turn, { now, random });
  if (place === null) return toTurn === null ? null : Math.min(AGAIN_MOST_SECONDS, toTurn);
  if (place.state === 'called' && place.callExpiresAt !== null) {
    return Math.max(OVERDUE_SECONDS, justAfter(Date.parse(place.callExpiresAt), { now, random: 0 }));
  }
  if (place.state !== 'waiting' && place.state !== 'prequeue') return null;
  const overdue = place.number === null && sale.phase !== 'prequeue' && sale.phase !== 'scheduled';
  if (overdue) return OVERDUE_SECONDS * (1 + random);
  const rule = line?.refresh;
  const seconds =
    rule === undefined ? place.checkInAfterSeconds : refreshAfterSeconds(rule, { wait: place.wait, random });
  return Math.max(OVERDUE_SECONDS, toTurn === null ? seconds : Math.min(seconds, toTurn));
}

type PageParts = {
  readonly answers: GivenAnswers;
  readonly event?: EventView | null;
  readonly isPersonal?: boolean;
  readonly againAfterSeconds?: number | null;
};

const page = ({ answers, event = null, isPersonal = false, againAfterSeconds = null }: PageParts): PageContents => ({
  kind: 'page',
  answers,
  event,
  isPersonal,
  againAfterSeconds,
});

// The page's cookie is enough; a token in the page's text could be copied with it.
const withoutToken = (place: ApiAnswer<PlaceView>): ApiAnswer<PlaceView> =>
  place.kind === 'ok' ? { ...place, body: { ...place.body, placeToken: '' } } : place;

type Named = readonly [RouteName, RouteParams, ApiAnswer<unknown>];

function answersOf(named: readonly Named[]): GivenAnswers {
  return Object.fromEntries(
    named.flatMap(([name, params, answer]) => (answer.kind === 'ok' ? [[fanPath(name, params), answer.body]] : [])),
  );
}

const refusal = (answer: ApiAnswer<unknown>): PageContents =>
  answer.kind === 'problem' && answer.problem.status < 500 ? { kind: 'missing' } : { kind: 'away' };
