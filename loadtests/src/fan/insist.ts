// Asks again while a part of the stack is away, as a page does: after the time it was told, until it is answered.
import type { RouteDescription } from '@onsale/contracts';
import type { Call, Reply } from '../stack/api-client.ts';
import { pause, type World } from './world.ts';

const BROKEN_PAUSE_MS = 500;

/** The first answer that is no "later", or the last one when the run ends. */
export async function insist<const Route extends RouteDescription>(
  { api, limit }: World,
  route: Route,
  call: Call,
): Promise<Reply<Route>> {
  for (;;) {
    const reply = await api.call(route, call);
    const isLater = reply.kind === 'broken' || (reply.kind === 'problem' && [429, 503].includes(reply.status));
    if (!isLater || limit.aborted) return reply;
    await pause(reply.kind === 'problem' ? reply.retryAfterSeconds * 1000 : BROKEN_PAUSE_MS);
  }
}
