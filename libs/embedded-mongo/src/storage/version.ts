// Version chains. Each document slot holds its versions, newest first; an uncommitted version bears its transaction,
// a committed one the tick of its commit. A slot whose newest version has no document is deleted.
import type { Doc } from '../values/types.ts';
import type { Transaction } from './transaction.ts';

export type Version = {
  doc: Doc | null;
  tick: number;
  writer: Transaction | null;
  older: Version | null;
};

export type Slot = { readonly place: number; newest: Version | null };

/** What a reader sees: all committed up to `tick`, and what `writer` itself has written. */
export type View = { readonly tick: number; readonly writer: Transaction | null };

export const latestCommitted: View = { tick: Number.POSITIVE_INFINITY, writer: null };

export function visibleVersion(slot: Slot, view: View): Version | null {
  for (let version = slot.newest; version !== null; version = version.older) {
    if (version.writer === null ? version.tick <= view.tick : version.writer === view.writer) return version;
  }
  return null;
}

export const visibleDoc = (slot: Slot, view: View): Doc | null => visibleVersion(slot, view)?.doc ?? null;
