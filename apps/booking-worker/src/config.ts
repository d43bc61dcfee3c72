// The environment of the booking worker.
import { loadConfig, variable } from '@onsale/runtime';
import { z } from 'zod';

export const variables = {
  INTERNAL_PORT: { schema: variable.port, default: '9104', meaning: 'port of /metrics, /healthz and /readyz' },
  MONGODB_URI: { schema: variable.url, meaning: 'MongoDB, a replica set' },
  AMQP_URL: { schema: variable.url, meaning: 'RabbitMQ' },
  REDIS_URL: { schema: variable.url, meaning: 'Redis, for live events' },
  ONSALE_PARTITIONS: {
    schema: variable.count,
    default: '4',
    meaning: 'partitions of the booking commands; change it with drained queues only',
  },
  ONSALE_BATCH_MAX: { schema: variable.count, default: '400', meaning: 'commands decided in one transaction at most' },
} as const;

const benchVariables = {
  MONGODB_URI: variables.MONGODB_URI,
  AMQP_URL: variables.AMQP_URL,
  REDIS_URL: variables.REDIS_URL,
  ONSALE_TOKEN_KEYS: { schema: variable.text, secret: true, meaning: 'as of the booking API' },
  ONSALE_PASS_KEYS: { schema: variable.text, secret: true, meaning: 'as of the booking API' },
  ONSALE_BENCH_PIDS: {
    schema: z.string(),
    default: '',
    meaning: 'processes whose use of the processor is told, `mongodb=12,rabbitmq=13`',
  },
  ONSALE_BENCH_PROFILE: {
    schema: z.string(),
    default: '',
    meaning: 'folder for CPU profiles of the measured processes',
  },
  ONSALE_BENCH_COMMIT: { schema: variable.text, default: 'unknown', meaning: 'commit that is measured' },
  ONSALE_BENCH_RESULT: { schema: variable.text, default: 'bench.json', meaning: 'file the figures are written to' },
} as const;

export function benchConfig() {
  return loadConfig(benchVariables, process.env);
}

export type BenchConfig = ReturnType<typeof benchConfig>;

export function workerConfig() {
  return loadConfig(variables, process.env);
}
export type WorkerConfig = ReturnType<typeof workerConfig>;
