// Joining, and joining again as a reload of the page does: the same identity has the same place.
import { fanRoutes } from '@onsale/contracts';
import { solveWork, type WorkChallenge, workPayload } from '@onsale/domain';
import type { Fan } from './fan.ts';
import { pause } from './world.ts';

const TRIES_MAX = 20;

/** False when the sale no longer takes anybody. */
export async function joinLine(fan: Fan): Promise<boolean> {
  const { api, book, saleId } = fan.world;
  const started = performance.now();
  let body: { challenge?: string } = {};
  for (let tries = 0; tries < TRIES_MAX || (fan.world.graceMs > 0 && !fan.world.limit.aborted); tries++) {
    const headers = fan.fanToken === '' ? {} : fan.asFan;
    const reply = await api.call(fanRoutes.joinLine, { params: { saleId }, headers, body });
    if (reply.kind === 'ok' && reply.body !== null) {
      const { fanToken, ...place } = reply.body;
      fan.fanToken = fanToken;
      fan.learnPlace(place);
      book.took('join', performance.now() - started);
      return true;
    }
    if (reply.kind === 'problem' && reply.code === 'sale_not_open') return false;
    if (reply.kind === 'problem' && reply.challenge !== undefined) {
      body = solved(reply.challenge);
      continue;
    }
    await pause(reply.kind === 'problem' ? reply.retryAfterSeconds * 1000 : 500);
  }
  return false;
}

/** A network in a storm is asked for proof of work; a page does it in a worker, the crowd where it stands. */
function solved(challenge: WorkChallenge): { challenge?: string } {
  const number = solveWork(challenge);
  return number === null ? {} : { challenge: workPayload(challenge, number) };
}
