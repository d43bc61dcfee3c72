import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import { type RunFolders, runFoldersIn } from './service.ts';
import { startRabbit } from './start-rabbitmq.ts';
import { startRedis } from './start-redis.ts';

let base: string;
let folders: RunFolders;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'onsale-restart-'));
  folders = runFoldersIn(base);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

test('Redis finds its data again on another port', async () => {
  const first = await startRedis({ folders });
  const client = new Redis(first.url);
  await client.set('served', 17);
  client.disconnect();
  await first.stop();
  const second = await startRedis({ folders });
  const again = new Redis(second.url);
  expect(await again.get('served')).toBe('17');
  again.disconnect();
  await second.stop();
});

test('RabbitMQ finds a message of a quorum queue again on another port', async () => {
  const queue = { durable: true, arguments: { 'x-queue-type': 'quorum' } };
  const first = await startRabbit({ folders });
  const sender = await connect(first.url);
  const confirmed = await sender.createConfirmChannel();
  await confirmed.assertQueue('commands', queue);
  confirmed.sendToQueue('commands', Buffer.from('reserve'), { persistent: true });
  await confirmed.waitForConfirms();
  await sender.close();
  await first.stop();

  const second = await startRabbit({ folders });
  const receiver = await connect(second.url);
  const channel = await receiver.createChannel();
  const message = await channel.get('commands', { noAck: true });
  expect(message).toMatchObject({ content: Buffer.from('reserve') });
  await receiver.close();
  await second.stop();
}, 120_000);
