export { type Batch, BatchConsumer, type BatchConsumerOptions, type Delivery, type Handled } from './batch-consumer.ts';
export { Broker, type BrokerOptions } from './broker.ts';
export { BrokerUnavailableError, ConfirmedPublisher, type Publication } from './confirmed-publisher.ts';
export { type DeadLetterSeen, peekDeadLetters } from './peek-dead-letters.ts';
export { type DeadLetter, publishAlone, publishCommand, publishDeadLetter } from './publish-command.ts';
export { type QueueDepths, readQueueDepths } from './queue-depths.ts';
export { type RawRates, rawRates } from './raw-rates.ts';
export { replayDeadLetters } from './replay-dead-letters.ts';
