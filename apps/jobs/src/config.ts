// The environment of the jobs process.
import { paymentVariables } from '@onsale/payment-providers';
import { loadConfig, variable } from '@onsale/runtime';
import { z } from 'zod';

export const variables = {
  INTERNAL_PORT: { schema: variable.port, default: '9105', meaning: 'port of /metrics, /healthz and /readyz' },
  MONGODB_URI: { schema: variable.url, meaning: 'MongoDB, a replica set' },
  AMQP_URL: { schema: variable.url, meaning: 'RabbitMQ' },
  REDIS_URL: { schema: variable.url, meaning: 'Redis, for the job queue' },
  ONSALE_PARTITIONS: {
    schema: variable.count,
    default: '4',
    meaning: 'partitions of the booking commands; change it with drained queues only',
  },
  ONSALE_MAIL_DIR: {
    schema: z.string(),
    default: '',
    meaning: 'folder each mail is written to as a file; empty keeps mail in the outbox',
  },
  ...paymentVariables,
  ONSALE_PUBLIC_URL: {
    schema: variable.url,
    meaning: 'public address of the installation; where fans return after paying',
  },
} as const;

export function jobsConfig() {
  return loadConfig(variables, process.env);
}
export type JobsConfig = ReturnType<typeof jobsConfig>;

/** Of the program that replays dead letters. */
export function replayConfig() {
  return loadConfig({ AMQP_URL: variables.AMQP_URL }, process.env);
}

/** Of the program that makes projections anew. */
export function rebuildConfig() {
  const { REDIS_URL, MONGODB_URI } = variables;
  return loadConfig({ REDIS_URL, MONGODB_URI }, process.env);
}
