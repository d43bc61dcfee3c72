// One answer of a route as state of a page.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { givenAnswer } from '../api/given-answers.ts';
import type { Answer } from '../api/request.ts';

export type Asked<Body> = Answer<Body> | { readonly kind: 'loading' };

/**
 * Asks when the page appears, unless the answer came with it, and whenever `path` changes; `again` asks once more. A late
 * answer to an old path is dropped.
 */
export function useAnswer<Body>(
  path: string,
  ask: () => Promise<Answer<Body>>,
): { asked: Asked<Body>; again: () => void } {
  const [asked, setAsked] = useState<Asked<Body>>(() => withThePage<Body>(path));
  const isGiven = useRef(asked.kind === 'ok');
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (isGiven.current) {
      isGiven.current = false;
      return;
    }
    let dropped = false;
    void ask().then((answer) => {
      if (!dropped) setAsked(answer);
    });
    return () => {
      dropped = true;
    };
  }, [path, round]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  return { asked, again };
}

function withThePage<Body>(path: string): Asked<Body> {
  const body = givenAnswer<Body>(path);
  return body === undefined ? { kind: 'loading' } : { kind: 'ok', body, etag: null };
}
