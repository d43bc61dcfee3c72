// A RabbitMQ virtual host for one test file or `describe`: queues and exchanges keep their real names.
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { askServicesHost, SERVICE_START_LIMIT_MS } from './ask-services-host.ts';
import { inSuite } from './in-suite.ts';

export interface TestRabbit {
  /** Names the virtual host too: connect to exactly this. */
  readonly url: string;
  /** A channel for looking and preparing; closed for you. An error of the broker (a queue that is not there) ends it. */
  readonly channel: Channel;
}

/** Call at the top of a test file or `describe`. The virtual host is new and is never used again. */
export function testRabbit(): TestRabbit {
  const opened = inSuite('testRabbit()', {
    open: async (): Promise<{ url: string; connection: ChannelModel; channel: Channel }> => {
      const url = await askServicesHost('rabbit');
      const connection = await connect(url);
      return { url, connection, channel: await connection.createChannel() };
    },
    close: ({ connection }) => connection.close(),
    limitMs: SERVICE_START_LIMIT_MS,
  });
  return {
    get url() {
      return opened().url;
    },
    get channel() {
      return opened().channel;
    },
  };
}
