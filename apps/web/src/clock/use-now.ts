// The server's time as state: a component that counts down is drawn again on each full second that is left.
import { useEffect, useState } from 'preact/hooks';
import { serverNow } from './server-clock.ts';

export function useServerNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 250);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Milliseconds until a moment, drawn anew only when the shown second changes; null without a moment. */
export function useTimeLeft(iso: string | null): number | null {
  const [, setSecond] = useState(0);
  const end = iso === null ? null : Date.parse(iso);
  useEffect(() => {
    if (end === null) return;
    const timer = setInterval(() => setSecond(Math.ceil((end - serverNow()) / 1000)), 200);
    return () => clearInterval(timer);
  }, [end]);
  return end === null ? null : Math.max(0, end - serverNow());
}
