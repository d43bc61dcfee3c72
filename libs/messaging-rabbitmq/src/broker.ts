// The connection to RabbitMQ. States: stopped → connecting → connected → connecting … → stopped. After every connect
// the topology is declared and each attachment (a publisher, a consumer) sets itself up anew; a lost connection is
// reached for again with back-off and jitter until the process stops.
import type { Topology } from '@onsale/contracts';
import type { Logger, Part } from '@onsale/runtime';
import { type ChannelModel, connect } from 'amqplib';

/** Something that lives on a connection. Both are called once per connection; `lost` also when the process stops. */
export type Attachment = {
  connected(connection: ChannelModel): Promise<void>;
  lost(): void;
};

export type BrokerOptions = {
  readonly url: string;
  readonly topology: Topology;
  readonly logger: Logger;
  /** Shown in the broker's list of connections. */
  readonly name: string;
};

const HEARTBEAT_SECONDS = 5;
const CONNECT_LIMIT_MS = 5_000;
const PAUSE_FIRST_MS = 100;
const PAUSE_MAX_MS = 3_000;

export class Broker implements Part {
  readonly name = 'rabbitmq';
  readonly #options: BrokerOptions;
  readonly #attachments: Attachment[] = [];
  #state: 'stopped' | 'connecting' | 'connected' = 'stopped';
  #connection: ChannelModel | null = null;
  #wake: () => void = () => undefined;

  constructor(options: BrokerOptions) {
    this.#options = options;
  }

  get isConnected(): boolean {
    return this.#state === 'connected';
  }

  /** Attach before the start; a later attachment is set up with the next connection. */
  attach(attachment: Attachment): void {
    this.#attachments.push(attachment);
  }

  /** Resolves once connected; keeps trying as long as the start of the process allows. */
  async start(): Promise<void> {
    this.#state = 'connecting';
    await this.#connectUntilDone();
  }

  async stop(): Promise<void> {
    this.#state = 'stopped';
    this.#wake();
    const connection = this.#connection;
    this.#connection = null;
    for (const attachment of this.#attachments) attachment.lost();
    await connection?.close().catch(() => undefined);
  }

  async #connectUntilDone(): Promise<void> {
    for (let pauseMs = PAUSE_FIRST_MS; this.#state === 'connecting'; pauseMs = Math.min(pauseMs * 2, PAUSE_MAX_MS)) {
      try {
        await this.#connectOnce();
        return;
      } catch (error) {
        this.#options.logger.warn({ err: error }, 'rabbitmq is not reachable');
        await this.#pause(pauseMs * (0.5 + Math.random() / 2));
      }
    }
  }

  async #connectOnce(): Promise<void> {
    const { url, name, logger } = this.#options;
    const connection = await connect(withHeartbeat(url), {
      timeout: CONNECT_LIMIT_MS,
      noDelay: true,
      clientProperties: { connection_name: name },
    });
    // An 'error' without a listener would end the process; 'close' follows it and does the work.
    connection.on('error', (error: unknown) => logger.warn({ err: error }, 'the rabbitmq connection failed'));
    connection.once('close', () => this.#lose(connection));
    this.#connection = connection;
    try {
      await declareTopology(connection, this.#options.topology);
      for (const attachment of this.#attachments) await attachment.connected(connection);
    } catch (error) {
      this.#connection = null;
      for (const attachment of this.#attachments) attachment.lost();
      await connection.close().catch(() => undefined);
      throw error;
    }
    if (this.#state === 'connecting') this.#state = 'connected';
    else await connection.close().catch(() => undefined);
  }

  #lose(connection: ChannelModel): void {
    if (this.#connection !== connection) return;
    this.#connection = null;
    for (const attachment of this.#attachments) attachment.lost();
    if (this.#state !== 'connected') return;
    this.#state = 'connecting';
    void this.#connectUntilDone();
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function declareTopology(connection: ChannelModel, { exchanges, queues }: Topology): Promise<void> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined); // the failing call rejects as well
  for (const { name, type } of exchanges) await channel.assertExchange(name, type, { durable: true });
  for (const queue of queues) {
    await channel.assertQueue(queue.name, { durable: true, arguments: queue.arguments });
    for (const { exchange, key } of queue.bindings) await channel.bindQueue(queue.name, exchange, key);
  }
  await channel.close();
}

function withHeartbeat(url: string): string {
  return url.includes('heartbeat=') ? url : `${url}${url.includes('?') ? '&' : '?'}heartbeat=${HEARTBEAT_SECONDS}`;
}
