// A fan who closes the page counts as gone in a moment and not only after long silence, so that those behind see the
// truth. The other tabs of this browser hear of it and say that the fan is there still.
import { fanPath } from '../api/fan-api.ts';

const key = (saleId: string): string => `onsale.away.${saleId}`;

/** Called while the page is being closed: nothing here may wait. */
export function sayAway(saleId: string): void {
  const body = new Blob(['{}'], { type: 'application/json' });
  navigator.sendBeacon?.(fanPath('sayAway', { saleId }), body);
  try {
    localStorage.setItem(key(saleId), String(Date.now())); // another value each time: only a change is told to other tabs
  } catch {
    // Storage is off: another tab's next check-in says it.
  }
}

export const tellsOfAway = (event: StorageEvent, saleId: string): boolean => event.key === key(saleId);
