// The server's time as state: a component that counts down is drawn again when the shown second changes, not more often.
import { useEffect, useState } from 'preact/hooks';
import { serverNow } from './server-clock.ts';

/** Steps of half a second keep every countdown within half a second of the truth. */
const STEP_MS = 500;
const LOOK_EVERY_MS = 250;

const stepped = (): number => Math.floor(serverNow() / STEP_MS) * STEP_MS;

export function useServerNow(): number {
  const [now, setNow] = useState(stepped);
  useEffect(() => {
    const timer = setInterval(() => setNow(stepped()), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Milliseconds until a moment; null without a moment. */
export function useTimeLeft(iso: string | null): number | null {
  const [, setSecond] = useState(0);
  const end = iso === null ? null : Date.parse(iso);
  useEffect(() => {
    if (end === null) return;
    const timer = setInterval(() => setSecond(Math.ceil((end - serverNow()) / 1000)), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [end]);
  return end === null ? null : Math.max(0, end - serverNow());
}
