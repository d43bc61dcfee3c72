// A route that only a signed-in member with a fitting role passes, or a program with a fitting key.
import type { Actor, Mongo, SessionRecord, StaffRecord } from '@onsale/booking-mongo';
import { type Answer, type BoundRoute, bindRoute, type Call, type Clock, type RouteShape } from '@onsale/runtime';
import { refuse } from './errors.ts';
import { authenticate, type Caller, type StaffRequest } from './session/authenticate.ts';

type Deps = { readonly mongo: Mongo; readonly clock: Clock };
export type Staff = { readonly member: StaffRecord; readonly actor: Actor };
export type Person = Staff & {
  readonly session: SessionRecord;
  readonly actor: Actor & { staffId: StaffRecord['_id'] };
};

export function forStaff<Route extends RouteShape>(
  deps: Deps,
  route: Route,
  handle: (call: Call<Route>, staff: Staff) => Promise<Answer>,
): BoundRoute {
  return bindRoute(route, async (call) => {
    const caller = await authenticate(deps, { request: call.request, route });
    return handle(call, { member: caller.member, actor: actorOf(caller, call.request, deps.clock) });
  });
}

/** A route that a program never passes: it is about the member's own account or team. */
export function forPerson<Route extends RouteShape>(
  deps: Deps,
  route: Route,
  handle: (call: Call<Route>, person: Person) => Promise<Answer>,
): BoundRoute {
  return bindRoute(route, async (call) => {
    const caller = await authenticate(deps, { request: call.request, route });
    if (caller.kind === 'program') return refuse('forbidden');
    const { member, session } = caller;
    return handle(call, { member, session, actor: actorOf(caller, call.request, deps.clock) });
  });
}

function actorOf(caller: Caller, { ip = '' }: Pick<StaffRequest, 'ip'>, clock: Clock) {
  const actor = { staffId: caller.member._id, address: ip, at: new Date(clock.now()) };
  return caller.kind === 'program' ? { ...actor, apiKeyId: caller.apiKeyId } : actor;
}
