// Whether our servers can be reached, as far as this page knows: every request reports how it went.

export type Connection = 'up' | 'down';

let state: Connection = 'up';
const listeners = new Set<(state: Connection) => void>();

export const connectionNow = (): Connection => state;

export function reportConnection(next: Connection): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener(state);
}

/** Calls on every change; returns how to stop. */
export function watchConnection(listener: (state: Connection) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
