// Environment of the admitter.
import { type ConfigOf, loadConfig, variable } from '@onsale/runtime';

export const variables = {
  MONGODB_URI: { schema: variable.url, meaning: 'MongoDB: sales, draws and the checkpoint of each line' },
  REDIS_URL: { schema: variable.url, meaning: 'Redis of the line' },
  INTERNAL_PORT: { schema: variable.port, default: '9102', meaning: 'port of /metrics, /healthz and /readyz' },
  ONSALE_LOG_LEVEL: { schema: variable.text, default: 'info', meaning: 'least severe log level that is written' },
} as const;

export type Config = ConfigOf<typeof variables>;

export function readConfig(): Config {
  return loadConfig(variables, process.env);
}

const benchVariables = {
  MONGODB_URI: variables.MONGODB_URI,
  REDIS_URL: variables.REDIS_URL,
  ONSALE_BENCH_RESULT: { schema: variable.text, default: 'bench.json', meaning: 'file the figures are added to' },
} as const;

export function readBenchConfig(): ConfigOf<typeof benchVariables> {
  return loadConfig(benchVariables, process.env);
}
