// What all fans of a run share.
import { setTimeout } from 'node:timers/promises';
import type { PerformanceView } from '@onsale/contracts';
import type { PerformanceId, SaleId } from '@onsale/domain';
import type { OrderBook } from '../checks/order-book.ts';
import type { SalesBook } from '../checks/sales-book.ts';
import type { CrowdBook } from '../crowd-book.ts';
import type { ApiClient } from '../stack/api-client.ts';

export type World = {
  readonly api: ApiClient;
  readonly book: CrowdBook;
  readonly order: OrderBook;
  readonly sales: SalesBook;
  readonly saleId: SaleId;
  /** Prices and plans, fetched once: a browser's cache keeps them for ever. */
  readonly performances: ReadonlyMap<PerformanceId, PerformanceView>;
  /** Milliseconds since the epoch. */
  readonly prequeueOpensAt: number;
  readonly opensAt: number;
  readonly holdSeconds: number;
  /** Added to what the stack is given for an answer, because parts of it are being disturbed; 0 in calm weather. */
  readonly graceMs: number;
  /** Aborts when the run has lasted too long. */
  readonly limit: AbortSignal;
};

export function pause(ms: number): Promise<void> {
  return setTimeout(ms);
}

/** Ends early when the run has lasted too long. */
export async function pauseWithin(limit: AbortSignal, ms: number): Promise<void> {
  await setTimeout(ms, undefined, { signal: limit }).catch(() => undefined);
}
