// Accepted requests are written down until they are decided, so that one that comes to no decision is noticed. Those whose
// confirm came in one turn of the event loop are written together.
import type { BookingId } from '@onsale/domain';
import type { WaitingRequest } from '@onsale/shop-redis';

export type AcceptedCommand = {
  readonly command: { readonly bookingId: BookingId; readonly acceptedAt: string };
  readonly json: string;
};

/** `note` may fail: the list is a help, not a truth. */
export function noteAccepted(note: (requests: readonly WaitingRequest[]) => Promise<void>) {
  let gathered: WaitingRequest[] = [];
  const write = () => {
    const requests = gathered;
    gathered = [];
    note(requests).catch(() => undefined);
  };
  return ({ command: { bookingId, acceptedAt }, json }: AcceptedCommand): void => {
    if (gathered.length === 0) setImmediate(write);
    gathered.push({ bookingId, since: Date.parse(acceptedAt), command: json });
  };
}
