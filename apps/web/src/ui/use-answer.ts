// One answer of a route as state of a page.
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Answer } from '../api/request.ts';

export type Asked<Body> = Answer<Body> | { readonly kind: 'loading' };

/** Asks when the page appears and whenever `key` changes; `again` asks once more. A late answer to an old key is dropped. */
export function useAnswer<Body>(
  key: string,
  ask: () => Promise<Answer<Body>>,
): { asked: Asked<Body>; again: () => void } {
  const [asked, setAsked] = useState<Asked<Body>>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let dropped = false;
    void ask().then((answer) => {
      if (!dropped) setAsked(answer);
    });
    return () => {
      dropped = true;
    };
  }, [key, round]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  return { asked, again };
}
