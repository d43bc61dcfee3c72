// Called: the fan takes the pass.
import { fanRoutes } from '@onsale/contracts';
import type { Fan } from './fan.ts';
import { pause } from './world.ts';

export type Entry = 'inside' | 'sold_out' | 'lost' | 'unfinished';

/** A call is seen at once everywhere, but for the moment a tick takes. */
const REFUSED_CALL_LIMIT_MS = 5_000;

export async function enterShop(fan: Fan): Promise<Entry> {
  const { api, book, order, saleId, limit, graceMs } = fan.world;
  const started = performance.now();
  while (!limit.aborted) {
    const reply = await api.call(fanRoutes.takePass, { params: { saleId }, headers: fan.asPlace });
    if (reply.kind === 'ok') {
      fan.pass = reply.body.pass;
      book.took('pass', performance.now() - started);
      if (fan.place?.number != null) order.notePass(fan.place.number);
      return 'inside';
    }
    if (reply.kind === 'problem' && reply.code === 'sale_not_open') return 'sold_out';
    if (reply.kind === 'problem' && reply.status !== 409 && reply.status !== 429 && reply.status !== 503) {
      book.violated('a place was lost', `called, but the pass was refused: ${reply.status} ${reply.code}`);
      return 'lost';
    }
    if (
      reply.kind === 'problem' &&
      reply.code === 'not_called' &&
      performance.now() - started > REFUSED_CALL_LIMIT_MS + graceMs
    ) {
      const example = `number ${fan.place?.number} is refused as not called while ${order.served} were called`;
      book.violated('a fan was called before one with a smaller number', example);
      return 'lost';
    }
    await pause(reply.kind === 'problem' ? Math.min(2, reply.retryAfterSeconds) * 1000 : 500);
  }
  return 'unfinished';
}

export async function leaveShop(fan: Fan): Promise<void> {
  const { api, saleId } = fan.world;
  await api.call(fanRoutes.leaveShop, { params: { saleId }, headers: fan.asPlace });
}
