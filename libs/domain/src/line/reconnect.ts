// When a process with ten thousand sockets is lost, they must not all come back in one second.
const RECONNECTS_PER_SECOND = 500; // a process takes several thousand; the rest is for what it does besides
const LEAST_SECONDS = 2;
const MOST_SECONDS = 60;

/** The time within which so many connections of one process may come back, each at a random moment. */
export function reconnectWithinSeconds(connections: number): number {
  return Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, Math.ceil(connections / RECONNECTS_PER_SECOND)));
}
