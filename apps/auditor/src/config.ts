// The environment of the auditor.
import { existsSync, readFileSync } from 'node:fs';
import { loadConfig, variable } from '@onsale/runtime';
import { z } from 'zod';

export const variables = {
  MONGODB_URI: {
    schema: z.string(),
    default: '',
    meaning: 'MongoDB with the database in its path; without it the one of the running local stack',
    secret: true,
  },
  REDIS_URL: {
    schema: z.string(),
    default: '',
    meaning: 'Redis with the accepted requests that wait; without it, and with no local stack, they are not looked at',
    secret: true,
  },
  ONSALE_LOCAL_DIR: { schema: variable.text, default: '.local', meaning: 'folder of the local stack' },
} as const;

/** For tests that start the auditor as a process of its own. */
export const inheritedEnv: Readonly<NodeJS.ProcessEnv> = process.env;

export type Where = { readonly mongoUri: string /** Empty when it is not known. */; readonly redisUrl: string };

/** The services to look at. Throws a sentence for a person when there are none. */
export function whereToLook(): Where {
  const config = loadConfig(variables, process.env);
  if (config.MONGODB_URI !== '') return { mongoUri: config.MONGODB_URI, redisUrl: config.REDIS_URL };
  const file = `${config.ONSALE_LOCAL_DIR}/stack.json`;
  if (!existsSync(file)) throw new Error('no stack is running here: start one with "npm start", or set MONGODB_URI');
  return z.object({ mongoUri: z.string(), redisUrl: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8')));
}
