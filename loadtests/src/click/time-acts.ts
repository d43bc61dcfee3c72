// How long it takes from an operator's act to the changed decision: the act is sent, and admission is read until the last
// decision is one that only the act explains. By turns a new rate, a pause, and going on again.

import { setTimeout as pause } from 'node:timers/promises';
import { staffRoutes } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import type { ApiClient, Call } from '../stack/api-client.ts';

export type ActTimes = {
  /** From the act to the changed decision, ms, in the order of the acts. */
  readonly effectMs: readonly number[];
  /** From the act to its own answer, ms. */
  readonly answerMs: readonly number[];
};

const LOOK_MS = 20;
const EFFECT_LIMIT_MS = 30_000;
const BETWEEN_MS = 150;
const RATE_FROM = 3; // slow enough that those who wait last for the whole measurement

type Hand = { readonly api: ApiClient; readonly saleId: SaleId; readonly headers: Call['headers'] };

/** Throws when an act is refused or changes nothing within half a minute. */
export async function timeActs(hand: Hand, acts: number): Promise<ActTimes> {
  const [effectMs, answerMs]: [number[], number[]] = [[], []];
  for (let n = 0; n < acts; n++) {
    const { route, expected, ...call } = actOf(n);
    const begun = performance.now();
    const reply = await hand.api.call(route, {
      ...call,
      params: { saleId: hand.saleId },
      headers: { ...hand.headers, ...call.headers },
    });
    if (reply.kind !== 'ok') throw new Error(`${route.id} was refused: ${JSON.stringify(reply)}`);
    answerMs.push(performance.now() - begun);
    await untilDecided(hand, { expected, begun });
    effectMs.push(performance.now() - begun);
    // Acts must not fall into step with the ticks.
    await pause(BETWEEN_MS * (1 + Math.random()));
  }
  return { effectMs, answerMs };
}

function actOf(n: number) {
  const rate = RATE_FROM + (n % 50);
  if (n % 3 === 0) {
    const headers = { 'if-match': '*' };
    const expected = new RegExp(`rate of ${rate} per minute`);
    return {
      route: staffRoutes.changeAdmission,
      body: { ratePerMinute: rate, autoSlow: false, noShowCompensation: false, floor: 0 },
      headers,
      expected,
    };
  }
  if (n % 3 === 1) return { route: staffRoutes.pauseSale, expected: /^Paused/, headers: {} };
  return { route: staffRoutes.resumeSale, expected: /rate of \d+ per minute/, headers: {} };
}

async function untilDecided(
  { api, saleId, headers }: Hand,
  { expected, begun }: { expected: RegExp; begun: number },
): Promise<void> {
  let seen = '';
  while (performance.now() - begun < EFFECT_LIMIT_MS) {
    const reply = await api.call(staffRoutes.getAdmission, {
      params: { saleId },
      ...(headers !== undefined && { headers }),
    });
    seen = reply.kind === 'ok' ? (reply.body?.lastDecision?.reason ?? 'none') : JSON.stringify(reply);
    if (expected.test(seen)) return;
    await pause(LOOK_MS);
  }
  throw new Error(`an act changed nothing: ${expected} was expected, seen: ${seen}`);
}
