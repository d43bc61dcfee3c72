// What `npm start` takes from the environment.
import { readFileSync } from 'node:fs';
import { loadConfig, variable } from '@onsale/runtime';
import { z } from 'zod';

export const variables = {
  PORT: { schema: variable.port, default: '3000', meaning: 'port of the one origin; every other port is picked free' },
  ONSALE_HOST: {
    schema: variable.text,
    default: '127.0.0.1',
    meaning: 'address the origin listens on; 0.0.0.0 opens it to the network',
  },
  REDIS_URL: { schema: z.string(), default: '', meaning: 'a Redis to use instead of an own one' },
  AMQP_URL: { schema: z.string(), default: '', meaning: 'a RabbitMQ to use instead of an own one' },
  MONGODB_URI: { schema: z.string(), default: '', meaning: 'a MongoDB (replica set) to use instead of an own one' },
  ONSALE_LOCAL_DIR: {
    schema: variable.text,
    default: '.local',
    meaning: 'folder of data, logs, secrets and `stack.json`, from the root of the repository',
  },
  ONSALE_MONGO: {
    schema: z.enum(['any', 'embedded']),
    default: 'any',
    meaning: '`embedded` takes the embedded engine even where a mongod is installed',
  },
  ONSALE_APP_ENV_FILE: {
    schema: z.string(),
    default: '',
    meaning:
      'JSON file with further environment by process (`{"booking-worker-2": {"AMQP_URL": "…"}}`), for chaos tests',
  },
} as const;

/** The rest of the environment, which the started programs inherit (PATH, locale, proxies). */
export const inheritedEnv: Readonly<NodeJS.ProcessEnv> = process.env;

export function stackConfig() {
  return loadConfig(variables, inheritedEnv);
}

const environments = z.record(z.string(), z.record(z.string(), z.string()));

/** What single processes are told beside the rest, by name. */
export function environmentByProcess({ ONSALE_APP_ENV_FILE: file }: StackConfig): z.infer<typeof environments> {
  return file === '' ? {} : environments.parse(JSON.parse(readFileSync(file, 'utf8')));
}
export type StackConfig = ReturnType<typeof stackConfig>;
