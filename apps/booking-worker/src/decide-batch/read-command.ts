// What a delivery says. It is read when it arrives, while the database works on the batch before; a batch that is begun
// finds its commands read.
import { type BookingCommand, bookingCommand } from '@onsale/contracts';
import type { Delivery } from '@onsale/messaging-rabbitmq';

const known = new WeakMap<Delivery, BookingCommand | string>();

/** The command, or what is wrong with it; the same answer for the same delivery. */
export function readCommand(delivery: Delivery): BookingCommand | string {
  const read = known.get(delivery) ?? parseCommand(delivery.content);
  known.set(delivery, read);
  return read;
}

function parseCommand(content: Buffer): BookingCommand | string {
  try {
    const parsed = bookingCommand.safeParse(JSON.parse(content.toString('utf8')));
    return parsed.success ? parsed.data : `malformed command: ${parsed.error.issues[0]?.message ?? 'no reason given'}`;
  } catch {
    return 'malformed command: not JSON';
  }
}
