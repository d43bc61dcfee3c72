// Every few seconds what was seen goes into the sale's history, for the operator's charts.
import type { SaleRecord } from '@onsale/booking-mongo';
import { keepSample, type LineFacts, type LineRedis, SAMPLE_EVERY_MS } from '@onsale/waiting-room-redis';
import type { Standing } from './call-fans.ts';
import { measuredRate, type SaleMemory } from './sale-memory.ts';
import { waitingFans } from './watch-presence.ts';

export type SampleInput = {
  readonly sale: SaleRecord;
  readonly facts: LineFacts;
  readonly memory: SaleMemory;
  readonly standing: Standing;
};

export async function sampleSale(line: LineRedis, { sale, facts, memory, standing }: SampleInput): Promise<void> {
  // A clock that was set back begins anew, or there would be nothing to see until it has caught up.
  if (Math.abs(facts.now - memory.sampledAt) < SAMPLE_EVERY_MS) return;
  memory.sampledAt = facts.now;
  const stock = memory.stock?.value;
  await keepSample(line, sale._id, {
    atMs: facts.now,
    figures: {
      waiting: waitingFans({ ...facts, served: standing.served }, memory.presence),
      called: standing.called,
      active: standing.active,
      callsPerMinute: Math.round(10 * (measuredRate(memory, facts.now)?.mean ?? 0)) / 10,
      targetPerMinute: targetOf(sale),
      shopDelayMs: memory.shopDelayMs,
      held: stock?.openHolds ?? null,
      sold: stock?.sold ?? null,
      free: stock?.free ?? null,
    },
  });
}

function targetOf({ admission, paused, draining }: SaleRecord): number {
  return paused || draining || admission.mode === 'manual' ? 0 : admission.ratePerMinute;
}
