// Any answer that holds a sale holds the server's time: the page's clock learns from it.
import type { SaleView } from '@onsale/contracts';
import type { Answer } from '../api/request.ts';
import { learnServerTime } from '../clock/server-clock.ts';

/** Passes the answer on unchanged. `saleIn` finds a sale in its body, if there is one. */
export async function learnClock<Body>(
  asked: Promise<Answer<Body>>,
  saleIn: (body: Body) => SaleView | undefined,
): Promise<Answer<Body>> {
  const sentAtMs = Date.now();
  const answer = await asked;
  const sale = answer.kind === 'ok' ? saleIn(answer.body) : undefined;
  if (sale !== undefined) learnServerTime({ serverTime: sale.now, sentAtMs, receivedAtMs: Date.now() });
  return answer;
}
