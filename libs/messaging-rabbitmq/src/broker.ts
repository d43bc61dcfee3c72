// The connection to RabbitMQ. States: stopped → connecting → connected → connecting … → stopped. After every connect
// the topology is declared and each attachment (a publisher, a consumer) sets itself up anew; a lost connection is
// reached for again with back-off and jitter until the process stops.
import type { Socket } from 'node:net';
import type { Topology } from '@onsale/contracts';
import { type Logger, type Part, withDeadline } from '@onsale/runtime';
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
/** Every queue of a topology declared, by a broker that has just come back. */
const SET_UP_LIMIT_MS = 30_000;
const CLOSE_LIMIT_MS = 2_000;
const PAUSE_FIRST_MS = 100;
const PAUSE_MAX_MS = 1_000; // a broker that is back is used at once; some dozens of processes that try are nothing to it

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
    if (connection !== null) await closeForGood(connection);
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
      await withDeadline(this.#setUp(connection), { what: 'setting up', limitMs: SET_UP_LIMIT_MS });
      if (this.#connection !== connection) throw new Error('lost while it was set up');
    } catch (error) {
      this.#connection = null;
      for (const attachment of this.#attachments) attachment.lost();
      await closeForGood(connection);
      throw error;
    }
    if (this.#state === 'connecting') this.#state = 'connected';
    else await closeForGood(connection);
  }

  async #setUp(connection: ChannelModel): Promise<void> {
    await declareTopology(connection, this.#options.topology);
    for (const attachment of this.#attachments) await attachment.connected(connection);
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

/** Says goodbye, which amqplib waits for without end when the other side dies over it. */
async function closeForGood(connection: ChannelModel): Promise<void> {
  const goodbye = connection.close();
  await withDeadline(goodbye, { what: 'closing', limitMs: CLOSE_LIMIT_MS }).catch(() => undefined);
  (connection.connection as unknown as { readonly stream: Socket }).stream.destroy(); // its types hide the socket
}

function withHeartbeat(url: string): string {
  return url.includes('heartbeat=') ? url : `${url}${url.includes('?') ? '&' : '?'}heartbeat=${HEARTBEAT_SECONDS}`;
}
