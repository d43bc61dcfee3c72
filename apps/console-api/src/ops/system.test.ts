import { bookingCommandExamples, bookingTopology, DEAD_QUEUE } from '@onsale/contracts';
import { Broker, ConfirmedPublisher, publishDeadLetter } from '@onsale/messaging-rabbitmq';
import { createLogger } from '@onsale/runtime';
import { testRabbit } from '@onsale/testkit';
import { makeTestSale, testConsole } from '../test-console.ts';

const rabbit = testRabbit();
const house = testConsole({ amqpUrl: () => rabbit.url });
const logger = createLogger({ app: 'test', level: 'silent' });

test('dead letters are read with their reasons, stay where they are, and go back by an act that is kept', async () => {
  const broker = new Broker({ url: rabbit.url, topology: bookingTopology(1), logger, name: 'test' });
  const publisher = new ConfirmedPublisher(broker);
  await broker.start();
  const ask = await house.as('operator');
  try {
    const command = bookingCommandExamples.expire;
    const letters = [
      { content: Buffer.from(JSON.stringify(command)), messageId: 'm-1', reason: 'poison', origin: 'p0' },
      { content: Buffer.from('?'), messageId: 'm-2', reason: 'not JSON', origin: 'p0' },
    ];
    for (const letter of letters) await publishDeadLetter(publisher, letter);
    for (let look = 0; look < 2; look++) {
      const { body } = await ask('GET', '/api/v1/ops/dead-letters');
      expect(body.letters).toEqual([
        expect.objectContaining({
          messageId: 'm-1',
          reason: 'poison',
          origin: 'p0',
          type: 'expire',
          bookingId: command.bookingId,
        }),
        expect.objectContaining({ messageId: 'm-2', reason: 'not JSON', type: null, bookingId: null }),
      ]);
    }
    const seen = await ask('GET', '/api/v1/ops/queues');
    expect(seen.body).toMatchObject({
      deadLetters: 2,
      workers: 0,
      partitions: [{ partition: 0, waiting: 0, consumers: 0, owner: 'test-console', heard: false }],
      jobs: { failed: 0 },
      recommendations: [
        { process: 'booking-worker', urgent: true },
        { process: 'dead letters', urgent: false },
      ],
    });
    const sent = await ask('POST', '/api/v1/ops/dead-letters/replay', { body: { count: 1 } });
    expect(sent.body).toEqual({ replayed: 1 });
    expect((await rabbit.channel.checkQueue(DEAD_QUEUE)).messageCount).toBe(1);
    const { body } = await ask('GET', '/api/v1/ops/audit?act=SENT%20back&by=operator@example.org');
    expect(body.entries).toEqual([
      expect.objectContaining({ act: 'dead letters sent back', after: { replayed: 1 }, email: 'operator@example.org' }),
    ]);
    expect((await ask('GET', '/api/v1/ops/audit?act=sent%20back&by=nobody@example.org')).body.entries).toEqual([]);
    const until = new Date(house.clock.now() - 1000).toISOString();
    expect((await ask('GET', `/api/v1/ops/audit?act=sent%20back&until=${until}`)).body.entries).toEqual([]);
    expect((await ask('GET', '/api/v1/ops/audit?act=%2E%2A')).body.entries).toEqual([]);
  } finally {
    await broker.stop();
  }
});

test('all sales are seen at a glance; one that nobody leads says so', async () => {
  const saleId = await makeTestSale(house);
  const ask = await house.as('organizer');
  const { body } = await ask('GET', '/api/v1/ops/sales');
  expect(body.sales).toEqual([
    expect.objectContaining({ saleId, isLed: false, waiting: 0, sold: 0, capacity: 7, maxActive: 10, reason: null }),
  ]);
  const system = await (await house.as('operator'))('GET', '/api/v1/ops/queues');
  expect(system.body.leaders).toEqual([]);
  expect(JSON.stringify(system.body.recommendations)).toContain('Nobody leads the line of Sale');
});
