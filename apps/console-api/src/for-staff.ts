// A route that only a signed-in member with a fitting role passes.
import type { Actor, Mongo, OpenSession } from '@onsale/booking-mongo';
import { type Answer, type BoundRoute, bindRoute, type Call, type Clock, type RouteShape } from '@onsale/runtime';
import { authenticate } from './session/authenticate.ts';

export type Staff = OpenSession & { readonly actor: Actor };

export function forStaff<Route extends RouteShape>(
  deps: { readonly mongo: Mongo; readonly clock: Clock },
  route: Route,
  handle: (call: Call<Route>, staff: Staff) => Promise<Answer>,
): BoundRoute {
  return bindRoute(route, async (call) => {
    const open = await authenticate(deps, { request: call.request, routeId: route.id });
    const actor = { staffId: open.member._id, address: call.request.ip ?? '', at: new Date(deps.clock.now()) };
    return handle(call, { ...open, actor });
  });
}
