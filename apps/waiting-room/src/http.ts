// The route table of the waiting room, in order. The hot ones are answered before Express; Express has them as well, for
// whatever is unusual about a request.
import {
  type BypassBody,
  type DeferBody,
  fanRoutes,
  type JoinBody,
  type JoinedView,
  placeRoutes,
  type RouteDescription,
  type TakeOverBody,
} from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { type Answer, type BoundRoute, bindRoute, type LaneHeaders } from '@onsale/runtime';
import { type FairnessDeps, getCrowded, getFairness } from './fairness/get-fairness.ts';
import { joinInARush } from './join/join-in-a-rush.ts';
import { type JoinDeps, type JoinRequest, joinTheLine } from './join/join-line.ts';
import { joinedText } from './join/joined-text.ts';
import type { JoinOutcome } from './join/take-place.ts';
import { getLine } from './line/get-line.ts';
import { type ComePastDeps, comePast, leavePast } from './pass/come-past.ts';
import { keepSlot, leaveShop, type PassDeps, takePass } from './pass/take-pass.ts';
import { type Cookies, type Credentials, requirePlace, type ShownPlace } from './place/credentials.ts';
import { letOthersGoFirst } from './place/defer-place.ts';
import { type MoveDeps, makeMoveLink, takeBackPlace, takeOverPlace } from './place/move-place.ts';
import { sayAway } from './place/say-away.ts';
import { checkInPlace, knownSale, leavePlace, seePlace } from './place/see-place.ts';

/** The headers these routes look at. */
export type CallHeaders = LaneHeaders;
export type SaleCall = {
  readonly saleId: SaleId;
  readonly headers: CallHeaders;
  /** Address of the peer of the connection: a fan, or a proxy. */
  readonly peer: string;
  readonly body: unknown;
};
export type SaleRoute = {
  readonly route: RouteDescription;
  handle(call: SaleCall): Promise<Answer> | Answer;
  /** A short way for the plain requests of a rush: tells the answer later and returns true, or returns false. */
  rush?(call: SaleCall, told: Told): boolean;
};
/** Told once, one or the other; neither throws. */
export type Told = { answered(answer: Answer): void; failed(error: unknown): void };

export type HttpDeps = JoinDeps &
  MoveDeps &
  ComePastDeps &
  PassDeps &
  FairnessDeps & { readonly credentials: Credentials; readonly cookies: Cookies };

export function hotRoutes(deps: HttpDeps): readonly SaleRoute[] {
  const { credentials, cookies } = deps;
  const placeOf = ({ headers, saleId }: SaleCall) => requirePlace(credentials.placeOf(headers, saleId));
  const placeInSight = placeInSightOf(deps);
  return [
    joinRoute(deps),
    {
      route: fanRoutes.getPlace,
      handle: async (call) => ({ status: 200, body: await seePlace(deps, await placeInSight(call)) }),
    },
    {
      route: fanRoutes.checkIn,
      handle: async (call) => {
        const view = await checkInPlace(deps, await placeInSight(call));
        const line = deps.lines.now(call.saleId)?.document;
        return { status: 200, body: line === undefined ? view : { ...view, line } };
      },
    },
    {
      route: placeRoutes.sayAway,
      handle: async (call) => {
        await sayAway(deps, placeOf(call));
        return { status: 204 };
      },
    },
    {
      route: fanRoutes.leaveLine,
      handle: async (call) => {
        await leavePlace(deps, placeOf(call));
        return {
          status: 204,
          headers: { 'Set-Cookie': [cookies.forgetPlace(call.saleId), cookies.forgetPass(call.saleId)] },
        };
      },
    },
    {
      route: fanRoutes.getLine,
      handle: ({ saleId, headers }) => getLine(deps, { saleId, ifNoneMatch: headers['if-none-match'] }),
    },
    {
      route: fanRoutes.takePass,
      handle: async (call) => {
        const { view, maxAgeSeconds } = await takePass(deps, {
          shown: placeOf(call),
          kept: credentials.passOf(call.headers, call.saleId),
        });
        const cookie = cookies.pass(call.saleId, { token: view.pass, maxAgeSeconds });
        return { status: 200, body: view, headers: { 'Set-Cookie': [cookie] } };
      },
    },
    {
      route: fanRoutes.leaveShop,
      handle: async (call) => {
        // Who came past the line has a pass and no place.
        const kept = credentials.passOf(call.headers, call.saleId);
        if (kept?.channel === 'staff') await leavePast(deps, kept);
        else await leaveShop(deps, placeOf(call));
        return { status: 204, headers: { 'Set-Cookie': [cookies.forgetPass(call.saleId)] } };
      },
    },
  ];
}

function joinRoute(deps: HttpDeps): SaleRoute {
  const { credentials, cookies } = deps;
  const requestOf = ({ saleId, headers, peer, body }: SaleCall): JoinRequest => ({
    saleId,
    fanId: credentials.fanOf(headers),
    shown: credentials.placeOf(headers, saleId),
    asker: { peer, forwardedFor: headers['x-forwarded-for'] },
    body: body as JoinBody,
  });
  const answerOf = ({ saleId, fanId }: JoinRequest, outcome: JoinOutcome): Answer => {
    const { isNew, view, fanToken } = outcome;
    const setCookies = [cookies.place(saleId, view.placeToken)];
    if (fanId === null) setCookies.push(cookies.fan(fanToken));
    return { status: isNew ? 201 : 200, body: joinedText(outcome), headers: { 'Set-Cookie': setCookies } };
  };
  return {
    route: fanRoutes.joinLine,
    handle: async (call) => {
      const request = requestOf(call);
      return answerOf(request, await joinTheLine(deps, request));
    },
    rush: (call, { answered, failed }) => {
      const request = requestOf(call);
      return joinInARush(deps, request, { joined: (outcome) => answered(answerOf(request, outcome)), failed });
    },
  };
}

/** Once the line was lost, a pass that comes along says that its fan was called already. */
function placeInSightOf(deps: HttpDeps): (call: SaleCall) => Promise<ShownPlace> {
  return async ({ headers, saleId }) => {
    const shown = requirePlace(deps.credentials.placeOf(headers, saleId));
    const isRestored = (deps.lines.now(saleId)?.document.epoch ?? 1) > 1;
    const kept = isRestored ? deps.credentials.passOf(headers, saleId) : null;
    await keepSlot(deps, { shown, kept }).catch(() => undefined); // the next look tries again
    return shown;
  };
}

export function boundRoutes(deps: HttpDeps): readonly BoundRoute[] {
  const fairness = bindRoute(fanRoutes.getFairness, async ({ params, query }) => ({
    status: 200,
    body: await getFairness(deps, { saleId: params.saleId, index: query.index ?? null }),
  }));
  const crowded = bindRoute(fanRoutes.getCrowded, async ({ params }) => ({
    status: 200,
    body: await getCrowded(deps, params),
  }));
  return [...[...hotRoutes(deps), ...coldRoutes(deps)].map(bindSaleRoute), fairness, crowded];
}

function coldRoutes(deps: HttpDeps): readonly SaleRoute[] {
  const { credentials, cookies } = deps;
  const placeOf = ({ headers, saleId }: SaleCall) => requirePlace(credentials.placeOf(headers, saleId));
  /** The device that has the place now is this one, as the fan whose place it is. */
  const here = (view: JoinedView): Answer => ({
    status: 200,
    body: view,
    headers: { 'Set-Cookie': [cookies.place(view.saleId, view.placeToken), cookies.fan(view.fanToken)] },
  });
  return [
    {
      route: fanRoutes.getChallenge,
      handle: async ({ saleId, headers, peer }) => {
        await knownSale(deps, saleId);
        return { status: 200, body: deps.guard.challenge(saleId, { peer, forwardedFor: headers['x-forwarded-for'] }) };
      },
    },
    {
      route: placeRoutes.comePast,
      handle: async ({ saleId, headers, body }) => {
        const { code } = body as BypassBody;
        const key = headers['idempotency-key'];
        const { view, maxAgeSeconds } = await comePast(deps, { saleId, fanId: credentials.fanOf(headers), code, key });
        const kept = cookies.pass(saleId, { token: view.pass, maxAgeSeconds });
        return { status: 200, body: view, headers: { 'Set-Cookie': [kept, cookies.fan(view.fanToken)] } };
      },
    },
    {
      route: placeRoutes.deferPlace,
      handle: async (call) => ({
        status: 200,
        body: await letOthersGoFirst(deps, placeOf(call), (call.body as DeferBody).minutes),
      }),
    },
    {
      route: placeRoutes.endDeferral,
      handle: async (call) => ({ status: 200, body: await letOthersGoFirst(deps, placeOf(call), 0) }),
    },
    {
      route: placeRoutes.makeMoveLink,
      handle: async (call) => ({ status: 200, body: await makeMoveLink(deps, placeOf(call)) }),
    },
    {
      route: placeRoutes.takeOverPlace,
      handle: async ({ saleId, body }) => here(await takeOverPlace(deps, { saleId, ...(body as TakeOverBody) })),
    },
    {
      route: placeRoutes.takeBackPlace,
      handle: async (call) => here(await takeBackPlace(deps, placeOf(call))),
    },
  ];
}

function bindSaleRoute({ route, handle }: SaleRoute): BoundRoute {
  return bindRoute(route, async ({ params, request, body }) =>
    handle({
      saleId: (params as { saleId: SaleId }).saleId,
      headers: request.headers as CallHeaders,
      peer: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
      body,
    }),
  );
}
