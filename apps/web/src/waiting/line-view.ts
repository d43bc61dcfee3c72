// What the waiting page reads out of the line beside the rules of the domain: how far it has come, which word is newest.
import type { LineDocument } from '@onsale/contracts';
import { statedWait, type WaitRange } from '@onsale/domain';

/** The range of time until the call; null while the line stands still, its pace is not known, or a ticket is doubtful. */
export function waitRange(ahead: number, line: LineDocument): WaitRange | null {
  return line.phase === 'open' ? statedWait(line, ahead) : null;
}

/** How much of the way is behind this number, 0…1: of all who were before it, those called or gone. */
export function progressOf(number: number, ahead: number): number {
  return number <= 1 ? 1 : Math.min(1, Math.max(0, 1 - ahead / (number - 1)));
}

/** A document is news when its (epoch, seq) is higher than what the page has. */
export function isNewer(line: LineDocument, than: LineDocument | null): boolean {
  if (than === null || line.epoch > than.epoch) return true;
  return line.epoch === than.epoch && line.seq > than.seq;
}
