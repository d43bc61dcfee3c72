// The samples of a sale: the last hour at once, then whatever came since, every few seconds.
import type { SaleSample } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import { staffApi } from '../../api/staff-api.ts';
import { withLater } from './history-columns.ts';

const READ_EVERY_MS = 5_000;
const SAMPLES_MAX = 720;
const EVERY_SECONDS = 5;

export type History = { readonly samples: readonly SaleSample[]; readonly everySeconds: number };

/** Null until it was read once. */
export function useHistory(saleId: string): History | null {
  const [history, setHistory] = useState<History | null>(null);
  useEffect(() => {
    let known: readonly SaleSample[] = [];
    let dropped = false;
    const read = async () => {
      const answer = await staffApi.getSaleHistory(saleId, known.at(-1)?.at ?? null);
      if (dropped || answer.kind !== 'ok') return;
      known = withLater(known, answer.body.samples, SAMPLES_MAX);
      setHistory({ samples: known, everySeconds: answer.body.everySeconds || EVERY_SECONDS });
    };
    void read();
    const timer = setInterval(() => void read(), READ_EVERY_MS);
    return () => {
      dropped = true;
      clearInterval(timer);
    };
  }, [saleId]);
  return history;
}
