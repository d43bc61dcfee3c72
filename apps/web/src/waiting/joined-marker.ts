// Whether this browser has joined a sale. The place itself is in a cookie no script can read; without this mark a page
// would have to ask for a place that is not there, and every first visit would begin with a refused request.

const key = (saleId: string): string => `onsale.joined.${saleId}`;

export function hasJoined(saleId: string): boolean {
  try {
    return localStorage.getItem(key(saleId)) !== null;
  } catch {
    return true; // storage is off: only the server knows
  }
}

/** Another tab of this browser joined: it has the same place. */
export const tellsOfJoining = (event: StorageEvent, saleId: string): boolean => event.key === key(saleId);

export function markJoined(saleId: string): void {
  try {
    localStorage.setItem(key(saleId), String(Date.now())); // another value each time: only a change is told to other tabs
  } catch {
    // Storage is off: hasJoined says so.
  }
}
