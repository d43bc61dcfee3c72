// A partition's queue with a single active consumer, as a simulation: what is not acknowledged comes again, in order,
// with a rising count of deliveries, to whoever is active then.
import type { BookingCommand } from '@onsale/contracts';
import type { Delivery } from '@onsale/messaging-rabbitmq';

type Entry = { readonly content: Buffer; readonly messageId: string; deliveries: number };

export type SimulatedQueue = ReturnType<typeof simulatedQueue>;

export function simulatedQueue() {
  const entries: Entry[] = [];
  return {
    get length() {
      return entries.length;
    },
    publish(command: BookingCommand): void {
      entries.push({ content: Buffer.from(JSON.stringify(command)), messageId: command.commandId, deliveries: 0 });
    },
    /** The next messages; they stay until they are acknowledged. */
    take(max: number): { readonly deliveries: readonly Delivery[]; acknowledge(): void; giveBack(): void } {
      const taken = entries.slice(0, max);
      return {
        deliveries: taken.map((entry) => ({ ...entry })),
        acknowledge: () => {
          for (const entry of taken) {
            const at = entries.indexOf(entry);
            if (at >= 0) entries.splice(at, 1);
          }
        },
        giveBack: () => {
          for (const entry of taken) entry.deliveries += 1;
        },
      };
    },
  };
}
