// The independent checker's word on what is in the database now.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inheritedEnv } from '../config.ts';

/** A crowd runs in the root of the repository. */
const AUDITOR = join(process.cwd(), 'apps/auditor/dist/main.js');

/** True when every invariant holds. What it says is said here. */
export async function runAudit(
  { mongoUri, redisUrl = '' }: { readonly mongoUri: string; readonly redisUrl?: string },
  say: (text: string) => void,
): Promise<boolean> {
  const child = spawn(process.execPath, ['--enable-source-maps', AUDITOR], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...inheritedEnv, MONGODB_URI: mongoUri, REDIS_URL: redisUrl },
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  say(said);
  return code === 0;
}
