// The pass of this shop visit. Asking again gives the same pass while it is valid, so a reload keeps it without storing
// it in the page.
import type { PassView } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { navigate } from '../routing/location.ts';

const RETRY_MS = 2_000;

/** Null until it is there. A fan without a turn is led back to the line. */
export function usePass(saleId: string): PassView | null {
  const [pass, setPass] = useState<PassView | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let stopped = false;
    const take = async () => {
      const answer = await fanApi.takePass(saleId);
      if (stopped) return;
      if (answer.kind === 'ok') setPass(answer.body);
      else if (answer.kind === 'problem' && answer.problem.status !== 503) navigate(`/sales/${saleId}`, 'replace');
      else timer = setTimeout(() => void take(), RETRY_MS);
    };
    void take();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [saleId]);
  return pass;
}
