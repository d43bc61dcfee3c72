// `npm run replay-dead-letters [max]`: sends commands that nobody could decide back to their partitions, once what was
// wrong has been mended. AMQP_URL names the broker.
import { replayDeadLetters } from '@onsale/messaging-rabbitmq';
import { replayConfig } from './config.ts';

const MAX = 1_000;

const replayed = await replayDeadLetters(replayConfig().AMQP_URL, Number(process.argv[2] ?? MAX));
process.stdout.write(`${replayed} commands were sent back to their partitions\n`);
