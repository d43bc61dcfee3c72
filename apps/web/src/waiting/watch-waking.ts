// Notices that a page was away: the network came back, the tab is looked at again, the page was thawed, or the whole machine
// slept. No browser tells the last; but a clock that was looked at every few seconds has jumped.

const LOOK_EVERY_MS = 2_000;
/** A busy phone delays a timer by seconds, not by this much; where a hidden tab's timers rest nobody looks on anyway. */
const JUMP_MS = 8_000;

/** Calls `wake` whenever what the page shows may be old; returns how to stop. */
export function watchWaking(wake: () => void): () => void {
  const shown = ({ persisted }: PageTransitionEvent) => persisted && wake(); // kept by the browser as it was
  addEventListener('online', wake);
  addEventListener('pageshow', shown);
  document.addEventListener('visibilitychange', wake);
  document.addEventListener('resume', wake);
  let lookedAt = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - lookedAt > JUMP_MS) wake();
    lookedAt = now;
  }, LOOK_EVERY_MS);
  return () => {
    removeEventListener('online', wake);
    removeEventListener('pageshow', shown);
    document.removeEventListener('visibilitychange', wake);
    document.removeEventListener('resume', wake);
    clearInterval(timer);
  };
}
