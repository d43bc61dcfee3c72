// Environment of the waiting room.
import { parsePassKeys, parseTokenKeys } from '@onsale/pass';
import { type ConfigOf, loadConfig, variable } from '@onsale/runtime';
import { z } from 'zod';

export const variables = {
  MONGODB_URI: { schema: variable.url, meaning: 'MongoDB: sales, draws and the checkpoint of each line' },
  REDIS_URL: { schema: variable.url, meaning: 'Redis of the line and of live events' },
  PORT: { schema: variable.port, default: '8101', meaning: 'public port' },
  INTERNAL_PORT: { schema: variable.port, default: '9101', meaning: 'port of /metrics, /healthz and /readyz' },
  ONSALE_PUBLIC_URL: {
    schema: variable.url,
    default: 'http://localhost:3000',
    meaning: 'address of the one origin as fans see it; issuer of passes',
  },
  ONSALE_TOKEN_KEYS: {
    schema: parsed(parseTokenKeys),
    secret: true,
    meaning: 'HMAC keys of place and fan tokens, `kid:hex,kid:hex`; the first signs',
  },
  ONSALE_PASS_KEYS: {
    schema: parsed(parsePassKeys),
    secret: true,
    meaning: 'Ed25519 private JWKs of passes, a JSON array; the first signs',
  },
  ONSALE_TRUSTED_PROXIES: {
    schema: variable.list,
    default: '',
    meaning: 'addresses or CIDR blocks whose X-Forwarded-* are believed',
  },
  ONSALE_PEACEFUL_JOINS: {
    schema: z.coerce.number().int().min(0),
    default: '300',
    meaning:
      'joins a minute from one block of addresses (/24, /48) and process that cost nothing; beyond, proof of work that grows with the storm, and at 64 times as many 429; 0 asks nobody',
  },
  ONSALE_UNLIMITED_ADDRESSES: {
    schema: variable.list,
    default: '',
    meaning: 'addresses or CIDR blocks from which joins are never counted, such as a box office',
  },
  ONSALE_LOG_LEVEL: { schema: variable.text, default: 'info', meaning: 'least severe log level that is written' },
} as const;

export type Config = ConfigOf<typeof variables>;

export function readConfig(): Config {
  return loadConfig(variables, process.env);
}

function parsed<Value>(parse: (text: string) => Value) {
  return z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
}

const benchVariables = {
  ONSALE_TOKEN_KEYS: variables.ONSALE_TOKEN_KEYS,
  MONGODB_URI: variables.MONGODB_URI,
  REDIS_URL: variables.REDIS_URL,
  ONSALE_BENCH_COMMIT: { schema: variable.text, default: 'unknown', meaning: 'commit that is measured' },
  ONSALE_BENCH_RESULT: { schema: variable.text, default: 'bench.json', meaning: 'file the figures are written to' },
} as const;

export function readBenchConfig(): ConfigOf<typeof benchVariables> {
  return loadConfig(benchVariables, process.env);
}
