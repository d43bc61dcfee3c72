// The requests of the last minutes by booking id: catches a key that is used again, while its first use is still on its
// way or before the worker has written it. A request that reaches another process meets the booking itself, or the worker.

export type RecentRequests = ReturnType<typeof recentRequests>;

const KEEP_MS = 300_000; // far longer than a command waits in its queue
const ENTRIES_MAX = 200_000;

export function recentRequests(now: () => number) {
  const entries = new Map<
    string,
    { readonly bodyHash: string; readonly until: number; state: 'running' | 'accepted' }
  >();

  function dropOld(): void {
    // In order of insertion, so the first young one ends the search.
    for (const [id, { until }] of entries) {
      if (until > now() && entries.size <= ENTRIES_MAX) return;
      entries.delete(id);
    }
  }

  return {
    find: (bookingId: string) => {
      const entry = entries.get(bookingId);
      return entry !== undefined && entry.until > now() ? entry : undefined;
    },
    begin(bookingId: string, bodyHash: string): void {
      dropOld();
      entries.set(bookingId, { bodyHash, until: now() + KEEP_MS, state: 'running' });
    },
    accept(bookingId: string): void {
      const entry = entries.get(bookingId);
      if (entry !== undefined) entry.state = 'accepted';
    },
    forget: (bookingId: string): void => void entries.delete(bookingId),
  };
}
