// A sale made for measuring the operator's hand: some fans are inside with a pass, many wait and stay there.

import { setTimeout as pause } from 'node:timers/promises';
import { fanRoutes } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { profiles, type SaleTerms } from '../profiles.ts';
import type { ApiClient } from '../stack/api-client.ts';
import { makeSale, type SaleOfRun } from '../stack/staff-session.ts';

export type WaitingCrowd = SaleOfRun & {
  readonly passes: readonly string[];
  /** They stop saying that they are still there. */
  leave(): Promise<void>;
};

const TERMS: SaleTerms = {
  prequeueSeconds: 2,
  holdSeconds: 300,
  callWindowSeconds: 600,
  passSeconds: 3_600,
  ratePerMinute: 600,
  maxActive: 1_000_000,
};
const CHECK_IN_EVERY_MS = 5_000;
const PASS_LIMIT_MS = 60_000;
const LOOK_MS = 200;

export async function crowdToWait(
  api: ApiClient,
  { admin, inside, waiting }: { admin: { email: string; password: string }; inside: number; waiting: number },
): Promise<WaitingCrowd> {
  const profile = { ...profiles.club, generalAdmission: 1_000_000 };
  const sale = await makeSale(api, { admin, profile, terms: TERMS, label: `click-${Date.now().toString(36)}` });
  const { saleId } = sale;
  const buyers = await joinAll(api, saleId, inside);
  const passes = await Promise.all(buyers.map((place) => takePass(api, saleId, place)));
  const places = await joinAll(api, saleId, waiting);
  let stopped = false;
  const staying = (async () => {
    while (!stopped) {
      for (const place of places) await api.call(fanRoutes.checkIn, { params: { saleId }, headers: asPlace(place) });
      await pause(CHECK_IN_EVERY_MS);
    }
  })();
  return {
    ...sale,
    passes,
    async leave() {
      stopped = true;
      await staying;
    },
  };
}

async function joinAll(api: ApiClient, saleId: SaleId, count: number): Promise<readonly string[]> {
  const places: string[] = [];
  for (const limitAt = performance.now() + PASS_LIMIT_MS; places.length < count; ) {
    const reply = await api.call(fanRoutes.joinLine, { params: { saleId }, body: {} });
    if (reply.kind === 'ok' && reply.body !== null) places.push(reply.body.placeToken);
    else if (performance.now() > limitAt) throw new Error(`nobody can join: ${JSON.stringify(reply)}`);
    else await pause(LOOK_MS);
  }
  return places;
}

async function takePass(api: ApiClient, saleId: SaleId, place: string): Promise<string> {
  for (const limitAt = performance.now() + PASS_LIMIT_MS; ; ) {
    const reply = await api.call(fanRoutes.takePass, { params: { saleId }, headers: asPlace(place) });
    if (reply.kind === 'ok' && reply.body !== null) return reply.body.pass;
    if (performance.now() > limitAt) throw new Error(`nobody is called: ${JSON.stringify(reply)}`);
    await pause(LOOK_MS);
  }
}

const asPlace = (token: string) => ({ authorization: `Place ${token}` });
