// The environment of this process.
import { loadConfig, variable } from '@onsale/runtime';
import { z } from 'zod';

export const variables = {
  PORT: { schema: variable.port, default: '0', meaning: 'port of the staff API; 0 picks a free one' },
  INTERNAL_PORT: { schema: variable.port, default: '0', meaning: 'port of /metrics, /healthz and /readyz' },
  MONGODB_URI: { schema: variable.url, meaning: 'MongoDB with the database in its path', secret: true },
  REDIS_URL: { schema: variable.url, meaning: 'Redis that holds the line', secret: true },
  AMQP_URL: { schema: variable.url, meaning: 'RabbitMQ' },
  ONSALE_PARTITIONS: {
    schema: variable.count,
    default: '4',
    meaning: 'partitions of the booking commands; change it with drained queues only',
  },
  ONSALE_PUBLIC_URL: {
    schema: variable.url,
    meaning: 'origin that browsers see; https makes cookies Secure',
  },
  ONSALE_TRUSTED_PROXIES: {
    schema: variable.list,
    default: '',
    meaning: 'addresses or blocks whose X-Forwarded-* headers are believed, by comma',
  },
  ONSALE_ADMIN_EMAIL: {
    schema: z.union([z.literal(''), z.email()]),
    default: '',
    meaning: 'sign-in of the first owner; empty: the first owner signs up with the set-up code',
  },
  ONSALE_ADMIN_PASSWORD: {
    schema: z.union([z.literal(''), z.string().min(8)]),
    default: '',
    meaning: 'password of the first owner; another one at a later start changes it',
    secret: true,
  },
  ONSALE_SETUP_CODE: {
    schema: z.union([z.literal(''), z.string().min(12)]),
    default: '',
    meaning: 'by which the first owner signs up while there is none; empty: each process makes one and logs it',
    secret: true,
  },
  SEED_DEMO: { schema: variable.flag, default: '0', meaning: '1 makes the demo event in an empty database' },
  ONSALE_DEMO_SCHEDULED_SECONDS: {
    schema: z.coerce.number().min(0),
    default: '0',
    meaning: "how long after the start the demo sale's pre-queue opens",
  },
  ONSALE_DEMO_PREQUEUE_SECONDS: {
    schema: variable.seconds,
    default: '60',
    meaning: "how long the demo sale's pre-queue is open before the sale opens",
  },
} as const;

export function readConfig() {
  return loadConfig(variables, process.env);
}
export type Config = ReturnType<typeof readConfig>;
