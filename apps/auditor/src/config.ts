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
  ONSALE_LOCAL_DIR: { schema: variable.text, default: '.local', meaning: 'folder of the local stack' },
} as const;

/** The database to look at. Throws a sentence for a person when there is none. */
export function mongoUri(): string {
  const config = loadConfig(variables, process.env);
  if (config.MONGODB_URI !== '') return config.MONGODB_URI;
  const file = `${config.ONSALE_LOCAL_DIR}/stack.json`;
  if (!existsSync(file)) throw new Error('no stack is running here: start one with "npm start", or set MONGODB_URI');
  return z.object({ mongoUri: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).mongoUri;
}
