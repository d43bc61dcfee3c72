// The environment of the booking API.
import { paymentVariables } from '@onsale/payment-providers';
import { loadConfig, variable } from '@onsale/runtime';
import { z } from 'zod';

export const variables = {
  PORT: { schema: variable.port, default: '3003', meaning: 'public port' },
  INTERNAL_PORT: { schema: variable.port, default: '9103', meaning: 'port of /metrics, /healthz and /readyz' },
  MONGODB_URI: { schema: variable.url, meaning: 'MongoDB, a replica set' },
  AMQP_URL: { schema: variable.url, meaning: 'RabbitMQ' },
  REDIS_URL: {
    schema: z.string(),
    default: '',
    meaning: 'Redis with the projection of availability; without it the database is asked',
  },
  ONSALE_PARTITIONS: {
    schema: variable.count,
    default: '4',
    meaning: 'partitions of the booking commands; change it with drained queues only',
  },
  ONSALE_PUBLIC_URL: { schema: variable.url, meaning: 'public address of the installation; issuer of passes' },
  ONSALE_TOKEN_KEYS: {
    schema: variable.text,
    secret: true,
    meaning: 'HMAC keys of fan and place tokens, `kid:hex,kid:hex`; the first signs',
  },
  ONSALE_PASS_KEYS: {
    schema: variable.text,
    secret: true,
    meaning: 'Ed25519 private keys of passes and tickets, a JSON array of JWKs; the first signs',
  },
  ...paymentVariables,
  ONSALE_SANDBOX_WEBHOOK_URL: {
    schema: variable.text,
    default: 'own',
    meaning: 'where the sandbox provider sends its events; `own` is this process',
  },
  ONSALE_TRUSTED_PROXIES: {
    schema: variable.list,
    default: '',
    meaning: 'addresses whose X-Forwarded-* headers are believed',
  },
} as const;

export function apiConfig() {
  return loadConfig(variables, process.env);
}
export type ApiConfig = ReturnType<typeof apiConfig>;
