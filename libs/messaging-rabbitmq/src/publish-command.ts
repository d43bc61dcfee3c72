// Booking commands on their way to the worker of their partition, and to the dead letters when nobody can decide them.
import {
  type BookingCommand,
  COMMANDS_EXCHANGE,
  DEAD_EXCHANGE,
  DEAD_ORIGIN_HEADER,
  DEAD_REASON_HEADER,
  partitionKey,
  partitionOf,
} from '@onsale/contracts';
import type { ConfirmedPublisher } from './confirmed-publisher.ts';

export type CommandToPublish = {
  readonly command: BookingCommand;
  readonly partitions: number;
  /** The command as JSON, from whoever has it already. */
  readonly json?: string;
};

/**
 * Resolves when the broker has it. Throws BrokerUnavailableError. Commands of one partition that come in one turn of the
 * event loop travel as one message, in their order.
 */
export function publishCommand(
  publisher: ConfirmedPublisher,
  { command, partitions, json = JSON.stringify(command) }: CommandToPublish,
): Promise<void> {
  return publisher.publishLine({
    exchange: COMMANDS_EXCHANGE,
    key: partitionKey(partitionOf(command.performanceId, partitions)),
    messageId: command.commandId,
    content: json,
  });
}

/** Alone in its message, whatever else is published: for one that may end the process that takes it. */
export function publishAlone(
  publisher: ConfirmedPublisher,
  {
    content,
    messageId,
    partition,
  }: { readonly content: Buffer; readonly messageId: string; readonly partition: number },
): Promise<void> {
  return publisher.publish({ exchange: COMMANDS_EXCHANGE, key: partitionKey(partition), messageId, body: content });
}

export type DeadLetter = {
  readonly content: Buffer;
  readonly messageId: string;
  /** In words, for the person who looks at it. */
  readonly reason: string;
  /** The routing key it had, so that it can be replayed. */
  readonly origin: string;
};

export function publishDeadLetter(
  publisher: ConfirmedPublisher,
  { content, messageId, reason, origin }: DeadLetter,
): Promise<void> {
  return publisher.publish({
    exchange: DEAD_EXCHANGE,
    key: '',
    messageId,
    body: content,
    headers: { [DEAD_REASON_HEADER]: reason.slice(0, 500), [DEAD_ORIGIN_HEADER]: origin },
  });
}
