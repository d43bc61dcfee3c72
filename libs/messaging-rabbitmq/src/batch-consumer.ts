// Consumes one queue in batches: takes what is there, never waits for more. States: off → listening ⇄ working → off.
// Deliveries that travelled as one message (gather-lines.ts) are settled together: a message is acknowledged when all of
// them are handled. A batch is handled before the next begins, and acknowledged in one frame, in order, after whatever that still waits for.
// On a queue with single active consumer this consumer may stand by for long; its first delivery tells that it is the
// active one now, and `generation` then differs from that of any earlier activity.
import type { Logger } from '@onsale/runtime';
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import type { Attachment, Broker } from './broker.ts';
import { LINES_TYPE, linesOf } from './gather-lines.ts';

export type Delivery = {
  readonly content: Buffer;
  readonly messageId: string;
  /** How often it was delivered before without being settled. */
  readonly deliveries: number;
};

export type Batch = {
  readonly deliveries: readonly Delivery[];
  /** Changes with each subscription; a lease taken in an earlier generation may be stale. */
  readonly generation: number;
  /** Aborted when the subscription is gone: what the batch holds will be delivered to another. */
  readonly signal: AbortSignal;
};

export type BatchConsumerOptions = {
  readonly queue: string;
  readonly batchMax: number;
  readonly logger: Logger;
  /** Told of each delivery when it comes, to prepare for the batch it will be in; the batch holds the same object. */
  onArrival?(delivery: Delivery): void;
  /** Publishes it anew, alone in its message; resolves when the broker has it. */
  sendAlone(delivery: Delivery): Promise<void>;
  /** Resolves when the next batch may begin. A rejection returns the whole batch to the queue. */
  handle(batch: Batch): Promise<Handled> | Promise<void>;
};

/** `beforeAck`: what the acknowledgement of the batch waits for, while further ones are handled. */
export type Handled = { readonly beforeAck: Promise<unknown> };

const REOPEN_MS = 500;

export class BatchConsumer implements Attachment {
  readonly #options: BatchConsumerOptions;
  #subscription: Subscription | null = null;
  #connection: ChannelModel | null = null;
  #generation = 0;
  #stopped = false;

  constructor(broker: Broker, options: BatchConsumerOptions) {
    this.#options = options;
    broker.attach(this);
  }

  /** Whether messages have come in since the last subscription, which only the active consumer sees. */
  get isActive(): boolean {
    return this.#subscription?.wasActive ?? false;
  }

  async connected(connection: ChannelModel): Promise<void> {
    if (this.#stopped) return;
    this.#connection = connection;
    const channel = await connection.createChannel();
    const subscription = new Subscription(this.#options, channel, ++this.#generation);
    this.#subscription = subscription;
    channel.on('close', () => {
      if (this.#subscription !== subscription) return;
      this.#abandon();
      // The channel alone was closed, for instance because the queue moved: the connection may carry another.
      setTimeout(() => this.connected(connection).catch(() => undefined), REOPEN_MS).unref();
    });
    await subscription.begin();
  }

  lost(): void {
    this.#connection = null;
    this.#abandon();
  }

  #abandon(): void {
    this.#subscription?.abandon();
    this.#subscription = null;
  }

  /** Takes no more messages, settles the batch under way, returns the rest. Stop it before its broker. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const subscription = this.#subscription;
    this.#subscription = null;
    await subscription?.end();
  }

  /** Lets another consumer become the active one, and stands by at the end of the line. */
  async stepBack(): Promise<void> {
    const subscription = this.#subscription;
    const connection = this.#connection;
    if (subscription === null || connection === null) return;
    this.#subscription = null;
    await subscription.end();
    if (this.#connection === connection) await this.connected(connection);
  }
}

type Arrived = { readonly message: ConsumeMessage; readonly deliveries: readonly Delivery[] };

class Subscription {
  readonly #options: BatchConsumerOptions;
  readonly #channel: Channel;
  readonly #generation: number;
  readonly #gone = new AbortController();
  readonly #buffer: Arrived[] = [];
  /** Deliveries in the buffer. */
  #buffered = 0;
  #tag = '';
  #open = true;
  #running: Promise<void> | null = null;
  /** Batches that were handled are settled one after the other. Never rejects. */
  #settling: Promise<void> = Promise.resolve();
  wasActive = false;

  constructor(options: BatchConsumerOptions, channel: Channel, generation: number) {
    this.#options = options;
    this.#channel = channel;
    this.#generation = generation;
  }

  async begin(): Promise<void> {
    this.#channel.on('error', (error: unknown) =>
      this.#options.logger.warn({ err: error, queue: this.#options.queue }, 'a consuming channel failed'),
    );
    // Twice the batch, so that the next one arrives while this one is decided.
    await this.#channel.prefetch(this.#options.batchMax * 2);
    const { consumerTag } = await this.#channel.consume(this.#options.queue, (message) => this.#take(message));
    this.#tag = consumerTag;
  }

  abandon(): void {
    this.#open = false;
    this.#buffer.length = 0;
    this.#buffered = 0;
    this.#gone.abort();
  }

  async end(): Promise<void> {
    if (!this.#open) return;
    this.#open = false; // first: what is buffered must not become a batch while the broker is told
    await this.#channel.cancel(this.#tag).catch(() => undefined);
    await this.#running;
    await this.#settling;
    // Closing returns what was not acknowledged.
    await this.#channel.close().catch(() => undefined);
  }

  #take(message: ConsumeMessage | null): void {
    if (message === null) {
      // The broker took the queue away or the leader moved; a new channel would find it again.
      this.#options.logger.warn({ queue: this.#options.queue }, 'the broker ended a subscription');
      void this.#channel.close().catch(() => undefined);
      return;
    }
    if (!this.#open) return;
    this.wasActive = true;
    const deliveries = deliveriesOf(message);
    // What comes far ahead is prepared when its batch begins, so that a long queue does not fill the memory.
    const isSoon = this.#buffered < this.#options.batchMax * 2;
    this.#buffer.push({ message, deliveries });
    this.#buffered += deliveries.length;
    if (isSoon && this.#options.onArrival !== undefined) deliveries.forEach(this.#options.onArrival);
    // After this turn of the event loop, so that all messages of one read make one batch.
    this.#running ??= new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#work())
      .finally(() => {
        this.#running = null;
      });
  }

  /** Whole messages, with no more deliveries than a batch holds unless the first has more. A suspect stands alone. */
  #takeMessages(): readonly Arrived[] {
    let count = 0;
    let deliveries = 0;
    for (const arrived of this.#buffer) {
      if (count > 0 && (isSuspect(arrived) || deliveries + arrived.deliveries.length > this.#options.batchMax)) break;
      count += 1;
      deliveries += arrived.deliveries.length;
      if (isSuspect(arrived)) break;
    }
    this.#buffered -= deliveries;
    return this.#buffer.splice(0, count);
  }

  async #work(): Promise<void> {
    while (this.#open && this.#buffer.length > 0) {
      const arrived = this.#takeMessages();
      const last = arrived.at(-1)?.message;
      if (last === undefined) return;
      const deliveries = arrived.flatMap((one) => one.deliveries);
      const isSuspected = arrived.some(isSuspect) && deliveries.length > 1;
      const handling = isSuspected ? this.#part(deliveries) : this.#handle(deliveries);
      this.#settling = this.#settle(last, handling);
      await handling.catch(() => this.#settling);
    }
  }

  async #handle(deliveries: readonly Delivery[]): Promise<Handled> {
    const { batchMax, handle } = this.#options;
    const waitedFor: Promise<unknown>[] = [];
    for (let from = 0; from < deliveries.length; from += batchMax) {
      const handled = await handle({
        deliveries: from === 0 && deliveries.length <= batchMax ? deliveries : deliveries.slice(from, from + batchMax),
        generation: this.#generation,
        signal: this.#gone.signal,
      });
      if (!handled) continue;
      waitedFor.push(handled.beforeAck);
      handled.beforeAck.catch(() => undefined); // looked at when the last slice is handled
    }
    return { beforeAck: Promise.all(waitedFor) };
  }

  /** Who of them ends the process is not known: each goes on by itself, behind what waits. */
  async #part(deliveries: readonly Delivery[]): Promise<Handled> {
    for (const delivery of deliveries) await this.#options.sendAlone(delivery);
    return { beforeAck: Promise.resolve() };
  }

  /** An acknowledgement covers all messages before its own, so it waits for those who settle before it. */
  async #settle(last: ConsumeMessage, handling: Promise<Handled> | Promise<void>): Promise<void> {
    const before = this.#settling;
    try {
      const handled = await handling;
      await Promise.all([before, handled ? handled.beforeAck : undefined]);
      if (!this.#gone.signal.aborted) this.#channel.ack(last, true);
    } catch (error) {
      await before;
      if (this.#gone.signal.aborted) return;
      this.#options.logger.warn({ err: error, queue: this.#options.queue }, 'a batch is given back');
      this.#channel.nack(last, true, true);
    }
  }
}

/** A message delivered this often without being settled may be the one that ends its process. */
const SUSPECT_DELIVERIES = 3;

function isSuspect({ deliveries: [first] }: Arrived): boolean {
  return first !== undefined && first.deliveries >= SUSPECT_DELIVERIES;
}

function deliveriesOf({ content, properties }: ConsumeMessage): readonly Delivery[] {
  const deliveries = Number(properties.headers?.['x-delivery-count'] ?? 0);
  if (properties.contentType !== LINES_TYPE)
    return [{ content, messageId: String(properties.messageId ?? ''), deliveries }];
  return linesOf(content).map((line) => ({ ...line, deliveries }));
}
