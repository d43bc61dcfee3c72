// The booking engine as a test of the console meets it: without its queue, each command is decided and committed at once.
import { commitDecisions, emptyMemory, leavePartition, type Mongo, takePartition } from '@onsale/booking-mongo';
import { type BookingCommand, bookingCommand } from '@onsale/contracts';

export type BookingEngine = { decide(command: BookingCommand): Promise<void>; stop(): Promise<void> };

export async function bookingEngine(mongo: Mongo): Promise<BookingEngine> {
  const lease = await takePartition(mongo, 0, 'test-console');
  const memory = emptyMemory();
  return {
    decide: async (command) => {
      await commitDecisions(mongo, { lease, memory, commands: [bookingCommand.parse(command)] });
    },
    stop: () => leavePartition(lease),
  };
}
