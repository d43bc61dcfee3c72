import { testRabbit } from './test-rabbit.ts';
import { testRedis } from './test-redis.ts';

describe('testRedis', () => {
  const redis = testRedis();
  const other = testRedis();

  test('keeps two namespaces apart', async () => {
    await redis.client.set('seat', 'A1');
    expect(await other.client.get('seat')).toBeNull();
    expect(await redis.client.get('seat')).toBe('A1');
  });

  test('keeps Lua scripts to their own namespace', async () => {
    await redis.client.eval("return redis.call('set', KEYS[1], 'by script')", 1, 'scripted');
    expect(await other.client.dbsize()).toBe(0);
  });

  test('forgets everything when cleared', async () => {
    await redis.clear();
    expect(await redis.client.dbsize()).toBe(0);
  });
});

describe('testRabbit', () => {
  const rabbit = testRabbit();
  const other = testRabbit();

  test('gives each its own virtual host, in which quorum queues work', async () => {
    const options = { durable: true, arguments: { 'x-queue-type': 'quorum' } };
    await rabbit.channel.assertQueue('booking.commands', options);
    rabbit.channel.sendToQueue('booking.commands', Buffer.from('reserve'));
    const { messageCount } = await other.channel.assertQueue('booking.commands', options);
    expect(messageCount).toBe(0);
  });
});
