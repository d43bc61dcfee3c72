// The followed line as state of a page.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Following, LineFollower } from './follow-line.ts';

export function useLine(saleId: string): { state: Following; follower: LineFollower } {
  const [state, setState] = useState<Following>({ kind: 'loading' });
  const follower = useMemo(() => new LineFollower(saleId, setState), [saleId]);
  useEffect(() => {
    follower.start();
    return () => follower.stop();
  }, [follower]);
  return { state, follower };
}
