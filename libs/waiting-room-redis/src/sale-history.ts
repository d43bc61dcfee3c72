// What the admitter saw of a sale, moment by moment over the last hour, for the operator's charts. One stream per sale, the
// oldest falls out. Of the moment only: it may be lost with Redis.
import type { SaleSample } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import type { LineRedis } from './connect-line.ts';
import { saleKeys } from './keys.ts';

export const SAMPLE_EVERY_MS = 5_000;
const SAMPLES_MAX = 720; // an hour

type Figures = Omit<SaleSample, 'at'>;
export type SampleAt = { readonly atMs: number; readonly figures: Figures };

/** A clock that was set back, or another leader's sample of the same moment, adds nothing: `kept` is false then. */
export async function keepSample(
  { redis }: LineRedis,
  saleId: SaleId,
  { atMs, figures }: SampleAt,
): Promise<{ readonly kept: boolean }> {
  try {
    const { history } = saleKeys(saleId);
    await redis.xadd(history, 'MAXLEN', SAMPLES_MAX, `${atMs}-0`, 'sample', packSample(figures));
    return { kept: true };
  } catch (error) {
    if (error instanceof Error && error.message.includes('equal or smaller')) return { kept: false };
    throw error;
  }
}

/** Oldest first; only those later than `afterMs`. */
export async function readSamples(
  { redis }: LineRedis,
  saleId: SaleId,
  { afterMs }: { readonly afterMs: number },
): Promise<readonly SaleSample[]> {
  const entries = await redis.xrange(saleKeys(saleId).history, `(${afterMs}-0`, '+', 'COUNT', SAMPLES_MAX);
  return entries.map(([id, [, packed = '']]) => ({
    at: new Date(Number(id.split('-')[0])).toISOString(),
    ...unpackSample(packed),
  }));
}

/** In the order they are written; a new figure goes to the end, so that what an older process wrote stays readable. */
const COUNTED = ['waiting', 'called', 'active', 'callsPerMinute', 'targetPerMinute'] as const;
const PERHAPS = ['shopDelayMs', 'held', 'sold', 'free'] as const;

function packSample(figures: Figures): string {
  return [...COUNTED, ...PERHAPS].map((name) => figures[name] ?? '').join(',');
}

function unpackSample(packed: string): Figures {
  const parts = packed.split(',');
  const counted = COUNTED.map((name, i) => [name, Number(parts[i])]);
  const perhaps = PERHAPS.map((name, i) => {
    const part = parts[COUNTED.length + i] ?? '';
    return [name, part === '' ? null : Number(part)];
  });
  return Object.fromEntries([...counted, ...perhaps]) as Figures;
}
