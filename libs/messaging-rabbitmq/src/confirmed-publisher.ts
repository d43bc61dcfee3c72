// Publishes and waits for the broker's confirm: what was not confirmed was not accepted. Persistent, mandatory (a
// message that no queue takes comes back and counts as refused), a bounded wait, a bounded number on the way.
import type { ChannelModel, ConfirmChannel, Message } from 'amqplib';
import type { Attachment, Broker } from './broker.ts';
import { type Line, LineGatherer } from './gather-lines.ts';

export type Publication = {
  readonly exchange: string;
  readonly key: string;
  /** Unique on this publisher while it is on its way. */
  readonly messageId: string;
  readonly body: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export class BrokerUnavailableError extends Error {
  constructor(why: string) {
    super(`the broker did not confirm: ${why}`);
    this.name = 'BrokerUnavailableError';
  }
}

export type PublisherLimits = { readonly confirmMs: number; readonly onTheWayMax: number };

/** 5,000 messages of 1 KB are 5 MB and half a second of the broker's work; more would only wait longer. */
const DEFAULT_LIMITS: PublisherLimits = { confirmMs: 5_000, onTheWayMax: 5_000 };
const SWEEP_MS = 250;
const REOPEN_MS = 250;

type Waiting = { readonly since: number; settle(error: Error | null): void; returned: boolean };

export class ConfirmedPublisher implements Attachment {
  readonly #limits: PublisherLimits;
  readonly #waiting = new Map<string, Waiting>();
  readonly #lines = new LineGatherer((publication) => this.publish(publication));
  #channel: ConfirmChannel | null = null;
  #gather: () => void = () => undefined;
  #sweep: NodeJS.Timeout | undefined;

  constructor(broker: Broker, limits: PublisherLimits = DEFAULT_LIMITS) {
    this.#limits = limits;
    broker.attach(this);
  }

  /** As `publish`, together with all that goes the same way in this turn of the event loop. */
  publishLine(line: Line): Promise<void> {
    if (this.#channel === null) return Promise.reject(new BrokerUnavailableError('not connected'));
    if (this.#lines.onTheWay >= this.#limits.onTheWayMax) {
      return Promise.reject(new BrokerUnavailableError('too many messages on the way'));
    }
    return this.#lines.add(line);
  }

  /** Resolves when a majority of the queue's replicas has it. Rejects with BrokerUnavailableError: it may or may not. */
  publish({ exchange, key, messageId, body, contentType, headers }: Publication): Promise<void> {
    const channel = this.#channel;
    if (channel === null) return Promise.reject(new BrokerUnavailableError('not connected'));
    if (this.#waiting.size >= this.#limits.onTheWayMax) {
      return Promise.reject(new BrokerUnavailableError('too many messages on the way'));
    }
    // The same message may be on its way twice when a fan's request is repeated.
    const id = this.#waiting.has(messageId) ? `${messageId}#${performance.now()}` : messageId;
    return new Promise((resolve, reject) => {
      const settle = (error: Error | null) => {
        if (!this.#waiting.delete(id)) return;
        if (error === null) resolve();
        else reject(error);
      };
      const waiting: Waiting = { since: performance.now(), settle, returned: false };
      this.#waiting.set(id, waiting);
      const options = {
        persistent: true,
        mandatory: true,
        messageId: id,
        contentType: contentType ?? 'application/json',
        ...(headers !== undefined && { headers: { ...headers } }),
      };
      this.#gather();
      channel.publish(
        exchange,
        key,
        Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
        options,
        (error: unknown) => {
          if (error) settle(new BrokerUnavailableError('refused'));
          else settle(waiting.returned ? new BrokerUnavailableError('no queue takes it') : null);
        },
      );
    });
  }

  async connected(connection: ChannelModel): Promise<void> {
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined); // 'close' follows
    channel.on('close', () => {
      if (this.#channel !== channel) return;
      this.lost();
      // The channel alone was closed, for instance by a faulty publication: the connection may carry another.
      setTimeout(() => this.connected(connection).catch(() => undefined), REOPEN_MS).unref();
    });
    // A returned message comes before its confirm.
    channel.on('return', (message: Message) => {
      const waiting = this.#waiting.get(String(message.properties.messageId));
      if (waiting !== undefined) waiting.returned = true;
    });
    this.#channel = channel;
    this.#gather = gatherWrites(connection);
    this.#sweep = setInterval(() => this.#giveUpOld(), SWEEP_MS);
    this.#sweep.unref();
  }

  lost(): void {
    this.#channel = null;
    clearInterval(this.#sweep);
    for (const { settle } of [...this.#waiting.values()]) settle(new BrokerUnavailableError('the connection was lost'));
  }

  #giveUpOld(): void {
    const before = performance.now() - this.#limits.confirmMs;
    // In order of publication, so the first young one ends the search.
    for (const { since, settle } of this.#waiting.values()) {
      if (since > before) return;
      settle(new BrokerUnavailableError(`no answer within ${this.#limits.confirmMs} ms`));
    }
  }
}

type Corkable = { cork?(): void; uncork?(): void };

/**
 * Everything published in one turn of the event loop goes to the socket in one write; the client would write each message
 * by itself, which costs more than making it. Its own queue needs one turn to get there.
 */
function gatherWrites(connection: ChannelModel): () => void {
  const { stream } = connection.connection as unknown as { readonly stream?: Corkable };
  if (stream?.cork === undefined) return () => undefined;
  let corked = false;
  const uncork = () => {
    corked = false;
    stream.uncork?.();
  };
  return () => {
    if (corked) return;
    corked = true;
    stream.cork?.();
    setImmediate(() => setImmediate(uncork));
  };
}
